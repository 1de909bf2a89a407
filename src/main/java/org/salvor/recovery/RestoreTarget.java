package org.salvor.recovery;

import java.io.IOException;
import org.salvor.fault.RecoveryException;

/** Writes streams into a place that {@code restore} has prepared; used by several threads at once. */
public interface RestoreTarget extends AutoCloseable {
    TargetCapabilities capabilities();

    /**
     * Writes every stream of the content. A part that the source cannot give becomes a gap, not an exception.
     *
     * @throws IOException the target did not take it
     * @throws RecoveryException the content cannot be had at all, or the job was cancelled
     */
    WrittenStreams write(PreparedFile file, Content content, JobMonitor monitor) throws IOException, RecoveryException;

    /** Takes the files that stay encrypted: what is written of them is the export. Closed with this one. */
    default RestoreTarget forEncrypted() {
        return this;
    }

    /**
     * Whether it puts the reparse data of a {@link PreparedFile#link} on it; else a link of the system is made in its place, by whoever
     * prepares the file.
     */
    default boolean links() {
        return false;
    }

    @Override
    void close();
}
