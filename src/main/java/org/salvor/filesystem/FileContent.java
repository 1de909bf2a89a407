package org.salvor.filesystem;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Substream;

/** The content of one file: its substreams in the order of a BackupRead stream. Closeable; one at a time is valid. */
public interface FileContent extends AutoCloseable {
    /** The next substream, or null. The one before is no longer valid. */
    @Nullable
    Substream next() throws RecoveryException;

    /**
     * Fills {@code target} from byte {@code position} of the main stream, less at its end; -1 at or past the end. Holes and
     * losses read as zeros. For preview and checks.
     *
     * @throws org.salvor.fault.KeyRequiredException it is encrypted, and no key opens it
     */
    int readMain(long position, ByteBuffer target) throws RecoveryException;

    /** Whether its data are encrypted on the volume, whether or not a key opens them. */
    default boolean encrypted() {
        return false;
    }

    /** Of an encrypted file what tells who can open it, not a copy; null where it is gone. */
    default byte @Nullable [] keyRecord() {
        return null;
    }

    /** Size of the main stream in bytes. */
    long mainSize();

    @Override
    void close();
}
