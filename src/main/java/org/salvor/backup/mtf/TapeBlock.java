package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * TAPE, the first block of a medium (docs/formats/mtf.md, section 3).
 *
 * @param family 52, u32: the same on all media of a family
 * @param sequence 60, u16: its number in the family, from 1
 * @param filemarkSize 64, u16, in units of 512 bytes: size of a soft filemark; here in bytes
 * @param catalogue 66, u16: 0 none, 1, 2; 3 is SQL Server's, 4 Backup Exec's
 * @param name 68
 * @param label 72: a description, or a label of fields with | between them
 * @param password 76: whether there is one
 * @param software 80
 * @param logicalBlock 84, u16: 512 or 1024 bytes
 * @param vendor 86, u16
 */
record TapeBlock(
        long family,
        int sequence,
        int filemarkSize,
        int catalogue,
        String name,
        String label,
        boolean password,
        String software,
        int logicalBlock,
        int vendor) {
    /** Up to the major version at 93. */
    static final int SIZE = 94;

    private static final int UNIT = 512;
    private static final int MAX_LOGICAL_BLOCK = 1 << 15;

    static TapeBlock parse(Block block, TapeText text) throws FormatException {
        ByteView body = block.body();
        int logicalBlock = body.u16(84);
        if (logicalBlock < UNIT || logicalBlock > MAX_LOGICAL_BLOCK || logicalBlock % UNIT != 0) {
            throw body.broken(84, "logical blocks of 512 or 1024 bytes", logicalBlock);
        }
        int version = body.u8(93);
        if (version != 1) {
            throw body.broken(93, "version 1", version);
        }
        return new TapeBlock(
                body.u32(52),
                body.u16(60),
                body.u16(64) * UNIT,
                body.u16(66),
                text.told(block, 68),
                text.told(block, 72),
                TapeAddress.at(body, 76).size() > 0,
                text.told(block, 80),
                logicalBlock,
                body.u16(86));
    }
}
