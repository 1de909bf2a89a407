package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeSet;
import org.salvor.device.BadRanges;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RatingClass;

/**
 * Bad sectors are seldom alone. A quick scan reads little of the files, so of those that seem whole it reads what lies near
 * places that could not be read; where that finds more such places, it goes on from there. It stays quick: a disk that is
 * failing everywhere is for the thorough scan.
 */
final class Neighbourhood {
    /** The size of a window in bytes, as a power of two. A place is looked around in its windows and those beside them. */
    private static final int WINDOW_BITS = 20;

    private static final long MOST_BYTES = 256L << 20;
    private static final long MOST_NANOS = 30_000_000_000L;

    private final ScanCollector scan;
    private final Catalog catalog;
    private final ResilientDevice volume;
    private final Unreadable unreadable;
    private final int clusterSize;
    private final TreeSet<Long> seen = new TreeSet<>();
    private final ByteBuffer piece = ByteBuffer.allocate(1 << WINDOW_BITS);
    private final long begun = System.nanoTime();
    private long bytes;

    Neighbourhood(ScanCollector scan, Catalog catalog, ResilientDevice volume, Unreadable unreadable, int clusterSize) {
        this.scan = scan;
        this.catalog = catalog;
        this.volume = volume;
        this.unreadable = unreadable;
        this.clusterSize = clusterSize;
    }

    void run(JobMonitor monitor) throws CancelledException {
        unreadable.look();
        for (long[] windows = windows(); windows.length > 0 && !enough(); windows = windows()) {
            read(windows, monitor);
            if (!unreadable.look()) {
                return;
            }
        }
    }

    private boolean enough() {
        return bytes > MOST_BYTES || System.nanoTime() - begun > MOST_NANOS;
    }

    /** Windows around the edges of unreadable ranges that were not looked at yet, in order. */
    private long[] windows() {
        TreeSet<Long> fresh = new TreeSet<>();
        long last = (volume.size() - 1) >> WINDOW_BITS;
        for (BadRanges.Range range : unreadable.ranges()) {
            for (long edge : new long[] {range.position() >> WINDOW_BITS, (range.end() - 1) >> WINDOW_BITS}) {
                for (long window = Math.max(0, edge - 1); window <= Math.min(last, edge + 1); window++) {
                    if (seen.add(window)) {
                        fresh.add(window);
                    }
                }
            }
        }
        return fresh.stream().mapToLong(Long::longValue).toArray();
    }

    private void read(long[] windows, JobMonitor monitor) throws CancelledException {
        ClaimIndex claims = scan.claims;
        for (int claim = 0; claim < claims.count() && !enough(); claim++) {
            if ((claim & 0xffff) == 0) {
                monitor.checkpoint();
            }
            long first = claims.start(claim);
            long length = Math.min(claims.length(claim), scan.clustersThere() - first);
            if (first < 0 || length <= 0) {
                continue;
            }
            long start = first * clusterSize;
            long end = Math.min(volume.size(), start + length * clusterSize);
            int at = Arrays.binarySearch(windows, start >> WINDOW_BITS);
            at = at < 0 ? -at - 1 : at;
            if (at < windows.length && windows[at] << WINDOW_BITS < end && seemsWhole(claim)) {
                for (; at < windows.length && windows[at] << WINDOW_BITS < end && !enough(); at++) {
                    monitor.checkpoint();
                    read(Math.max(start, windows[at] << WINDOW_BITS), Math.min(end, (windows[at] + 1) << WINDOW_BITS));
                }
            }
        }
    }

    private boolean seemsWhole(int claim) {
        int owner = scan.claims.owner(claim);
        if (scan.claims.live(claim) && !LiveOwner.content(owner)) {
            return false;
        }
        int row = scan.claims.live(claim) ? LiveOwner.number(owner) : scan.evidence.row(owner);
        RatingClass rating = catalog.evidence(row).ratingClass();
        return rating == RatingClass.INTACT || rating == RatingClass.PROBABLE;
    }

    /** The device remembers what fails. */
    private void read(long from, long to) {
        piece.clear().limit((int) (to - from));
        volume.readAround(from, piece, (position, length, cause) -> {});
        bytes += to - from;
    }
}
