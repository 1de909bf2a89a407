package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.WireWriter;

/** A sequence of backup streams on its way into a file: hashed as it goes; ranges of zeros take no space where they can be stepped over. */
final class WireOutput implements WireWriter.Out {
    /** Headers and small streams go out together. */
    private static final int GATHERED = 64 << 10;

    private final SeekableByteChannel channel;
    private final JobMonitor monitor;
    private final MessageDigest digest = Hashes.sha256();
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED);
    private long size;

    /** Where the channel stands: behind the last bytes that were written. */
    private long filled;

    /** @param channel stands at its beginning */
    WireOutput(SeekableByteChannel channel, JobMonitor monitor) {
        this.channel = channel;
        this.monitor = monitor;
    }

    @Override
    public void bytes(ByteBuffer data) throws IOException, RecoveryException {
        monitor.checkpoint();
        if (data.remaining() > gathered.remaining()) {
            flush();
        }
        if (data.remaining() <= gathered.remaining()) {
            gathered.put(data);
        } else {
            write(data);
        }
    }

    @Override
    public void zeros(long length) throws IOException, RecoveryException {
        flush();
        Hashes.zeros(digest, length, monitor);
        size += length;
    }

    private void flush() throws IOException {
        write(gathered.flip());
        gathered.clear();
    }

    private void write(ByteBuffer data) throws IOException {
        if (!data.hasRemaining()) {
            return;
        }
        digest.update(data.duplicate());
        if (filled != size) {
            channel.position(size);
        }
        size += data.remaining();
        filled = size;
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    /** Brings out what is still gathered. */
    void finish() throws IOException {
        flush();
    }

    /** Bytes of the sequence. */
    long size() {
        return size + gathered.position();
    }

    /** Whether the channel is shorter than the sequence. */
    boolean endsWithHole() {
        return size > filled;
    }

    /** To be asked once, after {@link #finish}. */
    String sha256() {
        return Hashes.hex(digest.digest());
    }
}
