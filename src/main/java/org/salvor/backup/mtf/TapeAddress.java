package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * MTF_TAPE_ADDRESS, 4 bytes: where something of variable length lies in a block.
 *
 * @param size 0, u16: in bytes; 0 for nothing
 * @param offset 2, u16: from the start of the block
 */
record TapeAddress(int size, int offset) {
    static TapeAddress at(ByteView block, int offset) throws FormatException {
        return new TapeAddress(block.u16(offset), block.u16(offset + 2));
    }
}
