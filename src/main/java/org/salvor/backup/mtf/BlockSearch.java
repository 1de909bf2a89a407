package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** Finds where a medium can be read again behind damage: the next block that belongs to the set, or the start of a later set. */
final class BlockSearch {
    /** Blocks begin at multiples of it, counted from the start of the set. */
    private static final int STEP = 512;

    private static final int PIECE = 256 << 10;

    /** Of a DIRB: the size of its path; the root has only what ends a string. */
    private static final int FOLDER_PATH = 80;

    /** Pieces overlap so far, so that the fields of a block at the end of one can be read. */
    private static final int OVERLAP = STEP;

    private final Media media;
    private final WalkListener listener;
    private final ShiftedBlocks shifted;
    private final Readers readers;

    BlockSearch(Media media, WalkListener listener) {
        this.media = media;
        this.listener = listener;
        shifted = new ShiftedBlocks(media, listener);
        readers = new Readers(media);
    }

    /**
     * What was found.
     *
     * @param place of the block; the end of the medium if there is none
     * @param header null if there is none
     * @param blank all bytes before it are zero: padding, no damage
     * @param stray it belongs to another set, whose start is lost
     */
    record Found(Place place, @Nullable BlockHeader header, boolean blank, boolean stray) {}

    /** What a block must be to be taken. */
    private enum Wanted {
        /** Behind the last one in the set, or the start of a later set. */
        LATER,
        /** The one with the next number. */
        SUCCESSOR,
        /** The start of a later set, at any byte: what is missing or was added may have moved it. */
        START,
        /** Any, of whatever set. */
        STRAY
    }

    /** The next block at or behind {@code from}. Only where none of the set and no start of another follows, a block of any set. */
    Found next(Place from, Frame frame) throws FormatException, CancelledException {
        long end = media.get(from.medium()).end();
        Found found = search(from, frame, Wanted.LATER, end);
        if (found.header() == null && !found.blank()) {
            found = search(from, frame, Wanted.START, end);
        }
        return found.header() == null && !found.blank() && frame.inside()
                ? search(from, frame, Wanted.STRAY, end)
                : found;
    }

    /** As {@link #next}, and tells what is skipped: the bytes, and the blocks whose numbers are missing. */
    Found over(Place from, Frame frame) throws FormatException, CancelledException {
        Found found = next(from, frame);
        if (!padding(found, frame)) {
            String actual = found.place().position() - from.position() + " bytes that belong to none";
            tell(found, frame, from, new FormatException(name(from), from.position(), "a descriptor block", actual));
            frame.told(found.place());
        }
        if (found.stray()) {
            frame.stray();
        }
        return found;
    }

    /** Whether nothing is missing between the last block and this one, or between sets. */
    static boolean padding(Found found, Frame frame) {
        BlockHeader header = found.header();
        boolean next = header != null && header.controlId() == frame.control() + 1;
        return found.blank() && (next || !frame.inside());
    }

    /** One sentence for a person; @param detail for the log */
    private void tell(Found found, Frame frame, Place from, FormatException detail) {
        BlockHeader header = found.stray() ? null : found.header();
        boolean border = header == null || header.type() == BlockType.SET || header.type() == BlockType.TAPE_END;
        long lost = header == null || border ? 0 : lost(from, found.place(), header, frame);
        if (lost > 0) {
            listener.lost(new RecoveryException(Messages.get("mtf.lost-blocks", lost, from.position()), detail));
        } else if (border && frame.inside() && frame.type() != BlockType.SET_PAD) {
            listener.lost(new RecoveryException(Messages.get("mtf.lost-rest", from.position()), detail));
        } else if (header != null
                && !border
                && frame.holds()
                && frame.moved(found.place().position(), header)) {
            listener.skipped(new RecoveryException(shifted(found.place(), header, frame, from.position()), detail));
        } else {
            listener.skipped(new RecoveryException(Messages.get("mtf.passed-over", from.position()), detail));
        }
    }

    /** Tells of a block that stands where one is expected and is not the next: what lay between is missing, and nothing shows where. */
    void jump(Place place, BlockHeader header, Frame frame) {
        long lost = lost(place, place, header, frame);
        String actual = "number " + header.controlId() + " behind " + frame.control();
        FormatException detail = new FormatException(name(place), place.position(), "the next block", actual);
        if (lost > 0) {
            listener.lost(new RecoveryException(Messages.get("mtf.lost-blocks", lost, place.position()), detail));
        } else {
            listener.skipped(new RecoveryException(shifted(place, header, frame, frame.last()), detail));
        }
    }

    /**
     * How many files and folders are missing before a block: as many as numbers, but for those that its volume or the end of the set had.
     * Not every set has a padding block before its end: where streams stand, a file was.
     */
    private long lost(Place from, Place place, BlockHeader header, Frame frame) {
        long missing = header.controlId() - frame.control() - 1;
        boolean volume = frame.type() == BlockType.SET || root(place, header);
        boolean end = header.type() == BlockType.SET_END
                && frame.type() != BlockType.SET_PAD
                && !StreamTraces.between(media.get(from.medium()).device(), from.position(), place.position());
        return Math.max(0, missing - (volume ? 1 : 0) - (end ? 1 : 0));
    }

    /** Whether it is the first folder of a volume, whose block comes right before. */
    private boolean root(Place place, BlockHeader header) {
        try {
            int path = header.type() == BlockType.FOLDER
                    ? readers.block(place, header).body().u16(FOLDER_PATH)
                    : 0;
            return path == 1 || path == 2;
        } catch (RecoveryException e) {
            return false;
        }
    }

    /** How many bytes are missing or too many before a block. */
    private static String shifted(Place place, BlockHeader header, Frame frame, long near) {
        long shift = frame.shift(place.position(), header);
        String text = shift < 0 ? "mtf.shift.missing" : "mtf.shift.added";
        return Messages.get(text, near, place.position(), Math.abs(shift));
    }

    private String name(Place place) {
        return media.count() == 1 ? "backup" : "medium " + media.sequence(place.medium());
    }

    /** The block that must come next in the set by its number, if it begins before {@code end}, a place on the same medium. */
    Found successor(Place from, Frame frame, long end) throws FormatException, CancelledException {
        return search(from, frame, Wanted.SUCCESSOR, end);
    }

    private Found search(Place from, Frame frame, Wanted wanted, long end) throws FormatException, CancelledException {
        Medium medium = media.get(from.medium());
        boolean every = switch (wanted) {
            case LATER, SUCCESSOR -> frame.inside() && frame.holds();
            case START -> true;
            case STRAY -> false;
        };
        int step = every ? 1 : STEP;
        long at = from.position() + Math.floorMod(frame.base() - from.position(), step);
        boolean blank = zero(medium.device(), from.position(), Math.min(at, medium.end()));
        boolean tape = false;
        byte[] piece = new byte[PIECE];
        while (at + BlockHeader.SIZE <= medium.end() && at < end) {
            listener.passed(new Place(from.medium(), at));
            int length = (int) Math.min(PIECE, medium.end() - at);
            blank &= read(medium.device(), at, ByteBuffer.wrap(piece, 0, length));
            // what begins in the overlap is looked at with the next piece
            int passed = length == PIECE ? PIECE - OVERLAP : length;
            for (int offset = 0; offset < passed && offset + BlockHeader.SIZE <= length; offset += step) {
                if (at + offset >= end || !letters(piece[offset]) || every && !known(piece, offset)) {
                    continue;
                }
                ByteView view = ByteView.of(
                        ByteBuffer.wrap(piece, offset, length - offset).slice(), "descriptor block", at + offset);
                BlockHeader header = BlockHeader.parse(view);
                Place place = new Place(from.medium(), at + offset);
                tape |= header != null && header.type() == BlockType.TAPE;
                if (header != null && taken(place, header, view, frame, wanted, tape)) {
                    boolean zero = blank && zeros(piece, offset);
                    return new Found(place, header, zero, wanted == Wanted.STRAY);
                }
            }
            blank &= zeros(piece, passed);
            at += passed;
        }
        blank &= zero(medium.device(), at, medium.end());
        return new Found(new Place(from.medium(), medium.end()), null, blank, false);
    }

    /** @param tape whether the first block of a medium was passed: a backup inside this one may have begun */
    private boolean taken(Place place, BlockHeader header, ByteView view, Frame frame, Wanted wanted, boolean tape)
            throws FormatException, CancelledException {
        boolean step = Math.floorMod(place.position() - frame.base(), STEP) == 0;
        return switch (wanted) {
            case LATER, SUCCESSOR ->
                step && belongs(header, view, frame, wanted)
                        || frame.inside()
                                && frame.holds()
                                && shifted.begins(place, header, frame, wanted == Wanted.SUCCESSOR);
            case START -> (!tape || frame.behind(place.position())) && start(header, view, frame);
            case STRAY -> belongs(header, view, frame, wanted);
        };
    }

    /** Whether the letters of a block that can be one of a set stand there. */
    private static boolean known(byte[] piece, int offset) {
        int id = piece[offset] & 0xff
                | (piece[offset + 1] & 0xff) << 8
                | (piece[offset + 2] & 0xff) << 16
                | (piece[offset + 3] & 0xff) << 24;
        return BlockType.of(id) != BlockType.OTHER;
    }

    private static boolean letters(byte first) {
        return first >= 'A' && first <= 'Z';
    }

    private static boolean belongs(BlockHeader header, ByteView view, Frame frame, Wanted wanted)
            throws FormatException {
        boolean fits = frame.fits(view.position(), header);
        return switch (header.type()) {
            case VOLUME, FOLDER, FILE, CORRUPT, SET_PAD, SET_END, DATABASE ->
                switch (wanted) {
                    case LATER -> header.controlId() > frame.control() && (!frame.holds() || fits);
                    case SUCCESSOR -> header.controlId() == frame.control() + 1 && fits;
                    case STRAY -> true;
                    case START -> false;
                };
            case SET, TAPE_END -> wanted == Wanted.LATER && start(header, view, frame);
            case TAPE, FILEMARK, OTHER -> false;
        };
    }

    /** Whether it is the start of a later set, or the end of the medium. */
    private static boolean start(BlockHeader header, ByteView view, Frame frame) throws FormatException {
        boolean zero = header.controlId() == 0 && header.logicalAddress() == 0;
        boolean set = header.type() == BlockType.SET
                && view.length() >= SetBlock.SIZE
                && view.u16(SetBlock.NUMBER) > frame.set();
        return zero && (set || header.type() == BlockType.TAPE_END);
    }

    /** Whether all could be read. */
    private static boolean read(BlockDevice device, long position, ByteBuffer into) {
        boolean[] bad = new boolean[1];
        device.readAround(position, into, (at, length, cause) -> bad[0] = true);
        return !bad[0];
    }

    private static boolean zero(BlockDevice device, long from, long to) {
        if (to <= from) {
            return true;
        }
        byte[] bytes = new byte[(int) Math.min(STEP, to - from)];
        return read(device, from, ByteBuffer.wrap(bytes)) && zeros(bytes, bytes.length);
    }

    private static boolean zeros(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
