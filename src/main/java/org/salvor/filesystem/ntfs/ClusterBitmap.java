package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.substream.ChunkSource;

/** $Bitmap, one bit a cluster, read through a window. Asking for a part that cannot be read throws. */
final class ClusterBitmap implements AllocationMap {
    private static final int WINDOW = 64 << 10;

    private final ChunkSource bits;
    private final long clusters;
    private final byte[] window = new byte[WINDOW];
    private long windowStart = -1;
    private boolean windowWhole;

    ClusterBitmap(ChunkSource bits, long clusters) {
        this.bits = bits;
        this.clusters = clusters;
    }

    @Override
    public synchronized long allocated(long first, long count) throws RecoveryException {
        long inside = Math.max(0, Math.min(count, clusters - first));
        long used = count - inside;
        for (long cluster = first; cluster < first + inside; ) {
            int from = (int) (cluster & 63);
            long value = wordOf(cluster) >>> from;
            int bitCount = (int) Math.min(64 - from, first + inside - cluster);
            used += Long.bitCount(bitCount == 64 ? value : value & (1L << bitCount) - 1);
            cluster += bitCount;
        }
        return used;
    }

    @Override
    public synchronized long firstAllocated(long first, long count) throws RecoveryException {
        long inside = Math.max(0, Math.min(count, clusters - first));
        for (long cluster = first; cluster < first + inside; ) {
            long value = wordOf(cluster) >>> (int) (cluster & 63);
            if (value == 0) {
                cluster = (cluster | 63) + 1;
            } else {
                long found = cluster + Long.numberOfTrailingZeros(value);
                return found < first + inside ? found : inside < count ? first + inside : -1;
            }
        }
        return inside < count ? first + inside : -1;
    }

    /** The 64 bits that the cluster's bit is one of. */
    private long wordOf(long cluster) throws RecoveryException {
        long offset = cluster >>> 6 << 3;
        if (windowStart < 0 || offset < windowStart || offset >= windowStart + WINDOW) {
            windowStart = offset / WINDOW * WINDOW;
            Arrays.fill(window, (byte) 0);
            windowWhole = false;
            windowWhole = bits.fill(windowStart, ByteBuffer.wrap(window));
        }
        if (!windowWhole) {
            throw new FormatException("$Bitmap", -1, "the bits of cluster " + cluster, "a gap");
        }
        return Le.i64(window, (int) (offset - windowStart));
    }
}
