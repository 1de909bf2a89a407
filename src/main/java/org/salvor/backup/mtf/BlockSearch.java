package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;

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
     */
    record Found(Place place, @Nullable BlockHeader header, boolean blank) {}

    /** The next block at or behind {@code from}. */
    Found next(Place from, Frame frame) throws FormatException, CancelledException {
        return search(from, frame, false);
    }

    /** The block that must come next in the set by its number. */
    Found successor(Place from, Frame frame) throws FormatException, CancelledException {
        return search(from, frame, true);
    }

    private Found search(Place from, Frame frame, boolean successor) throws FormatException, CancelledException {
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
                if (header != null && belongs(header, view, frame, successor)) {
                    return new Found(new Place(from.medium(), at + offset), header, blank && zeros(piece, offset));
                }
            }
            blank &= zeros(piece, length);
            at += length;
        }
        blank &= zero(medium.device(), at, medium.end());
        return new Found(new Place(from.medium(), medium.end()), null, blank);
    }

    private static boolean letters(byte first) {
        return first >= 'A' && first <= 'Z';
    }

    private static boolean belongs(BlockHeader header, ByteView view, Frame frame, boolean successor)
            throws FormatException {
        long position = view.position();
        boolean next = header.controlId() == frame.control() + 1;
        return switch (header.type()) {
            case VOLUME, FOLDER, FILE, CORRUPT, SET_PAD, SET_END, DATABASE ->
                successor
                        ? next && frame.fits(position, header)
                        : header.controlId() > frame.control() && (!frame.holds() || frame.fits(position, header));
            case SET ->
                !successor
                        && header.controlId() == 0
                        && header.logicalAddress() == 0
                        && view.length() >= SetBlock.SIZE
                        && view.u16(SetBlock.NUMBER) > frame.set();
            case TAPE_END -> !successor && header.controlId() == 0 && header.logicalAddress() == 0;
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
