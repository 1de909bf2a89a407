package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;

/** $Bitmap, one bit a cluster, read through a window; what cannot be read of it counts as in use. */
final class ClusterBitmap implements AllocationMap {
    private static final int WINDOW = 64 << 10;

    private final ChunkSource bits;
    private final long clusters;
    private final byte[] window = new byte[WINDOW];
    private long windowStart = -1;

    ClusterBitmap(ChunkSource bits, long clusters) {
        this.bits = bits;
        this.clusters = clusters;
    }

    @Override
    public synchronized long allocated(long first, long count) throws RecoveryException {
        long inside = Math.max(0, Math.min(count, clusters - first));
        long used = count - inside;
        for (long cluster = first; cluster < first + inside; ) {
            int value = byteOf(cluster);
            int from = (int) (cluster & 7);
            int bitCount = (int) Math.min(8 - from, first + inside - cluster);
            used += Integer.bitCount(value >>> from & (1 << bitCount) - 1);
            cluster += bitCount;
        }
        return used;
    }

    @Override
    public synchronized long firstAllocated(long first, long count) throws RecoveryException {
        long inside = Math.max(0, Math.min(count, clusters - first));
        for (long cluster = first; cluster < first + inside; ) {
            int value = byteOf(cluster) >>> (int) (cluster & 7);
            if (value == 0) {
                cluster = (cluster | 7) + 1;
            } else {
                long found = cluster + Integer.numberOfTrailingZeros(value);
                return found < first + inside ? found : inside < count ? first + inside : -1;
            }
        }
        return inside < count ? first + inside : -1;
    }

    private int byteOf(long cluster) throws RecoveryException {
        long offset = cluster >>> 3;
        if (windowStart < 0 || offset < windowStart || offset >= windowStart + WINDOW) {
            windowStart = offset / WINDOW * WINDOW;
            java.util.Arrays.fill(window, (byte) 0);
            if (!bits.fill(windowStart, ByteBuffer.wrap(window))) {
                java.util.Arrays.fill(window, (byte) 0xff);
            }
        }
        return window[(int) (offset - windowStart)] & 0xff;
    }
}
