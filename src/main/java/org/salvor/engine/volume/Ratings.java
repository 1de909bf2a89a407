package org.salvor.engine.volume;

import org.jspecify.annotations.Nullable;
import org.salvor.device.ResilientDevice;
import org.salvor.engine.keys.Certificates;
import org.salvor.engine.keys.EncryptionPass;
import org.salvor.engine.keys.KeyTrial;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;

/** The passes that rate what a scan has found, in their order: owners and claims, then the content, then what cannot be read. */
final class Ratings {
    private final FileSystem fileSystem;
    private final FileSystemInfo info;
    private final ResilientDevice volume;
    private final ScanCollector scan;
    private final CatalogBuilder into;
    private final Catalog catalog;
    private final Unreadable unreadable;
    private final Keyring keys;

    Ratings(FileSystem fileSystem, ResilientDevice volume, ScanCollector scan, CatalogBuilder into, Keyring keys) {
        this.keys = keys;
        this.fileSystem = fileSystem;
        this.info = fileSystem.info();
        this.volume = volume;
        this.scan = scan;
        this.into = into;
        this.catalog = into.catalog();
        this.unreadable = new Unreadable(volume, info.clusterSize());
    }

    /**
     * Everything was found.
     *
     * @param allocation null where the volume's map of used clusters cannot be read
     * @param swept whether the scan has read the whole volume already
     */
    void complete(@Nullable AllocationMap allocation, boolean swept, JobMonitor monitor) throws CancelledException {
        Rater rater = new Rater(scan, into, allocation, unreadable, info, true);
        rater.run(monitor);
        var unused = encryption(fileSystem, into, keys).run(monitor);
        new ContentPass(fileSystem, into, info).run(rater.undecided(), monitor);
        if (!swept) {
            new Neighbourhood(scan, catalog, volume, unreadable, info.clusterSize()).run(monitor);
        }
        rater.rateUnreadable(monitor);
        new LiveRater(scan, catalog, rater, unreadable).run(monitor);
        into.finished();
    }

    static EncryptionPass encryption(FileSystem fileSystem, CatalogBuilder builder, Keyring keys) {
        Catalog rows = builder.catalog();
        return new EncryptionPass(
                builder,
                keys,
                row -> Certificates.of(keyRecord(fileSystem, rows, row)),
                row -> KeyTrial.opens(keyRecord(fileSystem, rows, row), keys));
    }

    private static byte @Nullable [] keyRecord(FileSystem fileSystem, Catalog rows, int row) throws RecoveryException {
        try (FileContent content = fileSystem.open(rows.key(row), rows.locator(row))) {
            return content.keyRecord();
        }
    }

    /** What a stopped scan has found can be restored too; nothing of it is called intact without all claims. */
    void stopped(@Nullable AllocationMap allocation) throws CancelledException {
        Rater rater = new Rater(scan, into, allocation, unreadable, info, false);
        rater.run(JobMonitor.SILENT);
        rater.undecided().forEach(file -> rater.apply(file.row(), file.doubtful()));
        new LiveRater(scan, catalog, rater, unreadable).run(JobMonitor.SILENT);
        into.finished();
    }
}
