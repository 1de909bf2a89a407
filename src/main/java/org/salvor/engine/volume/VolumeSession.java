package org.salvor.engine.volume;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.salvor.device.BlockDevice;
import org.salvor.device.ResilientDevice;
import org.salvor.engine.Fingerprint;
import org.salvor.engine.keys.EncryptionPass;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.FileId;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanCost;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SessionCapabilities;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;

/** An open volume: scanned by its file system, rated here. Contents may be read by several threads, also while it is scanned. */
final class VolumeSession implements RecoverySession {
    private final SourceNode node;
    private final BlockDevice source;
    private final ResilientDevice volume;
    private final FileSystem fileSystem;
    private final FileSystemInfo info;
    private final IdScheme ids;
    private final Keyring keys;
    private @Nullable SourceIdentity identity;
    private volatile @Nullable Catalog catalog;

    /** @param source is closed with the session; {@code volume} is a part of it; {@code keys} stay the caller's */
    VolumeSession(SourceNode node, BlockDevice source, ResilientDevice volume, FileSystem fileSystem, Keyring keys) {
        this.keys = keys;
        this.node = node;
        this.source = source;
        this.volume = volume;
        this.fileSystem = fileSystem;
        this.info = fileSystem.info();
        this.ids = new IdScheme(
                info.idPrefix(), info.kind().equals("NTFS") ? IdScheme.Form.RECORD_AND_SEQUENCE : IdScheme.Form.NUMBER);
    }

    @Override
    public synchronized SourceIdentity identity() {
        if (identity == null) {
            Map<String, String> details = new TreeMap<>();
            if (!info.label().isEmpty()) {
                details.put("label", info.label());
            }
            if (node.source() instanceof Source.Device device) {
                details.put("model", device.details().model());
                details.put("disk serial", device.details().serial());
                details.values().removeIf(String::isEmpty);
            }
            identity = new SourceIdentity(
                    SourceNames.fromAnywhere(node.source()),
                    node.id(),
                    info.kind(),
                    info.serial(),
                    volume.size(),
                    Fingerprint.of(volume),
                    Map.copyOf(details));
        }
        return identity;
    }

    @Override
    public SessionCapabilities capabilities() {
        return new SessionCapabilities(true, true, true, true);
    }

    @Override
    public IdScheme ids() {
        return ids;
    }

    @Override
    public ScanCost cost(JobMonitor monitor) throws CancelledException {
        CostSample sample = new CostSample(source, node.offset(), volume.size()).take(monitor);
        return new ScanCost(fileSystem.tableBytes(), volume.size(), sample.bytesPerSecond(), sample.fromMemory());
    }

    @Override
    public void adopt(Catalog saved) throws RecoveryException {
        encryption(new CatalogBuilder(saved)).adopt();
        catalog = saved;
    }

    private EncryptionPass encryption(CatalogBuilder builder) {
        return Ratings.encryption(fileSystem, builder, keys);
    }

    @Override
    public void keysChanged(Catalog rows, JobMonitor monitor) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(rows);
        BitSet opened = encryption(builder).run(monitor);
        ContentPass content = new ContentPass(fileSystem, builder, info);
        for (int row = opened.nextSetBit(0); row >= 0; row = opened.nextSetBit(row + 1)) {
            monitor.checkpoint();
            content.opened(row, monitor);
        }
    }

    @Override
    public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
        catalog = into.catalog();
        ScanCollector collector = new ScanCollector(plan, info, volume.size(), into, monitor);
        Ratings ratings = new Ratings(fileSystem, volume, collector, into, keys);
        monitor.progress(new Progress("records", 0, -1, 0, info.recordEstimate()));
        try {
            fileSystem.scan(plan.thorough(), collector);
            collector.finish(monitor);
        } catch (CancelledException e) {
            collector.finish(JobMonitor.SILENT);
            ratings.stopped(allocation(JobMonitor.SILENT));
            throw e;
        }
        ratings.complete(allocation(monitor), plan.thorough(), monitor);
        tellUnreadable(plan, monitor);
        tellCut(monitor);
    }

    private void tellCut(JobMonitor monitor) {
        long missing = info.size() - volume.size();
        if (missing > 0) {
            monitor.problem(new Problem(Problem.Severity.ERROR, "", Messages.get("scan.cut", missing)));
        }
    }

    private @Nullable AllocationMap allocation(JobMonitor monitor) throws CancelledException {
        try {
            return fileSystem.allocation();
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            String text = Messages.get("scan.map-unreadable", String.valueOf(e.getMessage()));
            monitor.problem(new Problem(Problem.Severity.ERROR, ScanCollector.place(e), text));
            return null;
        }
    }

    private void tellUnreadable(ScanPlan plan, JobMonitor monitor) {
        long bytes = volume.unreadableBytes();
        if (bytes > 0) {
            String text = Messages.get(plan.thorough() ? "scan.unreadable" : "scan.unreadable.quick", bytes);
            monitor.problem(new Problem(Problem.Severity.ERROR, "", text));
        }
    }

    @Override
    public Content content(FileId file) throws RecoveryException {
        Catalog rows = catalog;
        int row = rows == null ? Catalog.NONE : rows.find(file);
        if (rows == null || row == Catalog.NONE) {
            throw new RecoveryException(Messages.get("source.not-in-scan", file.text()));
        }
        return new VolumeContent(open(rows, row));
    }

    private FileContent open(Catalog rows, int row) throws RecoveryException {
        Provenance provenance = rows.provenance(row);
        if (provenance == Provenance.MADE_UP || provenance == Provenance.INDEX_ONLY) {
            throw new RecoveryException(Messages.get("source.no-content"));
        }
        return fileSystem.open(rows.key(row), rows.locator(row));
    }

    @Override
    public Optional<Encryption> encryption(FileId file) {
        Catalog rows = catalog;
        int row = rows == null ? Catalog.NONE : rows.find(file);
        return rows == null || row == Catalog.NONE ? Optional.empty() : Optional.ofNullable(rows.encryption(row));
    }

    @Override
    public Rating rateContent(Catalog rows, int row) throws RecoveryException {
        Rating now = rows.rating(row);
        if (!ContentCheck.concerns(rows, row)) {
            return now;
        }
        try (FileContent content = open(rows, row)) {
            return ContentCheck.check(now, rows.name(row), content, info.clusterSize(), JobMonitor.SILENT);
        } catch (FormatException e) {
            return ContentCheck.unreadable(now);
        }
    }

    @Override
    public void close() {
        fileSystem.close();
        source.close();
    }
}
