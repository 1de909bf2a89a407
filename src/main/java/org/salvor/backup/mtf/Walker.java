package org.salvor.backup.mtf;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/** Goes from block to block over the media, and over what is damaged. For one thread. */
final class Walker {
    private final Media media;
    private final Readers readers;
    private final BlockSearch search;
    private final WalkListener listener;
    private final Frame frame;
    private Place at;

    /** Where the bytes begin of the padding behind the last block, which led here. */
    private @Nullable Place padding;

    /** A block whose streams have not been gone over yet. */
    private @Nullable Block current;

    Walker(Media media, Place start, Frame frame, WalkListener listener) {
        this.media = media;
        this.readers = new Readers(media);
        this.search = new BlockSearch(media, listener);
        this.listener = listener;
        this.frame = frame;
        this.at = start;
    }

    Readers readers() {
        return readers;
    }

    Frame frame() {
        return frame;
    }

    /** Where the next block is expected. */
    Place place() {
        return at;
    }

    /** The next block, filemarks and ends of media left out; null at the end. */
    @Nullable
    Block next() throws RecoveryException {
        if (current != null) {
            streams();
        }
        while (true) {
            if (readers.left(at) < BlockHeader.SIZE) {
                if (!nextMedium()) {
                    return null;
                }
                continue;
            }
            listener.passed(at);
            BlockHeader header = readers.blockHeader(at);
            if (header == null || !frame.plausible(at, header)) {
                at = search.over(doubtful(), frame).place();
                continue;
            }
            switch (header.type()) {
                case FILEMARK -> at = at.plus(filemark(header));
                case TAPE_END ->
                    at = new Place(at.medium(), media.get(at.medium()).end());
                default -> {
                    Block block = block(header);
                    if (block != null) {
                        return block;
                    }
                }
            }
        }
    }

    private @Nullable Block block(BlockHeader header) throws RecoveryException {
        try {
            Block block = readers.block(at, header);
            switch (header.type()) {
                case TAPE -> {}
                case SET ->
                    frame.enter(
                            block,
                            SetBlock.number(block),
                            media.get(at.medium()).tape().logicalBlock());
                case SET_END -> {
                    saw(block);
                    frame.leave();
                }
                default -> saw(block);
            }
            current = block;
            return block;
        } catch (FormatException | SourceReadException e) {
            lost(at, header.type(), e);
            at = search.next(at.plus(BlockHeader.SIZE), frame).place();
            return null;
        }
    }

    private void saw(Block block) {
        boolean jumps =
                frame.inside() && frame.holds() && frame.moved(block.place().position(), block.header());
        if (jumps && !block.header().continuation() && !frame.wasTold(block.place())) {
            search.jump(block.place(), block.header(), frame);
        }
        frame.saw(block);
    }

    /** Where to look for the next block, if there is none where it should be: if bytes are missing it may lie before, inside the padding of the last. */
    private Place doubtful() throws RecoveryException {
        Place before = padding;
        if (before != null && before.medium() == at.medium() && frame.inside() && frame.holds()) {
            BlockSearch.Found found = search.successor(before, frame, at.position());
            if (found.header() != null) {
                return before;
            }
        }
        return at;
    }

    /** Tells of a block that cannot be read what that means. */
    void lost(Place place, BlockType type, RecoveryException detail) {
        switch (type) {
            case FOLDER, FILE ->
                listener.lost(new RecoveryException(Messages.get("mtf.lost-blocks", 1, place.position()), detail));
            default ->
                listener.skipped(new RecoveryException(Messages.get("mtf.passed-over", place.position()), detail));
        }
    }

    /** The streams of the block that {@link #next} gave last; once. */
    Layout streams() throws RecoveryException {
        Block block = current;
        if (block == null) {
            throw new IllegalStateException("no block, or its streams were read before");
        }
        StreamReader streams = new StreamReader(media, readers, listener, frame, block);
        Layout layout = streams.read();
        at = streams.end();
        padding = streams.padding();
        current = null;
        return layout;
    }

    /** The block that is expected next, if it is there and of that type; else null, and {@link #next} gives what follows. */
    @Nullable
    Block nextIf(BlockType type) throws RecoveryException {
        if (current != null) {
            streams();
        }
        BlockHeader header = readers.blockHeader(at);
        return header != null && header.type() == type ? block(header) : null;
    }

    private int filemark(BlockHeader header) {
        int told = media.get(at.medium()).tape().filemarkSize();
        return header.firstEvent() >= BlockHeader.SIZE ? header.firstEvent() : Math.max(told, BlockHeader.SIZE);
    }

    private boolean nextMedium() {
        int medium = at.medium();
        OptionalInt next = medium + 1 < media.count() ? OptionalInt.of(medium + 1) : OptionalInt.empty();
        int expected = media.sequence(medium) + 1;
        if (next.isPresent()
                ? media.sequence(next.getAsInt()) != expected
                : media.get(medium).continued()) {
            listener.lost(new RecoveryException(Messages.get("mtf.missing-medium", expected)));
        }
        if (next.isEmpty()) {
            return false;
        }
        at = new Place(next.getAsInt(), 0);
        frame.move(media.get(next.getAsInt()));
        return true;
    }
}
