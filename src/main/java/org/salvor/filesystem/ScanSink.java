package org.salvor.filesystem;

import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

/** Takes what a scan finds, on the scanning thread. */
public interface ScanSink {
    void found(FoundFile file) throws RecoveryException;

    /** A broken structure that was skipped. */
    void skipped(RecoveryException problem);

    /**
     * A part of the list of all files that cannot be read.
     *
     * @param files how many files it may have listed, at most
     */
    default void lost(RecoveryException problem, long files) {
        skipped(problem);
    }

    /** Called often: bytes of {@code total} that this phase has read. May block while paused. */
    void progress(long bytesRead, long total) throws CancelledException;
}
