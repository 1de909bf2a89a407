package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * MTF_CMP_HDR, 24 bytes before each packed piece of a compressed stream (docs/formats/mtf.md, section 6): "FH" at 0.
 *
 * @param remaining 4, u64: bytes of the unpacked stream from this piece on; 0 if the writer did not know
 * @param unpacked 12, u32: bytes of this piece
 * @param packed 16, u32: bytes that follow; as many as unpacked if they are not packed
 * @param sequence 20, u8: of the piece, from 1
 */
record FrameHeader(long remaining, int unpacked, int packed, int sequence) {
    static final int SIZE = 24;

    /** The format packs pieces of 62 KiB; nothing that comes near this bound is known. */
    static final int MAX_PIECE = 1 << 20;

    private static final int MARK = 'F' | 'H' << 8;
    private static final int CHECKED_WORDS = 11;

    /** Null where no piece begins: the checksum at 22 does not fit, or the sizes cannot be. */
    static @Nullable FrameHeader parse(ByteView view) throws FormatException {
        long remaining = view.i64(4);
        long unpacked = view.u32(12);
        long packed = view.u32(16);
        if (view.u16(0) != MARK
                || Words.xor(view, CHECKED_WORDS) != view.u16(22)
                || remaining < 0
                || remaining > Extents.MAX_SIZE
                || unpacked > MAX_PIECE
                || packed > unpacked) {
            return null;
        }
        return new FrameHeader(remaining, (int) unpacked, (int) packed, view.u8(20));
    }

    boolean stored() {
        return packed == unpacked;
    }
}
