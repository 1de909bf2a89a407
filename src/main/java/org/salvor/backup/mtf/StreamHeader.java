package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * MTF_STREAM_HDR, 22 bytes before the bytes of a stream (docs/formats/mtf.md, section 5).
 *
 * @param kind 0, u32: four letters
 * @param fileAttributes 4, u16
 * @param mediaAttributes 6, u16
 * @param length 8, u64: in bytes, without this header and what aligns the next
 * @param compression 18, u16: the method
 */
record StreamHeader(StreamKind kind, int fileAttributes, int mediaAttributes, long length, int compression) {
    static final int SIZE = 22;

    /** Of streams on the media: they begin at multiples of it. */
    static final int ALIGNMENT = 4;

    private static final int CHECKED_WORDS = 10;
    private static final int IS_SPARSE = 1 << 3;
    private static final int CONTINUE = 1;
    private static final int VARIABLE = 1 << 1;
    private static final int VARIABLE_END = 1 << 2;
    private static final int ENCRYPTED = 1 << 3;
    private static final int COMPRESSED = 1 << 4;
    private static final int EMBEDDED_LENGTH = 1 << 6;

    /** Null where no stream begins: the checksum at 20 does not fit, or all is zero. */
    static @Nullable StreamHeader parse(ByteView view) throws FormatException {
        int id = view.i32(0);
        long length = view.i64(8);
        if (id == 0 || length < 0 || Words.xor(view, CHECKED_WORDS) != view.u16(20)) {
            return null;
        }
        return new StreamHeader(StreamKind.of(id), view.u16(4), view.u16(6), length, view.u16(18));
    }

    /** Its bytes follow in streams of the kind SPAR. */
    boolean sparse() {
        return (fileAttributes & IS_SPARSE) != 0;
    }

    /** It goes on with a stream that was cut at the end of the medium before. */
    boolean continued() {
        return (mediaAttributes & CONTINUE) != 0;
    }

    /** One of several pieces of one stream. */
    boolean variable() {
        return (mediaAttributes & VARIABLE) != 0;
    }

    boolean lastPiece() {
        return (mediaAttributes & VARIABLE_END) != 0;
    }

    boolean encrypted() {
        return (mediaAttributes & ENCRYPTED) != 0;
    }

    boolean compressed() {
        return (mediaAttributes & COMPRESSED) != 0;
    }

    boolean embeddedLength() {
        return (mediaAttributes & EMBEDDED_LENGTH) != 0;
    }
}
