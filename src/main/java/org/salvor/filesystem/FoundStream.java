package org.salvor.filesystem;

/**
 * One data stream of a file and the evidence for it.
 *
 * @param name empty for the main stream
 * @param size in bytes
 * @param valid bytes from its start that were ever written; what lies behind them reads as zeros
 * @param allocated bytes it takes on the volume
 * @param form how its bytes are kept
 * @param runs its clusters; {@link ClusterRuns#NONE} for resident ones
 * @param complete false where a part of the runs is known to be missing (an extension record is gone)
 */
public record FoundStream(
        String name, long size, long valid, long allocated, Form form, ClusterRuns runs, boolean complete) {
    /** A stream that was written up to its end. */
    public FoundStream(String name, long size, long allocated, Form form, ClusterRuns runs, boolean complete) {
        this(name, size, size, allocated, form, runs, complete);
    }

    /** How a stream's bytes are kept. */
    public enum Form {
        RESIDENT,
        PLAIN,
        SPARSE,
        COMPRESSED,
        ENCRYPTED,
        /** CompactOS: the bytes lie in another stream, whose runs are given here. */
        OVERLAY,
        /** The content lies in a store elsewhere: deduplication, cloud. */
        STUB
    }
}
