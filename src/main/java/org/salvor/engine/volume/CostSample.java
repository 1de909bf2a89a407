package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import org.salvor.device.BlockDevice;
import org.salvor.fault.CancelledException;
import org.salvor.fault.SourceReadException;
import org.salvor.recovery.JobMonitor;

/**
 * How fast a place reads: at most 64 MiB at three places of it, and at most about a second. A place that cannot be read is left
 * at once: a failing disk is not tortured for a figure.
 */
final class CostSample {
    private static final long MOST_BYTES = 64L << 20;
    private static final int PLACES = 3;
    private static final int PIECE = 1 << 20;
    private static final long NANOS_A_PLACE = 300_000_000L;

    /** One thread that reads pieces of a mebibyte gets no more than this out of any drive, but out of memory. */
    private static final double FASTEST_DRIVE = 3e9;

    private final BlockDevice device;
    private final long offset;
    private final long length;
    private final ByteBuffer piece;
    private long bytes;
    private long nanos;

    /** @param offset where the place begins on the device @param length of the place, both in bytes */
    CostSample(BlockDevice device, long offset, long length) {
        this.device = device;
        this.offset = offset;
        this.length = length;
        piece = ByteBuffer.allocate((int) Math.clamp(length, 1, PIECE));
    }

    /** Reads the samples; the time that a pause takes is not counted. */
    CostSample take(JobMonitor monitor) throws CancelledException {
        long each = Math.min(MOST_BYTES, length) / PLACES;
        for (int place = 0; place < PLACES; place++) {
            read(length / PLACES * place / PIECE * PIECE, each, monitor);
        }
        return this;
    }

    private void read(long from, long wanted, JobMonitor monitor) throws CancelledException {
        long spent = 0;
        for (long done = 0; done < wanted && spent < NANOS_A_PLACE; ) {
            monitor.checkpoint();
            int now = (int) Math.min(piece.capacity(), wanted - done);
            long started = System.nanoTime();
            try {
                device.read(offset + from + done, piece.clear().limit(now));
            } catch (SourceReadException e) {
                // what is bad here is told by the scan itself, which has to read it
                return;
            }
            spent += System.nanoTime() - started;
            done += now;
            bytes += now;
        }
        nanos += spent;
    }

    /** 0 if nothing could be read. */
    double bytesPerSecond() {
        return bytes == 0 ? 0 : bytes * 1e9 / Math.max(1, nanos);
    }

    boolean fromMemory() {
        return bytesPerSecond() > FASTEST_DRIVE;
    }
}
