package org.salvor.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * Exports of encrypted files become encrypted files again where the system can do that. It opens such a file only while nothing holds it
 * or a folder above it, so this comes when all files are in their places and every handle of the restore has been let go.
 *
 * <p>The export stays until the file has its name. The order is: put back under the temporary name, entered in the journal as written,
 * renamed, the export removed, entered as done. Whatever a kill interrupts, either the export or the file is there under its name, and
 * a resume can tell which of the two it is to go on with.
 */
final class EncryptedReturn {
    /** Sets the times of a file. */
    @FunctionalInterface
    interface Clock {
        void set(Path file, FileTimes times) throws IOException;
    }

    private final EncryptedFiles system;
    private final TargetFolders folders;
    private final TargetNames names;
    private final Journal journal;
    private final String job;
    private final boolean verify;
    private final Clock clock;
    private final Batch batch;

    /** What an earlier run of the job had put back and entered as written. */
    private final Map<Integer, Journal.Written> begun = new HashMap<>();

    EncryptedReturn(
            EncryptedFiles system,
            TargetFolders folders,
            TargetNames names,
            Journal journal,
            String job,
            boolean verify,
            Clock clock,
            Batch batch) {
        this.system = system;
        this.folders = folders;
        this.names = names;
        this.journal = journal;
        this.job = job;
        this.verify = verify;
        this.clock = clock;
        this.batch = batch;
    }

    /** Whether a line of the report tells of a file that was put back, and not of its export. */
    static boolean isBack(RestoredFile file) {
        return file.outcome() == Outcome.KEPT_ENCRYPTED
                && !file.target().isEmpty()
                && file.sha256().isEmpty();
    }

    /** Whether a file is there as the journal says that it was put back: under its name, and not under the temporary one. */
    static boolean isThere(TargetFolders.Folder folder, Journal.Written written) throws IOException {
        BasicFileAttributes attributes = folder.attributes(written.name());
        return isBack(written.result())
                && attributes != null
                && attributes.isRegularFile()
                && attributes.size() == written.result().size()
                && !folder.has(written.temporary());
    }

    void begun(Journal.Written written) {
        begun.put(written.index(), written);
    }

    /** One file that cannot be put back stays an export, and the others go on. */
    void all(
            List<Task> tasks,
            AtomicReferenceArray<@Nullable RestoredFile> results,
            AtomicReferenceArray<@Nullable String> security,
            JobMonitor monitor)
            throws IOException, RecoveryException {
        if (system == EncryptedFiles.NONE) {
            return;
        }
        for (Task task : tasks) {
            RestoredFile export = results.get(task.index());
            boolean own = task.action() == PlannedFile.Action.WRITE || task.action() == PlannedFile.Action.REPLACE;
            if (export == null || !own || task.folder() || !isExport(export)) {
                continue;
            }
            monitor.checkpoint();
            String descriptor = security.get(task.index());
            results.set(task.index(), one(task, export, descriptor == null ? Descriptors.NONE : descriptor, monitor));
        }
    }

    private static boolean isExport(RestoredFile file) {
        return file.outcome() == Outcome.KEPT_ENCRYPTED && file.target().endsWith(TargetNames.EXPORT);
    }

    private RestoredFile one(Task task, RestoredFile export, String security, JobMonitor monitor)
            throws IOException, RecoveryException {
        String exportName = export.target().substring(export.target().lastIndexOf('/') + 1);
        Journal.Written written = begun.get(task.index());
        String temporary = TargetNames.temporary(task.index(), job);
        String name;
        boolean sidecar;
        Path parent;
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            if (written != null && isThere(folder, written)) {
                return finished(folder, exportName, written);
            }
            parent = folder.path();
            folder.delete(temporary);
            name = batch.freeName(
                    folder, task, exportName.substring(0, exportName.length() - TargetNames.EXPORT.length()));
            sidecar = folder.has(names.ending(exportName, TargetNames.SIDECAR));
        }
        folders.release();
        Path file = parent.resolve(temporary);
        try {
            put(parent.resolve(exportName), file, task, export, monitor);
            clock.set(file, task.times());
        } catch (IOException e) {
            remove(task, temporary);
            return kept(task, export, security, why(e));
        } catch (RecoveryException e) {
            remove(task, temporary);
            throw e;
        }
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            RestoredFile back = back(task, export, Results.in(task.parent(), name), Files.size(file));
            written = new Journal.Written(task.index(), temporary, name, sidecar, security, back);
            journal.written(written);
            folder.rename(temporary, name);
            return finished(folder, exportName, written);
        }
    }

    private void put(Path export, Path file, Task task, RestoredFile told, JobMonitor monitor)
            throws IOException, RecoveryException {
        realFolders(folders.root(), file.resolveSibling(""));
        try (InputStream in = Files.newInputStream(export, LinkOption.NOFOLLOW_LINKS)) {
            system.put(file, in, task.attributes(), monitor);
        }
        if (!verify) {
            return;
        }
        try (DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Hashes.sha256())) {
            system.save(file, digest, monitor);
            if (!Hashes.hex(digest.getMessageDigest().digest()).equals(told.sha256())) {
                throw new IOException(Messages.get("restore.encrypted-differs"));
            }
        }
    }

    /** While no handle holds the folders, each on the way is looked at: none may be a link. */
    static void realFolders(Path root, Path folder) throws IOException {
        Path at = root;
        for (Path part : root.relativize(folder)) {
            at = at.resolve(part);
            if (!part.toString().isEmpty() && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(Messages.get("restore.moved-away", at));
            }
        }
    }

    static String why(IOException e) {
        return e.getMessage() == null ? IoReasons.of(e) : e.getMessage();
    }

    private void remove(Task task, String temporary) throws IOException, RecoveryException {
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            folder.delete(temporary);
        }
    }

    private RestoredFile kept(Task task, RestoredFile export, String security, String why) throws IOException {
        String reason = Messages.get("restore.encrypted-not-back", why);
        if (export.reasons().contains(reason)) {
            return export;
        }
        RestoredFile result = Results.renamed(export, export.target(), reason);
        journal.done(task.index(), result, security);
        return result;
    }

    /** It has its name: what belongs to it follows, and the export is no longer needed. */
    private RestoredFile finished(TargetFolders.Folder folder, String exportName, Journal.Written written)
            throws IOException {
        String aside = names.ending(exportName, TargetNames.SIDECAR);
        if (folder.has(aside)) {
            String last = names.ending(written.name(), TargetNames.SIDECAR);
            Sidecar.delete(folder.path(last));
            folder.rename(aside, last);
        }
        folder.delete(exportName);
        journal.done(List.of(new Journal.Done(written.index(), written.result(), written.security())), one -> false);
        return written.result();
    }

    /** Its bytes cannot be read without its key, so there is no hash of them. */
    private static RestoredFile back(Task task, RestoredFile export, String target, long size) {
        String before = Messages.get("restore.kept-encrypted");
        List<String> reasons = export.reasons().stream()
                .filter(reason -> !reason.equals(before))
                .toList();
        RestoredFile result = new RestoredFile(
                export.id(),
                export.path(),
                target,
                false,
                size,
                Outcome.KEPT_ENCRYPTED,
                export.rating(),
                export.intactPercent(),
                "",
                List.of(),
                reasons);
        return Results.renamed(result, target, Messages.get("restore.encrypted-again"));
    }
}
