package org.salvor.backup;

import java.util.List;
import java.util.Optional;
import org.salvor.fault.RecoveryException;
import org.salvor.text.ByteNames;

/** A backup that is open, read-only. Safe for use by several threads; each content is for one thread at a time. */
public interface BackupArchive extends AutoCloseable {
    ArchiveInfo info();

    /** The word with which ids of this format begin (contract, section 2), before {@link ArchiveInfo#serial}: "mtf", "stream", "efs". */
    String idWord();

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

    /** Whether the format has no numbers of its own: entries are then known by their paths, no two of a set have the same. */
    default boolean byPath() {
        return false;
    }

    /**
     * The content of the entry with that path, in an archive that is {@link #byPath}; fresh at each call.
     *
     * @param path with "/", as it was listed
     */
    default BackupContent open(int set, String path) throws RecoveryException {
        throw new IllegalStateException("the entries of this archive have numbers");
    }

    /** Names that are single bytes of a code page the format does not tell; empty where all are Unicode, or plain. */
    default Optional<ByteNames> byteNames() {
        return Optional.empty();
    }

    /** What tells its content from that of another; empty where that is told by the first and last bytes of the file it was opened from. */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    @Override
    void close();
}
