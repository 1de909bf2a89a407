package org.salvor.backup.efs;

import java.security.GeneralSecurityException;

/**
 * Decrypts sectors of 512 bytes, each a chain (CBC) of its own whose initialisation vector is made of its place in the stream
 * (docs/formats/efs.md, section 4). Confined to one thread.
 */
interface SectorCipher {
    int SECTOR = 512;

    /** Makes another one with the same key, for another thread. */
    @FunctionalInterface
    interface Factory {
        SectorCipher make();
    }

    /**
     * Decrypts whole sectors; the two arrays must not be the same.
     *
     * @param length in bytes, a multiple of {@link #SECTOR}
     * @param offset of the first byte in the stream, a multiple of {@link #SECTOR}
     */
    void decrypt(byte[] cipherText, int from, byte[] plain, int to, int length, long offset);

    /** What the JDK cannot do although every JDK can. */
    static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has this cipher, and the lengths are right", e);
    }
}
