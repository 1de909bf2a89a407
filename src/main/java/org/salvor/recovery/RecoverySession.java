package org.salvor.recovery;

import java.util.Optional;
import org.salvor.fault.RecoveryException;
import org.salvor.text.ByteNames;

/** A place that is open: it can be scanned, and gives the content of files. Safe for use by several threads. */
public interface RecoverySession extends AutoCloseable {
    SourceIdentity identity();

    SessionCapabilities capabilities();

    /** How the keys of this place become ids; a {@link CatalogBuilder} for it is made with them. */
    IdScheme ids();

    /** Reads a few samples to tell what a scan will cost; at most about a second. Sessions that cannot tell say so. */
    default ScanCost cost(JobMonitor monitor) throws RecoveryException {
        monitor.checkpoint();
        return ScanCost.UNKNOWN;
    }

    /** Blocking. Rows appear in the builder's catalog as they are found; paths and ratings may come later. */
    void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) throws RecoveryException;

    /** Takes up a catalog that an earlier scan of the same place made, instead of scanning. */
    void adopt(Catalog saved) throws RecoveryException;

    /**
     * Keys have come to the keyring with which this session was opened: what they open is unlocked and rated, and what the scan has
     * not learnt of encrypted files is read. Blocking; only when no scan is running, and nobody else may change the catalog.
     */
    default void keysChanged(Catalog catalog, JobMonitor monitor) throws RecoveryException {
        monitor.checkpoint();
    }

    /** Names that are single bytes of a code page the source does not tell: {@link CodePage} decides how they are read. */
    default Optional<ByteNames> byteNames() {
        return Optional.empty();
    }

    /** Fresh at each call. Needs a scan, or an adopted catalog, that holds the file. */
    Content content(FileId file) throws RecoveryException;

    /** How a file is encrypted, and what opens it; empty if it is not, or that is not known. Needs a scan that holds the file. */
    default Optional<Encryption> encryption(FileId file) {
        return Optional.empty();
    }

    /**
     * The checks that need a file's content (contract, section 3, steps 5 and 6), for one row; may only lower the rating. Run for
     * every row as a late pass of the scan, and always before a file is restored.
     */
    Rating rateContent(Catalog catalog, int row) throws RecoveryException;

    @Override
    void close();
}
