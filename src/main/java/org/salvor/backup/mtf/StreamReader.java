package org.salvor.backup.mtf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * Goes over the streams of one block, from header to header, over the ends of media too (docs/formats/mtf.md, sections 5 and 7). For one
 * block.
 */
final class StreamReader {
    private final Media media;
    private final Readers readers;
    private final BlockSearch search;
    private final WalkListener listener;
    private final Frame frame;
    private final Block block;
    private final Layout layout;

    /** Where the next stream, or the next block, is expected. */
    private Place at;

    /** Where the bytes of the last stream began, and where they ended; the next was looked for at the next multiple of four. */
    private Place trusted;

    private Place ended;
    private @Nullable Place padding;

    /** Names that come now repeat those of the medium before. */
    private boolean repeated;

    StreamReader(Media media, Readers readers, WalkListener listener, Frame frame, Block block) {
        this.media = media;
        this.readers = readers;
        this.search = new BlockSearch(media, listener);
        this.listener = listener;
        this.frame = frame;
        this.block = block;
        this.layout = new Layout(readers);
        at = block.place().plus(block.header().firstEvent());
        trusted = at;
        ended = at;
    }

    /** Where the next block begins, once {@link #read} has come to its end. */
    Place end() {
        return at;
    }

    Layout read() throws RecoveryException {
        try {
            while (step()) {
                listener.passed(at);
            }
        } catch (FormatException | SourceReadException e) {
            listener.skipped(e);
            layout.broken(Messages.get("mtf.broken.streams"));
            at = search.over(at, frame).place();
        }
        spliced();
        return layout;
    }

    /**
     * Where the streams end well and yet another block follows than must, what is missing may have been cut from the middle of a stream, and the streams that
     * end here be those of another block.
     */
    private void spliced() throws RecoveryException {
        BlockHeader next = layout.broken() == null && frame.holds() && frame.inside() ? readers.blockHeader(at) : null;
        if (next == null
                || next.continuation()
                || !inSet(next)
                || at.medium() != block.place().medium()
                || !frame.moved(at.position(), next)) {
            return;
        }
        layout.doubtAll(Messages.get("mtf.doubt.shift"));
        Place first = block.place().plus(block.header().firstEvent());
        BlockSearch.Found swallowed = search.successor(first, frame, at.position());
        at = swallowed.header() == null ? at : swallowed.place();
    }

    private static boolean inSet(BlockHeader header) {
        return switch (header.type()) {
            case VOLUME, FOLDER, FILE, CORRUPT, SET_PAD, SET_END, DATABASE -> true;
            case TAPE, SET, TAPE_END, FILEMARK, OTHER -> false;
        };
    }

    /** Where the bytes of the padding begin that led to the end; null if none did. */
    @Nullable
    Place padding() {
        return padding;
    }

    /** One stream. @return whether another may follow */
    private boolean step() throws RecoveryException {
        if (readers.left(at) < StreamHeader.SIZE) {
            return overTheEnd();
        }
        if (known(readers.blockHeader(at))) {
            return false;
        }
        StreamHeader header = readers.streamHeader(at);
        if (header == null) {
            return lost();
        }
        Extents piece = new Extents();
        Place data = at.plus(StreamHeader.SIZE);
        boolean rest = header.continued()
                && block.header().continuation()
                && at.medium() == block.place().medium();
        if (rest) {
            // what this block repeats lies on a medium that is not here
            data = behindHeader(header.length());
            piece.addMissing(head(header));
        }
        long left = Math.max(0, readers.left(data));
        trusted = data;
        if (header.kind() == StreamKind.PAD) {
            padding = data;
        } else {
            frame.reaches(Math.min(header.length(), Extents.MAX_SIZE) + data.position());
        }
        if (header.length() <= left) {
            piece.add(data, header.length());
            ended = data.plus(header.length());
            at = aligned(ended);
            if (header.kind() == StreamKind.PAD && !at.equals(ended) && known(readers.blockHeader(ended))) {
                at = ended; // up to three bytes are missing: all of the padding is there, and the block follows too
                // early
            }
        } else if (header.kind() == StreamKind.PAD) {
            at = data.plus(left);
        } else {
            piece.add(data, left);
            cut(header, piece, data, header.length() - left);
        }
        if (!repeated || header.kind() != StreamKind.NAME && header.kind() != StreamKind.PATH) {
            repeated = false;
            layout.add(header, piece);
            if (rest) {
                layout.doubt(Messages.get("mtf.doubt.began-before"));
            }
        }
        return header.kind() != StreamKind.PAD && layout.broken() == null;
    }

    /** How much of a stream lies on the medium before, as far as the size of the file tells it. */
    private long head(StreamHeader header) {
        boolean content = header.kind() == StreamKind.DATA || header.kind() == StreamKind.ENCRYPTED;
        boolean plain = !header.compressed() && !header.encrypted() && !header.sparse();
        long all = Math.min(block.header().displayableSize(), Extents.MAX_SIZE);
        return content && plain ? Math.max(0, all - header.length()) : 0;
    }

    private static boolean known(@Nullable BlockHeader header) {
        return header != null && header.type() != BlockType.OTHER;
    }

    /** Counted from the start of the set: bytes that are missing or were added may have moved all of it. */
    private Place aligned(Place place) {
        return place.plus(Math.floorMod(frame.base() - place.position(), StreamHeader.ALIGNMENT));
    }

    /** Neither a stream nor a block of a known kind: a block of another kind, one behind padding, or damage. */
    private boolean lost() throws RecoveryException {
        BlockHeader other = readers.blockHeader(at);
        if (other != null && frame.plausible(at, other)) {
            return false;
        }
        if (!ended.equals(at) && ended.medium() == at.medium() && readers.streamHeader(ended) != null) {
            // Backup Exec does not always align
            at = ended;
            return true;
        }
        BlockSearch.Found found = search.next(at, frame);
        if (!padding(found)) {
            layout.broken(Messages.get("mtf.broken.streams"));
            boolean doubtful = frame.holds() && trusted.medium() == at.medium();
            // the length that led here may be what is wrong
            found = search.over(doubtful ? trusted : at, frame);
            layout.endsBefore(found.place());
            BlockHeader next = found.header();
            if (next != null && frame.moved(found.place().position(), next)) {
                layout.doubt(Messages.get("mtf.doubt.shift"));
            }
        }
        at = found.place();
        return false;
    }

    /** Programs before 1.00a filled up to the next block with zeros, and no stream. */
    private boolean padding(BlockSearch.Found found) {
        long length = found.place().position() - at.position();
        return found.blank()
                && found.header() != null
                && length < frame.logicalBlock()
                && !media.get(at.medium()).padded();
    }

    /** The medium ends where a stream could begin. */
    private boolean overTheEnd() throws RecoveryException {
        int medium = at.medium();
        if (media.followed(medium)) {
            Optional<Place> next = repetition(medium);
            if (next.isPresent()) {
                at = next.get();
                repeated = true;
                return true;
            }
            if (media.next(medium).isEmpty()) {
                layout.broken(missing(medium));
            }
        } else {
            layout.broken(Messages.get("mtf.broken.cut"));
        }
        at = new Place(medium, media.get(medium).end());
        return false;
    }

    private String missing(int medium) {
        return Messages.get("mtf.broken.medium", media.sequence(medium) + 1);
    }

    /** A stream is longer than what is left of its medium. */
    private void cut(StreamHeader header, Extents piece, Place data, long rest) throws RecoveryException {
        int medium = at.medium();
        if (media.followed(medium)) {
            goOn(header, piece, rest);
            return;
        }
        BlockSearch.Found next =
                frame.holds() ? search.successor(data, frame, media.get(medium).end()) : null;
        if (next != null && next.header() != null) {
            // its length is wrong: the block that must come next lies inside it
            piece.cutAt(next.place());
            layout.broken(Messages.get("mtf.broken.streams"));
            at = next.place();
            return;
        }
        piece.addMissing(rest);
        layout.broken(Messages.get("mtf.broken.cut"));
        at = new Place(medium, media.get(medium).end());
    }

    /** The rest of a stream that was cut at the end of a medium: on the next, and the one behind it. */
    private void goOn(StreamHeader header, Extents piece, long length) throws RecoveryException {
        long rest = length;
        int medium = at.medium();
        while (rest > 0) {
            Optional<Place> next = repetition(medium);
            if (next.isEmpty()) {
                piece.addMissing(rest);
                layout.broken(media.next(medium).isEmpty() ? missing(medium) : Messages.get("mtf.broken.cut"));
                at = new Place(medium, media.get(medium).end());
                return;
            }
            at = behindNames(next.get());
            StreamHeader following = readers.streamHeader(at);
            if (following == null || !following.continued() || following.kind() != header.kind()) {
                piece.addMissing(rest);
                layout.broken(Messages.get("mtf.broken.streams"));
                return;
            }
            if (following.length() != rest) {
                layout.broken(Messages.get("mtf.broken.streams"));
            }
            rest = following.length();
            Place data = behindHeader(rest);
            long left = Math.min(rest, Math.max(0, readers.left(data)));
            piece.add(data, left);
            rest -= left;
            medium = data.medium();
            trusted = data;
            ended = data.plus(left);
            at = aligned(ended);
            if (rest > 0 && !media.followed(medium)) {
                piece.addMissing(rest);
                layout.broken(Messages.get("mtf.broken.cut"));
                at = new Place(medium, media.get(medium).end());
                return;
            }
        }
    }

    /** Where the streams of this block go on on the next medium. */
    private Optional<Place> repetition(int medium) throws FormatException {
        Optional<Integer> next = media.next(medium);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        for (Block candidate : media.get(next.get()).repeated()) {
            if (candidate.header().type() == block.header().type() && same(candidate)) {
                frame.move(media.get(next.get()));
                long streams = candidate.place().position() + candidate.header().firstEvent();
                return Optional.of(new Place(next.get(), streams));
            }
        }
        return Optional.empty();
    }

    private boolean same(Block candidate) throws FormatException {
        return switch (block.header().type()) {
            case FILE -> id(candidate, 76) == id(block, 76) && id(candidate, 80) == id(block, 80);
            case FOLDER -> id(candidate, 76) == id(block, 76);
            default -> true;
        };
    }

    private static long id(Block of, int field) throws FormatException {
        return of.body().u32(field);
    }

    private Place behindNames(Place first) throws FormatException {
        Place place = first;
        StreamHeader header = readers.streamHeader(place);
        while (header != null && (header.kind() == StreamKind.NAME || header.kind() == StreamKind.PATH)) {
            place = aligned(place.plus(StreamHeader.SIZE + Math.min(header.length(), readers.left(place))));
            header = readers.streamHeader(place);
        }
        return place;
    }

    /**
     * Where the bytes of a continued stream begin: at the next logical block, since the cut was at the end of one; or, should a program have
     * written so, right behind its header. The one behind which the medium goes on as it must is taken.
     */
    private Place behindHeader(long length) throws FormatException {
        Place flush = at.plus(StreamHeader.SIZE);
        Place aligned = new Place(flush.medium(), frame.alignUp(flush.position()));
        return !goesOn(aligned, length) && goesOn(flush, length) ? flush : aligned;
    }

    private boolean goesOn(Place data, long length) throws FormatException {
        if (length > readers.left(data)) {
            return media.followed(data.medium());
        }
        Place end = aligned(data.plus(length));
        return readers.streamHeader(end) != null || readers.blockHeader(end) != null;
    }
}
