package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * ESET, the end of a set (docs/formats/mtf.md, section 3).
 *
 * @param corruptFiles 56, u32: how many could not be read when the backup was made
 * @param number 78, u16
 * @param aborted block attribute 18: the backup was stopped
 */
record SetEndBlock(long corruptFiles, int number, boolean aborted) {
    private static final int ABORTED = 1 << 18;

    static SetEndBlock parse(Block block) throws FormatException {
        ByteView body = block.body();
        return new SetEndBlock(body.u32(56), body.u16(78), (block.header().attributes() & ABORTED) != 0);
    }
}
