package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;

/** SHA-256. */
final class Hashes {
    /** That of no bytes at all. */
    static final String OF_NOTHING = hex(sha256().digest());

    private static final int BUFFER = 1 << 20;
    private static final int SMALL = 256 << 10;
    private static final byte[] ZEROS = new byte[64 << 10];

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] sha256(byte[] data) {
        return sha256().digest(data);
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Of all that is left in the channel, in hexadecimal. */
    static String of(ReadableByteChannel channel, JobMonitor monitor) throws IOException, CancelledException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = buffer(channel);
        while (channel.read(buffer) >= 0) {
            monitor.checkpoint();
            digest.update(buffer.flip());
            buffer.clear();
        }
        return hex(digest.digest());
    }

    /** No larger than what it is for: among many small files, making large ones would take longer than the reading. */
    private static ByteBuffer buffer(ReadableByteChannel channel) throws IOException {
        long left = channel instanceof SeekableByteChannel sized ? sized.size() - sized.position() : BUFFER;
        return left < SMALL ? ByteBuffer.allocate((int) Math.max(1, left)) : ByteBuffer.allocateDirect(BUFFER);
    }

    /** As if {@code length} zeros came. */
    static void zeros(MessageDigest digest, long length, JobMonitor monitor) throws CancelledException {
        long checked = 0;
        for (long left = length; left > 0; left -= ZEROS.length) {
            digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            if (++checked % 256 == 0) {
                monitor.checkpoint();
            }
        }
    }
}
