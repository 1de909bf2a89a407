package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.StreamFileNames;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/** What comes after the files: further names, folders with their streams and times. Links are made last of all. */
final class RestoreFinish {
    private final RecoverySession session;
    private final TargetFolders folders;
    private final RestoreTarget target;
    private final TargetNames names;
    private final Journal journal;
    private final String job;
    private final RestoreOptions options;
    private final HostFiles host;
    private final EncryptedFolders encrypted;

    RestoreFinish(
            RecoverySession session,
            TargetFolders folders,
            RestoreTarget target,
            TargetNames names,
            Journal journal,
            String job,
            RestoreOptions options,
            HostFiles host,
            EncryptedFolders encrypted) {
        this.session = session;
        this.folders = folders;
        this.target = target;
        this.names = names;
        this.journal = journal;
        this.job = job;
        this.options = options;
        this.host = host;
        this.encrypted = encrypted;
    }

    /** The file that lies there already, with its hash. */
    RestoredFile same(Task task) {
        try (TargetFolders.Folder folder = folders.open(task.parent());
                SeekableByteChannel channel = folder.read(task.name())) {
            return task.result(
                    Outcome.SKIPPED, task.target(), Hashes.of(channel, JobMonitor.SILENT), channel.size(), List.of());
        } catch (IOException | RecoveryException e) {
            return task.result(Outcome.FAILED, Messages.get("restore.not-taken", String.valueOf(e.getMessage())));
        }
    }

    void foldersAndLinks(
            List<Task> tasks,
            AtomicReferenceArray<@Nullable RestoredFile> results,
            AtomicReferenceArray<@Nullable String> security,
            BiConsumer<Integer, RestoredFile> done,
            TargetHealth health,
            JobMonitor monitor)
            throws IOException, RecoveryException {
        for (Task task : tasks) {
            if (task.action() == PlannedFile.Action.LINK && results.get(task.index()) == null) {
                monitor.checkpoint();
                RestoredFile result = one(task, health, () -> link(task, results.get(task.linkOf()), monitor));
                String descriptor = security.get(task.linkOf());
                security.set(task.index(), descriptor);
                journal.done(task.index(), result, descriptor == null ? Descriptors.NONE : descriptor);
                done.accept(task.index(), result);
            }
        }
        List<Task> deepestFirst = new ArrayList<>(tasks);
        deepestFirst.removeIf(task -> !task.folder());
        deepestFirst.sort(Comparator.comparingInt((Task task) -> depth(task.target()))
                .reversed()
                .thenComparing(Task::index));
        for (Task task : deepestFirst) {
            if (results.get(task.index()) == null) {
                monitor.checkpoint();
                RestoredFile result = one(task, health, () -> folder(task, security, monitor));
                String descriptor = security.get(task.index());
                journal.done(task.index(), result, descriptor == null ? Descriptors.NONE : descriptor);
                done.accept(task.index(), result);
            }
        }
        // Times come last: everything written into a folder changes them.
        for (Task task : deepestFirst) {
            RestoredFile result = results.get(task.index());
            if (result != null && result.outcome() == Outcome.RESTORED && !link(result)) {
                times(folders.root().resolve(task.target()), task.times());
            }
        }
    }

    /** What makes one of them. */
    @FunctionalInterface
    private interface Step {
        RestoredFile run() throws IOException, RecoveryException;
    }

    /** One that the target does not take, for example a path that is too long for it, does not keep the others back. */
    private static RestoredFile one(Task task, TargetHealth health, Step step) throws IOException, RecoveryException {
        try {
            return step.run();
        } catch (IOException e) {
            TargetException ends = health.failure(e, 0);
            if (ends != null) {
                throw ends;
            }
            return task.result(Outcome.FAILED, Messages.get("restore.not-taken", IoReasons.of(e)));
        }
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    private boolean link(RestoredFile folder) {
        return Files.isSymbolicLink(folders.root().resolve(folder.target()));
    }

    private RestoredFile link(Task task, @Nullable RestoredFile first, JobMonitor monitor)
            throws IOException, RecoveryException {
        if (first == null || first.target().isEmpty()) {
            return task.result(Outcome.FAILED, Messages.get("restore.no-first-name"));
        }
        boolean partial = first.target().endsWith(TargetNames.PARTIAL);
        boolean locked = task.rating() == RatingClass.LOCKED;
        boolean encrypted = first.outcome() == Outcome.KEPT_ENCRYPTED && !EncryptedReturn.isBack(first);
        String name = task.name();
        if (locked != encrypted) {
            name = names.landing(name, locked, encrypted, partial);
        } else if (partial && !name.endsWith(TargetNames.PARTIAL)) {
            name = names.ending(name, TargetNames.PARTIAL);
        }
        if (options.form() == RestoreOptions.Form.BACKUP_STREAMS && !encrypted) {
            String temporary = TargetNames.temporary(task.index(), job);
            try (TargetFolders.Folder folder = folders.open(task.parent())) {
                RestoredFile exported =
                        LinkStreams.export(task, first, folder, temporary, name, names, folders, monitor);
                times(folders.root().resolve(exported.target()), task.times());
                return exported;
            }
        }
        Path existing = folders.root().resolve(first.target());
        if (Files.isSymbolicLink(existing)) {
            // A relative link that stays inside from there may lead out from here.
            return task.result(Outcome.FAILED, Messages.get("restore.no-link", first.target()));
        }
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            if (folder.has(name) && !Files.isSameFile(folder.path(name), existing)) {
                for (int count = 2; folder.has(name); count++) {
                    name = names.with(task.name(), " (" + count + ")");
                }
            }
            if (!folder.has(name)) {
                Files.createLink(folder.path(name), existing);
            }
        } catch (UnsupportedOperationException | FileSystemException e) {
            return task.result(Outcome.FAILED, Messages.get("restore.no-link", first.target()));
        }
        return task.result(
                first.outcome(),
                Results.in(task.parent(), name),
                first.sha256(),
                first.size(),
                first.streams(),
                first.reasons().toArray(String[]::new));
    }

    private RestoredFile folder(Task task, AtomicReferenceArray<@Nullable String> security, JobMonitor monitor)
            throws IOException, RecoveryException {
        if (task.action() == PlannedFile.Action.IMPOSSIBLE || task.action() == PlannedFile.Action.SKIP) {
            return task.result(task.action() == PlannedFile.Action.SKIP ? Outcome.SKIPPED : Outcome.FAILED);
        }
        if (options.form() == RestoreOptions.Form.BACKUP_STREAMS) {
            return exported(task, monitor);
        }
        List<String> notes = new ArrayList<>();
        List<RestoredFile.RestoredStream> streams = new ArrayList<>();
        boolean wasEncrypted = false;
        try (TargetFolders.Folder self = folders.open(task.target());
                TargetFolders.Folder parent = folders.open(task.parent())) {
            String temporary = RestoreRun.sidecar(TargetNames.temporary(task.index(), job));
            Sidecar.delete(parent.path(temporary));
            WrittenStreams written;
            try (MemoryChannel none = new MemoryChannel(0)) {
                written = streams(task, self.path(), none, parent.path(temporary), notes, monitor);
            }
            if (written != null) {
                notes.addAll(written.notes());
                wasEncrypted = written.encrypted();
                security.set(task.index(), written.security());
                written.streams()
                        .forEach(stream -> streams.add(
                                new RestoredFile.RestoredStream(stream.name(), stream.size(), stream.sha256())));
                if (written.sidecar()) {
                    String last = names.ending(task.name(), TargetNames.SIDECAR);
                    Sidecar.delete(parent.path(last));
                    parent.rename(temporary, last);
                }
            }
        }
        if (wasEncrypted) {
            notes.add(encrypted.back(task, monitor));
        }
        return task.result(Outcome.RESTORED, task.target(), "", 0, streams, notes.toArray(String[]::new));
    }

    /** The streams of a folder go into a file in it whose name is nothing but the ending; without any, it is still the folder. */
    private RestoredFile exported(Task task, JobMonitor monitor) throws IOException, RecoveryException {
        List<String> notes = new ArrayList<>();
        String temporary = TargetNames.temporary(task.index(), job);
        try (TargetFolders.Folder self = folders.open(task.target())) {
            WrittenStreams written;
            try (SeekableByteChannel channel = self.create(temporary)) {
                written = streams(
                        task, self.path(temporary), channel, self.path(RestoreRun.sidecar(temporary)), notes, monitor);
            }
            if (written == null || written.size() == 0) {
                self.delete(temporary);
            } else {
                notes.addAll(written.notes());
                String partial = written.lost() > 0 ? StreamFileNames.PARTIAL : "";
                keep(self, temporary, StreamFileNames.ENDING + partial, notes);
            }
        }
        return task.result(Outcome.RESTORED, task.target(), "", 0, List.of(), notes.toArray(String[]::new));
    }

    /** Another export may have left the streams of a folder of the same name. */
    private void keep(TargetFolders.Folder self, String temporary, String name, List<String> notes) throws IOException {
        if (self.has(name) && options.onConflict() != RestoreOptions.OnConflict.REPLACE) {
            boolean same;
            try (SeekableByteChannel before = self.read(name);
                    SeekableByteChannel now = self.read(temporary)) {
                same = Hashes.of(before, JobMonitor.SILENT).equals(Hashes.of(now, JobMonitor.SILENT));
            } catch (CancelledException e) {
                throw new IllegalStateException("nobody can stop this", e);
            }
            self.delete(temporary);
            if (!same) {
                notes.add(Messages.get("export.folder-kept"));
            }
            return;
        }
        HostFiles.PLAIN.sync(folders.root(), List.of(self.path(temporary)));
        self.rename(temporary, name);
    }

    /** A folder has no content, but may have named streams and permissions; without them it is still the folder. */
    private @Nullable WrittenStreams streams(
            Task task, Path self, SeekableByteChannel channel, Path sidecar, List<String> notes, JobMonitor monitor)
            throws IOException, RecoveryException {
        try (Content content = session.content(new FileId(task.id()))) {
            return target.write(
                    new PreparedFile(
                            self,
                            channel,
                            sidecar,
                            task.sourceName(),
                            true,
                            0,
                            task.times(),
                            task.attributes(),
                            options.permissions(),
                            false),
                    content,
                    monitor);
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            notes.add(Messages.get("restore.streams-lost", String.valueOf(e.getMessage())));
            Sidecar.delete(sidecar);
            return null;
        }
    }

    void times(Path file, FileTimes times) throws IOException {
        Times.set(file, times, target.capabilities(), host);
    }
}
