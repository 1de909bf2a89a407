package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.StreamFileNames;
import org.salvor.text.Messages;

/**
 * Files that lie whole under their temporary names. A commit brings them to the medium with one sync, reads them again where
 * asked, gives them their final names, and enters that in the journal (contract, section 6).
 */
final class Batch {
    /** Makes a batch for a job. */
    interface Maker {
        Batch make(TargetNames names, List<Task> tasks, BiConsumer<Integer, RestoredFile> done);
    }

    static final int MAX_FILES = 2048;
    private static final long MAX_BYTES = 256L << 20;

    private record Entry(Journal.Written written, Task task) {}

    private final TargetFolders folders;
    private final HostFiles host;
    private final Journal journal;
    private final boolean verify;
    private final int maxFiles;
    private final TargetNames names;
    private final BiConsumer<Integer, RestoredFile> done;

    /** Every name that the plan gives, so that a name made later does not take one of them. */
    private final Set<String> planned = new HashSet<>();

    private final Object committing = new Object();
    private List<Entry> entries = new ArrayList<>();
    private long bytes;

    Batch(
            TargetFolders folders,
            HostFiles host,
            Journal journal,
            boolean verify,
            int maxFiles,
            TargetNames names,
            List<Task> tasks,
            BiConsumer<Integer, RestoredFile> done) {
        this.folders = folders;
        this.host = host;
        this.journal = journal;
        this.verify = verify;
        this.maxFiles = maxFiles;
        this.names = names;
        this.done = done;
        for (Task task : tasks) {
            planned.add(TargetNames.key(task.target()));
        }
    }

    synchronized void take(Journal.Written written, Task task) {
        entries.add(new Entry(written, task));
        bytes += written.result().written();
    }

    private synchronized boolean full() {
        return entries.size() >= maxFiles || bytes >= MAX_BYTES;
    }

    private synchronized List<Entry> swap() {
        List<Entry> all = entries;
        entries = new ArrayList<>();
        bytes = 0;
        return all;
    }

    /** While one worker commits, the other goes on writing. */
    void commitIfFull() throws IOException, RecoveryException {
        if (full()) {
            commit();
        }
    }

    void commit() throws IOException, RecoveryException {
        synchronized (committing) {
            List<Entry> all = swap();
            if (all.isEmpty()) {
                return;
            }
            List<Path> files = new ArrayList<>();
            for (Entry entry : all) {
                files.add(folders.root()
                        .resolve(entry.task().parent())
                        .resolve(entry.written().temporary()));
            }
            if (!folders.there()) {
                throw folders.gone(null);
            }
            host.sync(folders.root(), files);
            Map<Integer, RestoredFile> known = new HashMap<>();
            List<Journal.Done> finished = new ArrayList<>();
            for (Entry entry : all) {
                int index = entry.task().index();
                known.put(index, entry.written().result());
                finished.add(
                        new Journal.Done(index, finish(entry), entry.written().security()));
            }
            journal.done(finished, one -> !one.result().equals(known.get(one.index())));
            finished.forEach(one -> done.accept(one.index(), one.result()));
        }
    }

    private RestoredFile finish(Entry entry) throws IOException, RecoveryException {
        Task task = entry.task();
        Journal.Written written = entry.written();
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            if (verify && !readsBack(folder, written)) {
                folder.delete(written.temporary());
                Sidecar.delete(folder.path(RestoreRun.sidecar(written.temporary())));
                return Results.with(written.result(), Outcome.FAILED, Messages.get("restore.read-back"));
            }
            String name = written.name();
            String why = "";
            if (taken(folder, task, name)) {
                name = freeName(folder, task, name);
                why = Messages.get("restore.name-taken", written.name());
            }
            sidecar(folder, written, name);
            folder.rename(written.temporary(), name);
            return Results.renamed(written.result(), Results.in(task.parent(), name), why);
        }
    }

    /** Somebody put a file there since the plan was made; only what the plan means to replace may be replaced. */
    private static boolean taken(TargetFolders.Folder folder, Task task, String name) throws IOException {
        BasicFileAttributes there = folder.attributes(name);
        boolean replace = task.action() == PlannedFile.Action.REPLACE && name.equals(task.name());
        return there != null && (!replace || !there.isRegularFile());
    }

    private void sidecar(TargetFolders.Folder folder, Journal.Written written, String name) throws IOException {
        String temporary = RestoreRun.sidecar(written.temporary());
        if (written.sidecar() && folder.has(temporary)) {
            String last = names.ending(name, TargetNames.SIDECAR);
            if (folder.has(last)) {
                Sidecar.delete(folder.path(last));
            }
            folder.rename(temporary, last);
        }
    }

    private boolean readsBack(TargetFolders.Folder folder, Journal.Written written)
            throws IOException, RecoveryException {
        host.forget(folder.path(written.temporary()));
        try (SeekableByteChannel channel = folder.read(written.temporary())) {
            return Hashes.of(channel, JobMonitor.SILENT).equals(written.result().sha256());
        }
    }

    /** {@code name}, or the first "name (2)"... that neither the plan nor the folder has. */
    String freeName(TargetFolders.Folder folder, Task task, String name) throws IOException {
        String whole = without(name, TargetNames.PARTIAL);
        String stem = without(whole, StreamFileNames.ENDING);
        String ending = name.substring(stem.length());
        String free = name;
        for (int count = 2; folder.has(free) || !free.equals(task.name()) && !claim(task, free); count++) {
            free = names.ending(names.with(stem, " (" + count + ")"), ending);
        }
        return free;
    }

    private static String without(String name, String ending) {
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }

    private boolean claim(Task task, String name) {
        synchronized (planned) {
            return planned.add(TargetNames.key(Results.in(task.parent(), name)));
        }
    }
}
