package org.salvor.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.salvor.device.BlockDevice;

/** SHA-256 over the first and the last 64 KiB of a place, to know it again. What cannot be read counts as zeros. */
public final class Fingerprint {
    private static final int LENGTH = 64 << 10;

    private Fingerprint() {}

    /** In hexadecimal. */
    public static String of(BlockDevice place) {
        MessageDigest digest = sha256();
        int length = (int) Math.min(LENGTH, place.size());
        for (long position : new long[] {0, place.size() - length}) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            place.readAround(position, bytes, (at, lost, cause) -> {});
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
