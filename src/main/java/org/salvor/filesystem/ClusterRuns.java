package org.salvor.filesystem;

/**
 * The clusters of a stream, in file order: {@code lcn[i]} is the first cluster of a run, -1 for a hole; {@code length[i]} its
 * length in clusters. Clusters of the volume count from 0.
 */
public record ClusterRuns(long[] lcn, long[] length) {
    public static final ClusterRuns NONE = new ClusterRuns(new long[0], new long[0]);

    public int count() {
        return lcn.length;
    }

    /** Clusters that take space: holes not counted. */
    public long allocated() {
        long sum = 0;
        for (int i = 0; i < lcn.length; i++) {
            if (lcn[i] >= 0) {
                sum += length[i];
            }
        }
        return sum;
    }
}
