package org.salvor.backup.streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupOpener;
import org.salvor.fault.RecoveryException;

/** Opens files that hold a sequence of backup streams, and folders of them. */
public final class BackupStreams implements BackupOpener {
    @Override
    public Optional<BackupArchive> open(Path path) throws RecoveryException {
        if (Files.isDirectory(path)) {
            return StreamFolder.open(path);
        }
        return Files.isRegularFile(path) && Files.isReadable(path) ? StreamFile.open(path) : Optional.empty();
    }
}
