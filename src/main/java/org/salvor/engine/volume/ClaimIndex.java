package org.salvor.engine.volume;

import java.util.Arrays;
import org.salvor.recovery.Columns;

/**
 * Which files claim which clusters: all runs of the live and the deleted files of a volume, 20 bytes each, and up to 16
 * more while they are compared. It knows no file system. Filled once, then {@link #arrange arranged}, then asked; confined to one
 * thread.
 */
final class ClaimIndex {
    /** No owner. */
    static final int NOBODY = Integer.MIN_VALUE;

    /** Clusters are numbered below 2^32 on every file system here; a run that starts later lies outside any volume. */
    private static final long MAX_CLUSTER = 1L << 32;

    private static final int BYTES = 36;
    private static final int INDEX_BITS = 31;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private final Columns.Longs starts = new Columns.Longs();
    private final Columns.Longs lengths = new Columns.Longs();
    private final Columns.Ints owners = new Columns.Ints();
    private final int limit;
    private int count;
    private int liveCount;
    private boolean full;
    private long[] live = {};
    /** Clusters of all live claims before each, and of all of them at the end. */
    private long[] before = {0};

    private int[] rivals = {};

    /** Takes as many claims as fit into a quarter of the memory there is: a volume of garbage may name any number of them. */
    ClaimIndex() {
        this((int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / BYTES));
    }

    ClaimIndex(int limit) {
        this.limit = limit;
    }

    /** Whether there were more claims than it can hold; nothing can be said then of who else claims a cluster. */
    boolean full() {
        return full;
    }

    /** How many of them are claims of live files. */
    int liveCount() {
        return liveCount;
    }

    /** How many claims there are. */
    int count() {
        return count;
    }

    /** A run of a live file. @param file any number from 0 on that the caller knows the file by: {@link LiveOwner} */
    void addLive(int file, long start, long length) {
        if (start >= 0 && length > 0 && start < MAX_CLUSTER && put(~file, start, length)) {
            liveCount++;
        }
    }

    /** A run of a deleted file; its claims must be added one after the other. @param file numbered from 0 on, without gaps */
    void addDeleted(int file, long start, long length) {
        put(file, start, length);
    }

    private boolean put(int owner, long start, long length) {
        if (count >= limit) {
            full = true;
            return false;
        }
        starts.set(count, start);
        lengths.set(count, length);
        owners.set(count, owner);
        count++;
        return true;
    }

    /** Whether a live file claims it. */
    boolean live(int claim) {
        return owners.get(claim) < 0;
    }

    /** Who claims it: the number that it was added with. */
    int owner(int claim) {
        int owner = owners.get(claim);
        return owner < 0 ? ~owner : owner;
    }

    long start(int claim) {
        return starts.get(claim);
    }

    long length(int claim) {
        return lengths.get(claim);
    }

    /** Sorts the claims and finds the deleted files that claim the same clusters. @param deletedFiles how many there are */
    void arrange(int deletedFiles) {
        live = new long[liveCount];
        long[] deleted = new long[count - liveCount];
        int nextLive = 0;
        int nextDeleted = 0;
        for (int claim = 0; claim < count; claim++) {
            long start = starts.get(claim);
            if (owners.get(claim) < 0) {
                live[nextLive++] = start << INDEX_BITS | claim;
            } else if (start >= 0 && start < MAX_CLUSTER && lengths.get(claim) > 0) {
                deleted[nextDeleted++] = start << INDEX_BITS | claim;
            }
        }
        Arrays.sort(live);
        before = new long[liveCount + 1];
        for (int at = 0; at < liveCount; at++) {
            before[at + 1] = before[at] + Math.min(MAX_CLUSTER, lengths.get((int) (live[at] & INDEX_MASK)));
        }
        Arrays.sort(deleted, 0, nextDeleted);
        rivals = new int[deletedFiles];
        Arrays.fill(rivals, NOBODY);
        findRivals(deleted, nextDeleted);
    }

    /**
     * Walks the claims by their starts and keeps the one that reaches farthest: whatever starts before its end overlaps it. Every
     * claim that overlaps another is met so, as itself or as the one that reaches farthest.
     */
    private void findRivals(long[] sorted, int end) {
        long farthest = -1;
        int owner = NOBODY;
        for (int i = 0; i < end; i++) {
            int claim = (int) (sorted[i] & INDEX_MASK);
            long start = starts.get(claim);
            long reach = Math.min(MAX_CLUSTER, lengths.get(claim)) + start;
            int file = owners.get(claim);
            if (start < farthest) {
                rival(file, owner);
                rival(owner, file);
            }
            if (reach > farthest) {
                farthest = reach;
                owner = file;
            }
        }
    }

    private void rival(int file, int other) {
        if (rivals[file] == NOBODY || rivals[file] == file) {
            rivals[file] = other;
        }
    }

    /** Another deleted file that claims clusters of this one too (or this one itself, if it claims some twice), or NOBODY. */
    int rival(int deletedFile) {
        return rivals[deletedFile];
    }

    /** The live file that claims the cluster, or NOBODY. */
    int liveOwner(long cluster) {
        int at = floor(cluster);
        if (at < 0) {
            return NOBODY;
        }
        int claim = (int) (live[at] & INDEX_MASK);
        return cluster - starts.get(claim) < lengths.get(claim) ? ~owners.get(claim) : NOBODY;
    }

    /** How many of these clusters live files claim; where such claims overlap, it may be told more. */
    long liveClaimed(long first, long length) {
        long end = first + length;
        int at = floor(first);
        int last = floor(end - 1);
        long sum = at < 0 ? 0 : Math.max(0, Math.min(end, end(at)) - first);
        if (last > at) {
            sum += before[last + 1] - before[at + 1] - Math.max(0, end(last) - end);
        }
        return Math.clamp(sum, 0, length);
    }

    private long end(int at) {
        int claim = (int) (live[at] & INDEX_MASK);
        return starts.get(claim) + Math.min(MAX_CLUSTER, lengths.get(claim));
    }

    /** The first of these clusters that a live file claims, -1 if none. */
    long firstLiveClaimed(long first, long length) {
        for (int at = Math.max(0, floor(first)); at < live.length; at++) {
            int claim = (int) (live[at] & INDEX_MASK);
            long start = starts.get(claim);
            if (start >= first + length) {
                return -1;
            }
            if (start + lengths.get(claim) > first) {
                return Math.max(first, start);
            }
        }
        return -1;
    }

    /** Place of the last live claim that starts at the cluster or before it, -1 if none. */
    private int floor(long cluster) {
        int at = Arrays.binarySearch(live, Math.min(cluster + 1, MAX_CLUSTER) << INDEX_BITS);
        return at < 0 ? -at - 2 : at - 1;
    }
}
