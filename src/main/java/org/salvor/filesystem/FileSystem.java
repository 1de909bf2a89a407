package org.salvor.filesystem;

import org.salvor.fault.RecoveryException;

/** A volume of one file system, opened read-only. */
public interface FileSystem extends AutoCloseable {
    FileSystemInfo info();

    /**
     * Reads the current file table, and with {@code thorough} sweeps the whole volume for records and index blocks outside it.
     * Files come in the order of the table; parents may come after their children.
     */
    void scan(boolean thorough, ScanSink sink) throws RecoveryException;

    /** The bytes of the current file table: what a scan that is not thorough reads. */
    long tableBytes();

    AllocationMap allocation() throws RecoveryException;

    /**
     * @param key {@link FoundFile#key()}; the record found must still carry it
     * @param locator {@link FoundFile#locator()}
     */
    FileContent open(long key, long locator) throws RecoveryException;

    @Override
    void close();
}
