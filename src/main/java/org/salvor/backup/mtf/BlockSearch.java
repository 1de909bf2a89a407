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

    private final Media media;
    private final WalkListener listener;

    BlockSearch(Media media, WalkListener listener) {
        this.media = media;
        this.listener = listener;
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
        /** Any, of whatever set. */
        STRAY
    }

    /** The next block at or behind {@code from}. Only where none of the set and no start of another follows, a block of any set. */
    Found next(Place from, Frame frame) throws FormatException, CancelledException {
        Found found = search(from, frame, Wanted.LATER);
        return found.header() == null && !found.blank() && frame.inside() ? search(from, frame, Wanted.STRAY) : found;
    }

    /** As {@link #next}, and tells what is skipped: the bytes, and the blocks whose numbers are missing. */
    Found over(Place from, Frame frame) throws FormatException, CancelledException {
        Found found = next(from, frame);
        if (!padding(found, frame)) {
            String actual = found.place().position() - from.position() + " bytes that belong to none";
            tell(found, frame, from, new FormatException(name(from), from.position(), "a descriptor block", actual));
        }
        if (found.stray()) {
            frame.stray();
        }
        return found;
    }

    /** Whether nothing is missing between the last block and this one, or between sets. */
    private static boolean padding(Found found, Frame frame) {
        BlockHeader header = found.header();
        boolean next = header != null && header.controlId() == frame.control() + 1;
        return found.blank() && (next || !frame.inside());
    }

    /** One sentence for a person; @param detail for the log */
    private void tell(Found found, Frame frame, Place from, FormatException detail) {
        BlockHeader header = found.stray() ? null : found.header();
        boolean border = header == null || header.type() == BlockType.SET || header.type() == BlockType.TAPE_END;
        long lost = header == null || border ? 0 : header.controlId() - frame.control() - 1;
        if (lost > 0) {
            listener.lost(new RecoveryException(Messages.get("mtf.lost-blocks", lost, from.position()), detail));
        } else if (border && frame.inside()) {
            listener.lost(new RecoveryException(Messages.get("mtf.lost-rest", from.position()), detail));
        } else {
            listener.skipped(new RecoveryException(Messages.get("mtf.passed-over", from.position()), detail));
        }
    }

    private String name(Place place) {
        return media.count() == 1 ? "backup" : "medium " + media.sequence(place.medium());
    }

    /** The block that must come next in the set by its number. */
    Found successor(Place from, Frame frame) throws FormatException, CancelledException {
        return search(from, frame, Wanted.SUCCESSOR);
    }

    private Found search(Place from, Frame frame, Wanted wanted) throws FormatException, CancelledException {
        Medium medium = media.get(from.medium());
        long at = from.position() + Math.floorMod(frame.base() - from.position(), STEP);
        boolean blank = zero(medium.device(), from.position(), Math.min(at, medium.end()));
        byte[] piece = new byte[PIECE];
        while (at + BlockHeader.SIZE <= medium.end()) {
            listener.passed(new Place(from.medium(), at));
            int length = (int) Math.min(PIECE, medium.end() - at);
            blank &= read(medium.device(), at, ByteBuffer.wrap(piece, 0, length));
            for (int offset = 0; offset + BlockHeader.SIZE <= length; offset += STEP) {
                ByteView view = ByteView.of(
                        ByteBuffer.wrap(piece, offset, length - offset).slice(), "descriptor block", at + offset);
                BlockHeader header = letters(piece[offset]) ? BlockHeader.parse(view) : null;
                if (header != null && belongs(header, view, frame, wanted)) {
                    boolean zero = blank && zeros(piece, offset);
                    return new Found(new Place(from.medium(), at + offset), header, zero, wanted == Wanted.STRAY);
                }
            }
            blank &= zeros(piece, length);
            at += length;
        }
        blank &= zero(medium.device(), at, medium.end());
        return new Found(new Place(from.medium(), medium.end()), null, blank, false);
    }

    private static boolean letters(byte first) {
        return first >= 'A' && first <= 'Z';
    }

    private static boolean belongs(BlockHeader header, ByteView view, Frame frame, Wanted wanted)
            throws FormatException {
        boolean fits = frame.fits(view.position(), header);
        boolean zero = header.controlId() == 0 && header.logicalAddress() == 0;
        return switch (header.type()) {
            case VOLUME, FOLDER, FILE, CORRUPT, SET_PAD, SET_END, DATABASE ->
                switch (wanted) {
                    case LATER -> header.controlId() > frame.control() && (!frame.holds() || fits);
                    case SUCCESSOR -> header.controlId() == frame.control() + 1 && fits;
                    case STRAY -> true;
                };
            case SET ->
                wanted == Wanted.LATER
                        && zero
                        && view.length() >= SetBlock.SIZE
                        && view.u16(SetBlock.NUMBER) > frame.set();
            case TAPE_END -> wanted == Wanted.LATER && zero;
            case TAPE, FILEMARK, OTHER -> false;
        };
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
