package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/** The checksum of headers: the exclusive or of their little-endian words of 16 bits. */
final class Words {
    private Words() {}

    /** Of {@code count} words from the start of the view. */
    static int xor(ByteView view, int count) throws FormatException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum ^= view.u16(2 * i);
        }
        return sum;
    }
}
