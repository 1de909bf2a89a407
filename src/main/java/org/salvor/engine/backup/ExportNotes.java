package org.salvor.engine.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.Times;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.Problem;
import org.salvor.recovery.RestoreNotes;
import org.salvor.recovery.RestoreNotes.Note;
import org.salvor.substream.StreamFileNames;

/** Times and attributes of exported files: backup streams have no place for them, and an export notes them beside its files. */
final class ExportNotes {
    /** For entries that bring their times themselves. */
    static final ExportNotes NONE = new ExportNotes(Map.of());

    /** Read-only, hidden, system, archive, not indexed: the others say how content is stored, which the streams tell themselves. */
    private static final int FREE = 0x1 | 0x2 | 0x4 | 0x20 | 0x2000;

    private final Map<String, Note> notes;

    private ExportNotes(Map<String, Note> notes) {
        this.notes = notes;
    }

    /** Those of a folder of backup streams, or of the folder that one such file lies in. */
    static ExportNotes of(RestoreNotes kept, @Nullable Path source, JobMonitor monitor) {
        Path place = source == null ? null : source.toAbsolutePath();
        Path folder = place == null || Files.isDirectory(place) ? place : place.getParent();
        if (folder == null) {
            return NONE;
        }
        try {
            return new ExportNotes(kept.of(folder));
        } catch (RecoveryException e) {
            monitor.problem(new Problem(Problem.Severity.WARNING, "", String.valueOf(e.getMessage())));
            return NONE;
        }
    }

    /** Whether nothing is noted of any file. */
    boolean none() {
        return notes.isEmpty();
    }

    /** The entry with what is noted of the file that it was read from, as long as that has the size it was written with. */
    BackupEntry noted(String path, BackupEntry entry) {
        if (none() || !entry.times().equals(Times.NONE)) {
            return entry;
        }
        List<String> written = entry.folder()
                ? List.of(path)
                : List.of(
                        path + StreamFileNames.ENDING,
                        path + StreamFileNames.ENDING + StreamFileNames.PARTIAL,
                        path,
                        path + EfsArchive.ENDING,
                        path + EfsArchive.ENDING + StreamFileNames.PARTIAL);
        for (String name : written) {
            Note note = notes.get(name);
            if (note != null && note.folder() == entry.folder() && (note.folder() || note.size() == entry.stored())) {
                return with(entry, note);
            }
        }
        return entry;
    }

    private static BackupEntry with(BackupEntry entry, Note note) {
        FileTimes times = note.times();
        return new BackupEntry(
                entry.key(),
                entry.locator(),
                entry.name(),
                entry.folder(),
                entry.size(),
                entry.stored(),
                new Times(times.created(), times.modified(), times.changed(), times.accessed()),
                entry.attributes() & ~FREE | note.attributes() & FREE,
                entry.streams(),
                entry.state());
    }
}
