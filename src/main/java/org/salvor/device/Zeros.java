package org.salvor.device;

import java.nio.ByteBuffer;

/** Zeros for what cannot be read, and the test for them. */
final class Zeros {
    private static final byte[] ZEROS = new byte[8192];

    private Zeros() {}

    /** Fills the rest of {@code target}. */
    static void fill(ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }
}
