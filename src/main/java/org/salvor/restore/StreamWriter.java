package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Gaps;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Progress;
import org.salvor.substream.Chunk;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * Copies one substream into a channel and hashes it on the way. Holes and losses are stepped over, so that they take no space
 * and read as zeros; that is also how they are hashed. What the source cannot give any more counts as lost.
 */
final class StreamWriter {
    /** From this size on, hashing in a second thread gains more than it costs. */
    static final long LARGE = 8 << 20;

    /**
     * At most so much is written at once. The page cache takes memory for a write in one piece where it can; large pieces are
     * what a virtual machine gives back to its host first, and getting them again is slow (1 GiB on ext4: 0.95 s instead of 0.73).
     */
    private static final int AT_ONCE = 256 << 10;

    /** Bytes at the end of a stream that are filled with zeros where they are lost. */
    private static final long MOST_FILLED = 1L << 30;

    private final MessageDigest digest = Hashes.sha256();
    private final Gaps gaps = new Gaps();
    private final JobMonitor monitor;
    private final Spaces spaces;
    private @Nullable HashThread aside;
    private Growth grown = bytes -> {};
    private long position;

    /** Where the channel stands: behind the last bytes that were written. */
    private long filled;

    private boolean written;

    /** What was lost at the end was not filled: the copy ends before it. */
    private boolean endsShort;

    /** Hears of each number of bytes that the channel took. */
    interface Growth {
        void by(long bytes) throws IOException;
    }

    StreamWriter(JobMonitor monitor, Spaces spaces) {
        this.monitor = monitor;
        this.spaces = spaces;
    }

    /**
     * As {@link #copy(Substream, SeekableByteChannel)}.
     *
     * @param grown what it throws ends the copy
     */
    void copy(Substream stream, SeekableByteChannel to, Growth grown) throws IOException, CancelledException {
        this.grown = grown;
        copy(stream, to);
    }

    /**
     * Into a channel that stands at its beginning. Where it ends with a hole it is shorter than the stream afterwards.
     */
    void copy(Substream stream, SeekableByteChannel to) throws IOException, CancelledException {
        if (stream.size() < LARGE) {
            all(stream, to);
            return;
        }
        try (HashThread thread = new HashThread(digest, spaces)) {
            aside = thread;
            all(stream, to);
        } finally {
            aside = null;
        }
    }

    private void all(Substream stream, SeekableByteChannel to) throws IOException, CancelledException {
        try {
            for (Chunk chunk = next(stream); chunk != null; chunk = next(stream)) {
                monitor.checkpoint();
                step(chunk, to, stream.size());
                monitor.progress(new Progress("restore", position, stream.size(), 0, 1));
            }
            if (position < stream.size() && !endsShort) {
                end(stream.size() - position, Messages.get("restore.cut-off"));
            }
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            if (position < stream.size() && !endsShort) {
                end(stream.size() - position, String.valueOf(e.getMessage()));
            } else {
                doubted(String.valueOf(e.getMessage()));
            }
        }
    }

    private @Nullable Chunk next(Substream stream) throws RecoveryException {
        return aside == null ? stream.next() : stream.next(aside.space());
    }

    /** All bytes came, and what holds them together says that they are not right (a checksum): nothing is cut off or added. */
    private void doubted(String reason) {
        gaps.doubted(reason);
    }

    private void step(Chunk chunk, SeekableByteChannel to, long size) throws IOException, RecoveryException {
        if (chunk.offset() > position) {
            gap(chunk.offset() - position, Messages.get("restore.cut-off"));
        } else if (chunk.offset() < position || chunk.length() < 0) {
            throw new RecoveryException(Messages.get("restore.disorder", position));
        }
        switch (chunk) {
            case Chunk.Bytes bytes -> bytes(bytes.data(), to);
            case Chunk.Hole hole -> skip(hole.length());
            case Chunk.Lost loss -> {
                if (position + loss.length() == size) {
                    end(loss.length(), loss.reason());
                } else {
                    gap(loss.length(), loss.reason());
                }
            }
        }
    }

    private void bytes(ByteBuffer data, SeekableByteChannel to) throws IOException {
        int length = data.remaining();
        if (aside != null) {
            aside.update(data);
        } else {
            digest.update(data.duplicate());
        }
        if (filled != position) {
            to.position(position);
        }
        int end = data.limit();
        while (data.position() < end) {
            to.write(data.limit(Math.min(end, data.position() + AT_ONCE)));
        }
        position += length;
        filled = position;
        written |= length > 0;
        grown.by(length);
    }

    private void skip(long length) throws CancelledException {
        if (aside != null) {
            aside.await();
        }
        Hashes.zeros(digest, length, monitor);
        position += length;
    }

    /** What is missing at the end reads as zeros, unless it is so much that a size was a lie: hashing 2 TB of zeros takes an hour. */
    private void end(long length, String reason) throws CancelledException {
        if (length > MOST_FILLED) {
            gaps.add(position, length, reason);
            endsShort = true;
        } else {
            gap(length, reason);
        }
    }

    private void gap(long length, String reason) throws CancelledException {
        gaps.add(position, length, reason);
        skip(length);
    }

    /** The length of the stream as copied. */
    long position() {
        return position;
    }

    long lost() {
        return gaps.lost();
    }

    /** Whether any byte came from the source. */
    boolean written() {
        return written;
    }

    String sha256() {
        return Hashes.hex(digest.digest());
    }

    /** A sentence for each gap. */
    List<String> gaps() {
        return gaps.sentences();
    }
}
