package org.salvor.backup.efs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupOpener;
import org.salvor.fault.RecoveryException;

/**
 * Opens an encrypted file of this computer by its attributes, as a backup of that one file. To be asked before all others: without its
 * key nobody can read its content, and an opener that tries gets an error.
 */
public final class LiveOpener implements BackupOpener {
    private static final int DIRECTORY = 0x10;
    private static final int REPARSE = 0x400;
    private static final int ENCRYPTED = 0x4000;

    /** How the system tells Windows' attributes of a file. */
    @FunctionalInterface
    public interface Attributes {
        int of(Path file) throws IOException;
    }

    /** How the system saves an encrypted file as a raw export, from front to back; it returns or throws when it has let go of the file. */
    @FunctionalInterface
    public interface Saving {
        /** @throws IOException the system did not give it, in words for a person; or {@code to} did not take it */
        void save(Path file, OutputStream to) throws IOException, RecoveryException;
    }

    private final Attributes attributes;
    private final Saving saving;

    public LiveOpener(Attributes attributes, Saving saving) {
        this.attributes = attributes;
        this.saving = saving;
    }

    @Override
    public Optional<BackupArchive> open(Path path) throws RecoveryException {
        int told;
        try {
            told = attributes.of(path);
        } catch (IOException e) {
            return Optional.empty(); // what cannot be looked at is for those to explain who read it
        }
        boolean encrypted = (told & (ENCRYPTED | DIRECTORY | REPARSE)) == ENCRYPTED;
        return encrypted ? Optional.of(LiveArchive.of(path, told, saving)) : Optional.empty();
    }
}
