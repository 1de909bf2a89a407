package org.salvor.backup;

import java.nio.file.Path;
import java.util.Optional;
import org.salvor.fault.RecoveryException;

/** Opens backups of one format. All openers are asked for every file or folder a person picks, so each must tell quickly. */
@FunctionalInterface
public interface BackupOpener {
    /**
     * The backup that the file or folder holds; empty if it is none of this format. Decided by content, for a foreign file by its
     * first bytes.
     *
     * @param path of a file or a folder; a backup in several files opens whichever of them is given
     * @throws RecoveryException it is of this format, and cannot be opened: the message says why
     */
    Optional<BackupArchive> open(Path path) throws RecoveryException;
}
