package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * MTF_DB_HDR, the 52 bytes at the start of each descriptor block (docs/formats/mtf.md, section 2).
 *
 * @param type 0, u32: four letters
 * @param attributes 4, u32
 * @param firstEvent 8, u16: from the start of the block to its first stream, or to the next block if it has none
 * @param osId 10, u8: 14 is Windows NT
 * @param osVersion 11, u8: of the data for that system, not of the system
 * @param displayableSize 12, u64: for a person only
 * @param logicalAddress 20, u64: in logical blocks from the start of the set
 * @param controlId 36, u32: 0 for the start of a set, 1 more for each block of it
 * @param osData 44
 * @param strings 48, u8: 0 none, 1 single bytes, 2 UTF-16
 */
record BlockHeader(
        BlockType type,
        int attributes,
        int firstEvent,
        int osId,
        int osVersion,
        long displayableSize,
        long logicalAddress,
        long controlId,
        TapeAddress osData,
        int strings) {
    static final int SIZE = 52;
    private static final int CHECKED_WORDS = 25;
    private static final int CONTINUATION = 1;

    /** Null where no block begins: the checksum at 50 does not fit, or all is zero. */
    static @Nullable BlockHeader parse(ByteView view) throws FormatException {
        int id = view.i32(0);
        if (id == 0 || Words.xor(view, CHECKED_WORDS) != view.u16(50)) {
            return null;
        }
        BlockType type = BlockType.of(id);
        int firstEvent = view.u16(8);
        if (firstEvent < SIZE && type != BlockType.FILEMARK || type == BlockType.OTHER && !letters(id)) {
            return null;
        }
        return new BlockHeader(
                type,
                view.i32(4),
                firstEvent,
                view.u8(10),
                view.u8(11),
                view.i64(12),
                view.i64(20),
                view.u32(36),
                TapeAddress.at(view, 44),
                view.u8(48));
    }

    /** Whether these can be the letters of a kind that is not known. The checksum alone would fit wherever one byte is repeated. */
    private static boolean letters(int id) {
        for (int rest = id; rest != 0; rest >>>= 8) {
            int letter = rest & 0xff;
            if ((letter < 'A' || letter > 'Z') && (letter < '0' || letter > '9')) {
                return false;
            }
        }
        return id >>> 24 != 0 && (id >>> 16) != (id & 0xffff);
    }

    /** It repeats a block of the medium before. */
    boolean continuation() {
        return (attributes & CONTINUATION) != 0;
    }
}
