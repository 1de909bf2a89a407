package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/**
 * Makes the links that {@link Links} has decided on: as their own reparse data with all that belongs to them where the target takes
 * these, else as symbolic links of the system.
 */
final class LinkMaker {
    private final RecoverySession session;
    private final RestoreTarget target;
    private final TargetNames names;
    private final HostFiles host;
    private final TargetHealth health;
    private final String job;
    private final boolean permissions;

    LinkMaker(
            RecoverySession session,
            RestoreTarget target,
            TargetNames names,
            HostFiles host,
            TargetHealth health,
            String job,
            boolean permissions) {
        this.session = session;
        this.target = target;
        this.names = names;
        this.host = host;
        this.health = health;
        this.job = job;
        this.permissions = permissions;
    }

    /** Null if the target has none, or has something else under that name. */
    @Nullable
    RestoredFile make(Task task, Links.Link link, TargetFolders.Folder folder, JobMonitor monitor)
            throws IOException, RecoveryException {
        Path path = folder.path(task.name());
        List<String> notes = new ArrayList<>();
        if (folder.has(task.name())) {
            // An earlier run of the job may have made it; what else lies there is not ours.
            if (!link.content().equals(Links.held(path, host))) {
                return null;
            }
        } else if (!target.links() || !link.asItIs() || !asReparseData(task, folder, notes, monitor)) {
            if (!Links.make(path, link.content())) {
                return null;
            }
        }
        Times.set(path, task.times(), target.capabilities(), host);
        notes.addFirst(Messages.get("restore.link-made", link.content()));
        return task.result(Outcome.RESTORED, task.target(), "", 0, List.of(), notes.toArray(String[]::new));
    }

    /** False where the target does not take them: then nothing is left of it. */
    private boolean asReparseData(Task task, TargetFolders.Folder folder, List<String> notes, JobMonitor monitor)
            throws IOException, RecoveryException {
        String temporary = TargetNames.temporary(task.index(), job);
        try {
            return asReparseData(task, folder, temporary, notes, monitor);
        } catch (CancelledException | TargetException e) {
            throw e;
        } catch (IOException | RecoveryException e) {
            TargetException ends = e instanceof IOException target ? health.failure(target, 0) : null;
            if (ends != null) {
                throw ends;
            }
            remove(folder, temporary);
            return false;
        }
    }

    private static void remove(TargetFolders.Folder folder, String temporary) throws IOException {
        Files.deleteIfExists(folder.path(temporary));
        Sidecar.delete(folder.path(RestoreRun.sidecar(temporary)));
    }

    private boolean asReparseData(
            Task task, TargetFolders.Folder folder, String temporary, List<String> notes, JobMonitor monitor)
            throws IOException, RecoveryException {
        Path path = folder.path(temporary);
        Path sidecar = folder.path(RestoreRun.sidecar(temporary));
        remove(folder, temporary);
        if (task.folder()) {
            Files.createDirectory(path);
        } else {
            try (SeekableByteChannel empty = folder.create(temporary)) {
                assert empty.isOpen();
            }
        }
        WrittenStreams written;
        try (MemoryChannel none = new MemoryChannel(0);
                Content content = session.content(new FileId(task.id()))) {
            written = target.write(
                    new PreparedFile(
                            path,
                            none,
                            sidecar,
                            task.sourceName(),
                            task.folder(),
                            0,
                            task.times(),
                            task.attributes(),
                            permissions,
                            true),
                    content,
                    monitor);
        }
        if (Links.held(path, host) == null) {
            remove(folder, temporary);
            return false;
        }
        if (written.sidecar()) {
            String last = names.ending(task.name(), TargetNames.SIDECAR);
            Sidecar.delete(folder.path(last));
            folder.rename(RestoreRun.sidecar(temporary), last);
        }
        notes.addAll(written.notes());
        folder.rename(temporary, task.name());
        return true;
    }
}
