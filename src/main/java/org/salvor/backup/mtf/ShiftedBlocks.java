package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.SourceReadException;

/** Tells blocks of a set that missing or added bytes have moved from those that only look so: of a backup that is itself a file of this one. */
final class ShiftedBlocks {
    private static final int MAX_STREAMS = 100_000;

    private static final long FOREIGN = -1;

    private final Readers readers;
    private final WalkListener listener;

    ShiftedBlocks(Media media, WalkListener listener) {
        this.listener = listener;
        readers = new Readers(media);
    }

    /**
     * Whether the set goes on here: with the very block that must come next, or with two blocks that follow each other at the same distance from
     * their addresses, or with its end. Blocks that lead to the end of another set are that one's.
     *
     * @param successor only the block that must come next will do
     */
    boolean begins(Place place, BlockHeader header, Frame frame, boolean successor)
            throws FormatException, CancelledException {
        boolean next = header.controlId() == frame.control() + 1;
        if (!inSet(header.type()) || !frame.moved(place.position(), header) || successor && !next) {
            return false;
        }
        try {
            if (ofAnotherSet(place, header, frame)) {
                return false;
            }
            long followers = followers(place, header, frame);
            return followers != FOREIGN && (next || followers > 0);
        } catch (SourceReadException e) {
            return false;
        }
    }

    private static boolean inSet(BlockType type) {
        return switch (type) {
            case VOLUME, FOLDER, FILE, CORRUPT, SET_PAD, SET_END, DATABASE -> true;
            case TAPE, SET, TAPE_END, FILEMARK, OTHER -> false;
        };
    }

    /** Whether a set begins where the addresses count from. That of this set lies elsewhere, since bytes are missing or were added behind it. */
    private boolean ofAnotherSet(Place place, BlockHeader header, Frame frame) throws FormatException {
        long base = place.position() - header.logicalAddress() * frame.logicalBlock();
        if (base < 0) {
            return false;
        }
        BlockHeader first = readers.blockHeader(new Place(place.medium(), base));
        return first != null && first.type() == BlockType.SET && first.logicalAddress() == 0;
    }

    /**
     * How many blocks follow, each where the streams of the one before lead to and at the same distance from its address; {@link #FOREIGN} if they lead
     * to the end of another set.
     */
    private long followers(Place place, BlockHeader header, Frame frame)
            throws FormatException, SourceReadException, CancelledException {
        Place at = place;
        BlockHeader block = header;
        long count = 0;
        while (true) {
            if (block.type() == BlockType.SET_END) {
                return frame.endsWith(
                                SetEndBlock.parse(readers.block(at, block)).number())
                        ? count + 1
                        : FOREIGN;
            }
            Place behind = behind(at, block);
            BlockHeader next = behind == null ? null : readers.blockHeader(behind);
            while (behind != null && next != null && mark(next)) {
                behind = behind.plus(next.firstEvent());
                next = readers.blockHeader(behind);
            }
            if (behind == null || next == null || !inSet(next.type())) {
                return count;
            }
            long distance = (next.logicalAddress() - block.logicalAddress()) * frame.logicalBlock();
            if (next.controlId() != block.controlId() + 1 || distance != behind.position() - at.position()) {
                return count;
            }
            listener.passed(behind);
            at = behind;
            block = next;
            count++;
        }
    }

    private static boolean mark(BlockHeader header) {
        return header.type() == BlockType.FILEMARK && header.firstEvent() >= BlockHeader.SIZE;
    }

    /** Where the streams of a block end; null if they do not lead there. */
    private @Nullable Place behind(Place block, BlockHeader header) throws FormatException {
        Place at = block.plus(header.firstEvent());
        for (int i = 0; i < MAX_STREAMS && readers.left(at) >= BlockHeader.SIZE; i++) {
            BlockHeader next = readers.blockHeader(at);
            if (next != null && next.type() != BlockType.OTHER) {
                return at;
            }
            StreamHeader stream = readers.streamHeader(at);
            if (stream == null || stream.length() > readers.left(at)) {
                return null;
            }
            long behind = at.position() + StreamHeader.SIZE + stream.length();
            boolean padding = stream.kind() == StreamKind.PAD;
            long over = padding ? 0 : Math.floorMod(block.position() - behind, StreamHeader.ALIGNMENT);
            at = new Place(at.medium(), behind + over);
        }
        return null;
    }
}
