package org.salvor.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.salvor.fault.RecoveryException;

/**
 * The operating system's own way to put encrypted files back as they were and to save them, without a key, as an export; implemented in
 * windows. Nothing may hold the file or a folder above it open meanwhile.
 */
public interface EncryptedFiles {
    /** Whether the volume of a folder takes them; false also where that cannot be told. */
    boolean on(Path folder);

    /**
     * Makes a file that is not there.
     *
     * @param export read to its end, not closed
     * @param attributes of Windows, which the export does not carry
     * @throws IOException the system did not take it, or the export cannot be read; nothing of the file stays
     * @throws RecoveryException the job was cancelled; likewise
     */
    void put(Path file, InputStream export, int attributes, JobMonitor monitor) throws IOException, RecoveryException;

    /**
     * Makes a folder that is there encrypted, as the folder was that the export is of: whatever is made in it later is encrypted. What lies
     * in it stays as it is.
     *
     * @param export read to its end, not closed
     * @throws IOException the system did not take it, or the export cannot be read; the folder stays, encrypted or not
     * @throws RecoveryException the job was cancelled; likewise
     */
    void putFolder(Path folder, InputStream export, JobMonitor monitor) throws IOException, RecoveryException;

    /**
     * Saves a file as an export.
     *
     * @param to not closed; what it got before an exception is no export
     * @throws IOException the system did not give it, or {@code to} did not take it
     * @throws RecoveryException the job was cancelled
     */
    void save(Path file, OutputStream to, JobMonitor monitor) throws IOException, RecoveryException;

    /**
     * Windows' attributes of a file or folder, those of a link where it is one; 0 where the system has none.
     *
     * @throws IOException it is not there, or the system does not tell
     */
    default int attributes(Path file) throws IOException {
        return 0;
    }

    /** For systems that have none. */
    EncryptedFiles NONE = new EncryptedFiles() {
        @Override
        public boolean on(Path folder) {
            return false;
        }

        @Override
        public void put(Path file, InputStream export, int attributes, JobMonitor monitor) {
            throw new IllegalStateException("this system puts no encrypted files back");
        }

        @Override
        public void putFolder(Path folder, InputStream export, JobMonitor monitor) {
            throw new IllegalStateException("this system encrypts no folders");
        }

        @Override
        public void save(Path file, OutputStream to, JobMonitor monitor) {
            throw new IllegalStateException("this system saves no encrypted files");
        }
    };
}
