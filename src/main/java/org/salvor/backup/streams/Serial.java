package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.salvor.device.BlockDevice;

/** Tells backups apart that have no number of their own: 64 bits of a SHA-256, in hexadecimal. */
final class Serial {
    private static final int LENGTH = 64 << 10;

    private long sum;

    /** Of a file: its size, its first and its last 64 KiB. */
    static String of(BlockDevice file) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, file.size()));
        int length = (int) Math.min(LENGTH, file.size());
        for (long position : new long[] {0, file.size() - length}) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            file.readAround(position, bytes, (at, lost, cause) -> {
                // counts as zeros
            });
            digest.update(bytes.array());
        }
        return text(first(digest));
    }

    /** Adds a file of a folder; the order does not matter. */
    void add(String path, long size) {
        MessageDigest digest = sha256();
        digest.update(path.getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
        sum += first(digest);
    }

    /** Of all that was added. */
    String text() {
        return text(sum);
    }

    private static long first(MessageDigest digest) {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static String text(long serial) {
        return "%016x".formatted(serial);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
