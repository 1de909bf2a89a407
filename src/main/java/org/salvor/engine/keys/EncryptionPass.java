package org.salvor.engine.keys;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.text.Messages;

/** Reads who can open the encrypted files of a catalog, and locks those that no key of the keyring opens. */
public final class EncryptionPass {
    /** Where it is written who can open a file. */
    @FunctionalInterface
    public interface Reader {
        /** Of the file of that row; null where it does not tell. */
        @Nullable
        Encryption read(int row) throws RecoveryException;
    }

    /** Tries the keys on the file of a row. */
    @FunctionalInterface
    public interface Trial {
        /** False where a certificate fits, and the key of the file cannot be had with it. */
        boolean opens(int row) throws RecoveryException;
    }

    private static final long NANOS_BETWEEN_PROGRESS = 50_000_000L;

    private final CatalogBuilder builder;
    private final Catalog catalog;
    private final Keyring keys;
    private final Reader reader;
    private final Trial trial;

    /**
     * @param reader is asked for rows that are locked, and of which nothing is known yet
     * @param trial is asked for rows that are locked, and for which a fitting certificate is here
     */
    public EncryptionPass(CatalogBuilder builder, Keyring keys, Reader reader, Trial trial) {
        this.builder = builder;
        this.catalog = builder.catalog();
        this.keys = keys;
        this.reader = reader;
        this.trial = trial;
    }

    /** May be run again when keys have come. Returns the rows that were locked before and are not any more. */
    public BitSet run(JobMonitor monitor) throws CancelledException {
        BitSet opened = new BitSet();
        int rows = catalog.size();
        long next = System.nanoTime();
        for (int row = 0; row < rows; row++) {
            if (catalog.linkOf(row) != Catalog.NONE) {
                continue;
            }
            Encryption encryption = catalog.encryption(row);
            if (encryption == null && catalog.ratingClass(row) == RatingClass.LOCKED) {
                monitor.checkpoint();
                if (System.nanoTime() - next >= 0) {
                    monitor.progress(new Progress("keys", 0, -1, row, rows));
                    next = System.nanoTime() + NANOS_BETWEEN_PROGRESS;
                }
                encryption = read(row, monitor);
            }
            if (encryption != null && lock(row, keys.opens(encryption) && tried(row, monitor))) {
                opened.set(row);
            }
        }
        return opened;
    }

    /** As {@link #run}, for a catalog whose files were looked at in an earlier scan: reads only the keys of those that a key fits. */
    public void adopt() throws CancelledException {
        int rows = catalog.anyEncrypted() ? catalog.size() : 0;
        for (int row = 0; row < rows; row++) {
            Encryption encryption = catalog.linkOf(row) == Catalog.NONE ? catalog.encryption(row) : null;
            if (encryption != null) {
                var unused = lock(row, keys.opens(encryption) && tried(row, JobMonitor.SILENT));
            }
        }
    }

    /** Whether that unlocked it. */
    private boolean lock(int row, boolean open) {
        boolean was = catalog.ratingClass(row) != RatingClass.LOCKED;
        if (open != was) {
            builder.locked(row, !open);
        }
        return open && !was;
    }

    /** What cannot be read shows when the file is read. */
    private boolean tried(int row, JobMonitor monitor) throws CancelledException {
        if (catalog.ratingClass(row) != RatingClass.LOCKED) {
            return true;
        }
        monitor.checkpoint();
        boolean opens;
        try {
            opens = trial.opens(row);
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            opens = true;
        }
        builder.keyDamaged(row, !opens);
        return opens;
    }

    private @Nullable Encryption read(int row, JobMonitor monitor) throws CancelledException {
        Encryption encryption;
        try {
            encryption = reader.read(row);
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            String text = Messages.get("scan.no-content", String.valueOf(e.getMessage()));
            monitor.problem(new Problem(Problem.Severity.WARNING, catalog.path(row), text));
            encryption = Certificates.of((byte[]) null);
        }
        if (encryption != null) {
            builder.encryption(row, encryption);
        }
        return encryption;
    }
}
