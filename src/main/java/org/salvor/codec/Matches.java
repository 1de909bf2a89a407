package org.salvor.codec;

import java.util.Arrays;

/** Copies inside one buffer, where the source may run into what is being written. */
final class Matches {
    private Matches() {}

    /** The caller has made sure that source and target lie inside {@code out}. */
    static void copy(byte[] out, int to, int distance, int length) {
        int from = to - distance;
        if (distance >= length) {
            System.arraycopy(out, from, out, to, length);
        } else if (distance == 1) {
            Arrays.fill(out, to, to + length, out[from]);
        } else {
            for (int i = 0; i < length; i++) {
                out[to + i] = out[from + i];
            }
        }
    }
}
