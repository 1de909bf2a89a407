package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * CFIL, which follows the block whose data could not be read when the backup was made (docs/formats/mtf.md, section 3).
 *
 * @param why 52, u32: bits 16 to 18
 * @param offset 64, u64: from here on the stream was filled with zeros, in bytes of the stream once it is unpacked
 * @param stream 72, u16: 1 for the first stream of the block
 */
record CorruptBlock(Why why, long offset, int stream) {
    /** Up to the number of the stream. */
    static final int SIZE = 74;

    /** Each with a text of its own. */
    enum Why {
        CHANGED,
        UNREADABLE,
        LOCKED
    }

    static CorruptBlock parse(Block block) throws FormatException {
        ByteView body = block.body();
        int bits = body.i32(52);
        Why why = (bits & 1 << 16) != 0 ? Why.CHANGED : (bits & 1 << 18) != 0 ? Why.LOCKED : Why.UNREADABLE;
        return new CorruptBlock(why, body.i64(64), body.u16(72));
    }
}
