package org.salvor.engine.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupSet;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.engine.Fingerprint;
import org.salvor.engine.keys.Certificates;
import org.salvor.engine.keys.DecryptedContent;
import org.salvor.engine.keys.EncryptionPass;
import org.salvor.engine.keys.KeyTrial;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.FileId;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreNotes;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SessionCapabilities;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;

/** One set of a backup, or all of them, open. Files are rated as they are listed: no content has to be looked at for that. */
final class BackupSession implements RecoverySession {
    private static final long NUMBERS = 0xff_ffff_ffffL;

    private final SourceNode node;
    private final BackupArchive archive;
    private final List<BackupSet> sets;
    private final Keyring keys;
    private final RestoreNotes notes;
    private final IdScheme ids;
    private final SourceIdentity identity;
    private volatile @Nullable Catalog catalog;

    /**
     * @param archive is closed with the session
     * @param sets of it; where there are several, each is a folder at the top
     */
    BackupSession(SourceNode node, BackupArchive archive, List<BackupSet> sets, Keyring keys, RestoreNotes notes)
            throws RecoveryException {
        this.node = node;
        this.archive = archive;
        this.sets = sets;
        this.keys = keys;
        this.notes = notes;
        ids = new IdScheme(
                archive.idWord() + ":" + archive.info().serial(),
                archive.byPath() ? IdScheme.Form.PATH : IdScheme.Form.SET_AND_NUMBER);
        identity = identify();
    }

    private SourceIdentity identify() throws RecoveryException {
        ArchiveInfo info = archive.info();
        Map<String, String> details = new TreeMap<>();
        details.put("label", info.title());
        if (sets.size() == 1) {
            BackupSet set = sets.getFirst();
            details.put("set", set.name());
            details.put("computer", set.machine());
            details.put(
                    "written",
                    set.written().isPresent() ? BackupPlaces.date(set.written().getAsLong()) : "");
        }
        details.values().removeIf(String::isEmpty);
        return new SourceIdentity(
                SourceNames.fromAnywhere(node.source()),
                node.id(),
                info.format(),
                info.serial(),
                info.size(),
                fingerprint(info),
                Map.copyOf(details));
    }

    /** Of the file; a folder is known by its serial, which is made of the names and sizes in it. */
    private String fingerprint(ArchiveInfo info) throws RecoveryException {
        Optional<String> told = archive.fingerprint();
        if (told.isPresent()) {
            return told.get();
        }
        Path path = BackupEngine.path(node.source());
        if (path == null || !Files.isRegularFile(path)) {
            return info.serial();
        }
        try (BlockDevice file = RawImage.open(path)) {
            return Fingerprint.of(file);
        }
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public SessionCapabilities capabilities() {
        return new SessionCapabilities(true, true, true, true);
    }

    @Override
    public Optional<ByteNames> byteNames() {
        return archive.byteNames();
    }

    @Override
    public IdScheme ids() {
        return ids;
    }

    @Override
    public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
        catalog = into.catalog();
        try {
            if (sets.size() == 1) {
                one(into, monitor);
            } else {
                all(into, monitor);
            }
            var unused = encryption(into).run(monitor);
        } finally {
            // also what a stopped listing has found can be restored
            into.finished();
        }
    }

    private void one(CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
        ExportNotes noted =
                archive.byPath() ? ExportNotes.of(notes, BackupEngine.path(node.source()), monitor) : ExportNotes.NONE;
        list(sets.getFirst(), EntryCollector.of(sets.getFirst(), into, !archive.byPath(), noted, monitor));
    }

    /** A set that cannot be listed does not keep the others back. */
    private void all(CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
        SetsInTurn turn = new SetsInTurn(monitor, archive.info().size());
        for (BackupSet set : sets) {
            EntryCollector collector = EntryCollector.inFolder(set, into, turn);
            try {
                list(set, collector);
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                collector.lost(e);
            }
            turn.next();
        }
    }

    private void list(BackupSet set, EntryCollector collector) throws RecoveryException {
        try {
            archive.list(set.number(), collector);
        } finally {
            collector.finish();
        }
    }

    @Override
    public void adopt(Catalog saved) throws RecoveryException {
        encryption(new CatalogBuilder(saved)).adopt();
        catalog = saved;
    }

    @Override
    public void keysChanged(Catalog rows, JobMonitor monitor) throws RecoveryException {
        var unused = encryption(new CatalogBuilder(rows)).run(monitor);
    }

    private EncryptionPass encryption(CatalogBuilder builder) {
        Catalog rows = builder.catalog();
        return new EncryptionPass(
                builder,
                keys,
                row -> Certificates.of(() -> stored(rows, row)),
                row -> KeyTrial.opens(() -> stored(rows, row), keys));
    }

    @Override
    public Content content(FileId file) throws RecoveryException {
        Catalog rows = catalog;
        int row = rows == null ? Catalog.NONE : rows.find(file);
        if (rows == null || row == Catalog.NONE) {
            throw new RecoveryException(Messages.get("source.not-in-scan", file.text()));
        }
        if (rows.provenance(row) == Provenance.MADE_UP) {
            return new NothingMore();
        }
        boolean encrypted = rows.encryption(row) != null;
        return encrypted ? new DecryptedContent(() -> stored(rows, row), keys) : stored(rows, row);
    }

    /** A further name has the content of the first. */
    private EntryContent stored(Catalog rows, int name) throws RecoveryException {
        int first = rows.linkOf(name);
        int row = first == Catalog.NONE ? name : first;
        return new EntryContent(
                archive.byPath()
                        ? archive.open(sets.getFirst().number(), rows.path(row))
                        : archive.open((int) (rows.key(row) >>> 40), rows.key(row) & NUMBERS, rows.locator(row)));
    }

    @Override
    public Optional<Encryption> encryption(FileId file) {
        Catalog rows = catalog;
        int row = rows == null ? Catalog.NONE : rows.find(file);
        return rows == null || row == Catalog.NONE ? Optional.empty() : Optional.ofNullable(rows.encryption(row));
    }

    /** The listing has told all that the backup knows. */
    @Override
    public Rating rateContent(Catalog rows, int row) {
        return rows.rating(row);
    }

    @Override
    public void close() {
        archive.close();
    }
}
