package org.salvor.backup;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Substream;

/** The content of one entry: its substreams in the order of the backup. Closeable; one substream at a time is valid. */
public interface BackupContent extends AutoCloseable {
    /** The next substream, or null. The one before is no longer valid. */
    @Nullable
    Substream next() throws RecoveryException;

    /** Whether {@link #readMain} works; compressed or variable streams are read from front to back only. */
    boolean randomAccess();

    /** Size of the main stream in bytes. */
    long mainSize();

    /** Fills {@code target} from byte {@code position} of the main stream, less at its end; -1 at or past the end. Holes and losses read as zeros. */
    int readMain(long position, ByteBuffer target) throws RecoveryException;

    @Override
    void close();
}
