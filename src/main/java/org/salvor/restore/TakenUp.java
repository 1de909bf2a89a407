package org.salvor.restore;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;

/** What an earlier run of a job has left, as its journal tells it and as it lies there: a resumed run goes on behind that. */
final class TakenUp {
    private TakenUp() {}

    /** Tells the run what of its tasks is done, or is whole and only has to get its name. */
    static void all(RestoreRun run, TargetFolders folders, JournalReader reader, JobMonitor monitor)
            throws IOException, RecoveryException {
        for (Task task : reader.tasks()) {
            RestoredFile done = reader.done().get(task.index());
            Journal.Written written = reader.written().get(task.index());
            if (written != null && EncryptedReturn.isBack(written.result())) {
                run.putBack(written);
            }
            if (done != null && there(folders, task, done)) {
                run.already(task.index(), done, reader.security(task.index()));
            } else if (written != null) {
                takeUp(run, folders, task, written, monitor);
            }
        }
    }

    private static boolean there(TargetFolders folders, Task task, RestoredFile done)
            throws IOException, RecoveryException {
        if (done.target().isEmpty() || task.folder()) {
            return !task.folder();
        }
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            BasicFileAttributes attributes = folder.attributes(name(done.target()));
            return attributes != null
                    && (attributes.isRegularFile() && attributes.size() == done.size()
                            || attributes.isSymbolicLink() && done.sha256().isEmpty());
        }
    }

    /** A file that was whole under its temporary name, or was renamed but not yet entered as done. Its hash decides. */
    private static void takeUp(
            RestoreRun run, TargetFolders folders, Task task, Journal.Written written, JobMonitor monitor)
            throws IOException, RecoveryException {
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            if (EncryptedReturn.isBack(written.result())) {
                if (EncryptedReturn.isThere(folder, written)) {
                    run.already(task.index(), written.result(), written.security());
                }
                return;
            }
            if (folder.sha256(written.temporary(), monitor)
                    .equals(written.result().sha256())) {
                run.ready(written, task);
            } else if (!folder.has(written.temporary())
                    && folder.sha256(written.name(), monitor)
                            .equals(written.result().sha256())) {
                run.already(task.index(), written.result(), written.security());
            }
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
