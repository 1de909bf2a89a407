package org.salvor.engine.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupOpener;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Availability;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoveryEngine;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreNotes;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;

/** The portable engine for backups: files and folders whose formats are read in plain Java on any computer. */
public final class BackupEngine implements RecoveryEngine {
    private final List<BackupOpener> openers;
    private final RestoreNotes notes;

    /** @param openers the first one that knows a file or folder opens it */
    public BackupEngine(List<BackupOpener> openers) {
        this(openers, RestoreNotes.NONE);
    }

    /**
     * @param openers the first one that knows a file or folder opens it
     * @param notes what exports noted of files whose times and attributes are not in the backup itself
     */
    public BackupEngine(List<BackupOpener> openers, RestoreNotes notes) {
        this.openers = List.copyOf(openers);
        this.notes = notes;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Availability availability() {
        return Availability.HERE;
    }

    /** Nobody knows where backups lie: a person picks them. */
    @Override
    public List<Source> discover() {
        return List.of();
    }

    @Override
    public Optional<SourceNode> recognise(Source source, Keyring keys) throws RecoveryException {
        BackupArchive archive = archive(source);
        if (archive == null) {
            return Optional.empty();
        }
        try (archive) {
            return Optional.of(BackupPlaces.tree(source, archive));
        }
    }

    @Override
    public RecoverySession open(SourceNode node, Keyring keys) throws RecoveryException {
        if (node.state() != SourceNode.State.READABLE) {
            throw new RecoveryException(Messages.get("source.not-readable", node.title(), node.detail()));
        }
        BackupArchive archive = archive(node.source());
        if (archive == null) {
            throw new RecoveryException(
                    Messages.get("source.unknown", node.source().text()));
        }
        try {
            return new BackupSession(node, archive, BackupPlaces.sets(node, archive), keys, notes);
        } catch (RecoveryException e) {
            archive.close();
            throw e;
        }
    }

    private @Nullable BackupArchive archive(Source source) throws RecoveryException {
        Path path = path(source);
        if (path != null) {
            for (BackupOpener opener : openers) {
                Optional<BackupArchive> archive = opener.open(path);
                if (archive.isPresent()) {
                    return archive.get();
                }
            }
        }
        return null;
    }

    /** Null for what is no file or folder. */
    static @Nullable Path path(Source source) {
        return switch (source) {
            case Source.ImageFile file -> file.path();
            case Source.BackupFolder folder -> folder.path();
            case Source.Device device -> null;
            case Source.Practice disk -> null;
            case Source.SavedScan scan -> null;
        };
    }
}
