package org.salvor.filesystem.ntfs;

import java.util.Arrays;
import org.salvor.filesystem.ClusterRuns;

/**
 * The clusters of a stream: for each run its first cluster in the stream (VCN), its first cluster on the volume (LCN) and its
 * length, in order and without gaps (docs/formats/ntfs.md, section 4).
 */
final class Runlist {
    /** As LCN: the run takes no clusters. */
    static final long HOLE = -1;
    /** As LCN: a part of the stream whose runs are lost. */
    static final long MISSING = -2;

    private static final long MAX_CLUSTER = 1L << 41;

    private static final long[] EMPTY = {};

    private long[] vcn = EMPTY;
    private long[] lcn = EMPTY;
    private int count;
    private long end;
    private boolean complete = true;

    int count() {
        return count;
    }

    long vcn(int run) {
        return vcn[run];
    }

    long lcn(int run) {
        return lcn[run];
    }

    long length(int run) {
        return (run + 1 < count ? vcn[run + 1] : end) - vcn[run];
    }

    /** Clusters described, holes and missing parts included. */
    long end() {
        return end;
    }

    /** False where an encoding was broken or a part is missing. */
    boolean complete() {
        return complete;
    }

    /**
     * Appends the runs of one attribute: pairs of a length and a signed distance from the run before, each with its number
     * of bytes in a header. What comes before a broken pair is kept.
     */
    void append(Attribute attribute) {
        appendEncoded(attribute.record.data, attribute.runsStart(), attribute.runsEnd(), attribute.lowestVcn());
    }

    void appendEncoded(byte[] data, int from, int to, long lowestVcn) {
        if (lowestVcn < end || lowestVcn > MAX_CLUSTER) {
            complete = false; // repeats what is known already, or lies outside every volume
            return;
        }
        if (lowestVcn > end) {
            add(MISSING, lowestVcn - end);
        }
        long cluster = 0;
        int at = from;
        while (at < to && data[at] != 0) {
            int lengthBytes = data[at] & 0x0f;
            int distanceBytes = data[at] >>> 4 & 0x0f;
            at++;
            if (lengthBytes == 0 || lengthBytes > 8 || distanceBytes > 8 || to - at < lengthBytes + distanceBytes) {
                complete = false;
                return;
            }
            long length = signed(data, at, lengthBytes);
            at += lengthBytes;
            long distance = signed(data, at, distanceBytes);
            at += distanceBytes;
            if (length <= 0 || length > MAX_CLUSTER - end) {
                complete = false;
                return;
            }
            if (distanceBytes == 0) {
                add(HOLE, length);
            } else {
                cluster += distance;
                if (cluster < 0 || cluster > MAX_CLUSTER) {
                    complete = false;
                    return;
                }
                add(cluster, length);
            }
        }
    }

    /** Marks everything up to cluster {@code last} (excluded) that is not described as missing. */
    void missingUpTo(long last) {
        long bound = Math.min(last, MAX_CLUSTER);
        if (bound > end) {
            add(MISSING, bound - end);
        }
    }

    private void add(long cluster, long length) {
        complete &= cluster != MISSING;
        if (count == vcn.length) {
            int room = count == 0 ? 1 : count == 1 ? 4 : 2 * count; // most streams lie in one piece
            vcn = Arrays.copyOf(vcn, room);
            lcn = Arrays.copyOf(lcn, room);
        }
        vcn[count] = end;
        lcn[count] = cluster;
        count++;
        end += length;
    }

    private static long signed(byte[] data, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | data[at + i] & 0xff;
        }
        int unused = 64 - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    /** Whether both lead to the same clusters in the same order. */
    boolean same(Runlist other) {
        return end == other.end
                && Arrays.equals(vcn, 0, count, other.vcn, 0, other.count)
                && Arrays.equals(lcn, 0, count, other.lcn, 0, other.count);
    }

    /** The run that holds cluster {@code wanted} of the stream; -1 past the end. */
    int find(long wanted) {
        if (wanted < 0 || wanted >= end) {
            return -1;
        }
        int found = Arrays.binarySearch(vcn, 0, count, wanted);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * Whether a unit that begins before cluster {@code last} of the stream takes no clusters at all.
     *
     * @param unit in clusters
     */
    boolean holeBefore(long last, int unit) {
        for (int i = 0; i < count && vcn[i] < last; i++) {
            long first = (vcn[i] + unit - 1) / unit * unit;
            if (lcn[i] == HOLE && first < last && first + unit <= vcn[i] + length(i)) {
                return true;
            }
        }
        return false;
    }

    /** Clusters that take space. */
    long allocated() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (lcn[i] >= 0) {
                sum += length(i);
            }
        }
        return sum;
    }

    /** For those outside: missing parts are left out. */
    ClusterRuns toClusterRuns() {
        if (count == 0) {
            return ClusterRuns.NONE;
        }
        int kept = 0;
        long[] clusters = new long[count];
        long[] lengths = new long[count];
        for (int i = 0; i < count; i++) {
            if (lcn[i] != MISSING) {
                clusters[kept] = lcn[i];
                lengths[kept++] = length(i);
            }
        }
        return kept == count
                ? new ClusterRuns(clusters, lengths)
                : new ClusterRuns(Arrays.copyOf(clusters, kept), Arrays.copyOf(lengths, kept));
    }
}
