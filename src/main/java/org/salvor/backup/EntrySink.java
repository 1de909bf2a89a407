package org.salvor.backup;

import java.util.List;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

/** Takes what a listing finds, on the listing thread. */
public interface EntrySink {
    /**
     * A folder; folders above it that were not told before are made up.
     *
     * @param path names from the top of the set, its own last; the first is the volume where the format has volumes
     * @return what {@link #file} wants as folder
     */
    int folder(List<String> path, BackupEntry entry) throws RecoveryException;

    /** @param folder what {@link #folder} returned, -1 for the top of the set */
    void file(int folder, BackupEntry entry) throws RecoveryException;

    /** A broken structure that was skipped. */
    void skipped(RecoveryException problem);

    /** Files or folders that the backup held, or must have held, and that cannot be listed; the message is a sentence for a person. */
    default void lost(RecoveryException loss) {
        skipped(loss);
    }

    /** What a person should know of the set, and no damage. */
    default void note(String sentence) {}

    /** Called often: bytes of {@code total} that were passed. May block while paused. */
    void progress(long bytes, long total) throws CancelledException;
}
