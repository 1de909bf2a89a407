package org.salvor.backup;

import java.util.List;
import org.salvor.fault.RecoveryException;

/** A backup that is open, read-only. Safe for use by several threads; each content is for one thread at a time. */
public interface BackupArchive extends AutoCloseable {
    ArchiveInfo info();

    /** In the order in which they were written. A format without sets has one, numbered 1. */
    List<BackupSet> sets();

    /**
     * Lists one set from front to back without reading file data. What is broken is skipped and told; only what was in it is lost.
     *
     * @param set {@link BackupSet#number()}
     */
    void list(int set, EntrySink sink) throws RecoveryException;

    /**
     * The content of one entry; fresh at each call.
     *
     * @param key {@link BackupEntry#key()}; what is found must still be that entry
     * @param locator {@link BackupEntry#locator()}
     */
    BackupContent open(int set, long key, long locator) throws RecoveryException;

    @Override
    void close();
}
