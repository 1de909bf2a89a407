package org.salvor.backup.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.EntrySink;
import org.salvor.fault.RecoveryException;

/** What an archive lists, by path. */
final class Listing implements EntrySink {
    final Map<String, BackupEntry> entries = new LinkedHashMap<>();
    final List<String> problems = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private long last;

    static Listing of(BackupArchive archive) throws RecoveryException {
        Listing listing = new Listing();
        archive.list(1, listing);
        return listing;
    }

    BackupEntry entry(String path) {
        return Objects.requireNonNull(entries.get(path), () -> path + " of " + entries.keySet());
    }

    BackupEntry.State state(String path) {
        return entry(path).state();
    }

    @Override
    public int folder(List<String> path, BackupEntry entry) {
        folders.add(String.join("/", path));
        entries.put(folders.getLast(), entry);
        return folders.size() - 1;
    }

    @Override
    public void file(int folder, BackupEntry entry) {
        String path = folder < 0 ? entry.name() : folders.get(folder) + "/" + entry.name();
        if (entries.put(path, entry) != null) {
            throw new AssertionError("twice: " + path);
        }
    }

    @Override
    public void skipped(RecoveryException problem) {
        problems.add(String.valueOf(problem.getMessage()));
    }

    @Override
    public void progress(long bytes, long total) {
        if (bytes < last || bytes > total) {
            throw new AssertionError(bytes + " after " + last + " of " + total);
        }
        last = bytes;
    }
}
