package org.salvor.recovery;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Substream;

/** The content of one file. Buffers are valid until the next read. */
public sealed interface Content extends AutoCloseable {
    @Override
    void close();

    /** Content that comes as substreams. */
    non-sealed interface Substreams extends Content {
        /** The next substream, or null; the one before is then no longer valid. */
        @Nullable
        Substream next() throws RecoveryException;

        /** The main stream at any position, or null where the source can only be read from front to back. */
        @Nullable
        RandomAccess main();
    }

    /** A main stream at any position; holes and losses read as zeros. */
    interface RandomAccess {
        long size();

        /** Fills {@code target} from {@code position}, less at the end; -1 at or past the end. */
        int read(long position, ByteBuffer target) throws RecoveryException;
    }

    /** A file that its source writes itself; it is hashed by reading it back. */
    non-sealed interface SelfWriting extends Content {
        void writeTo(Path temporary, JobMonitor monitor) throws RecoveryException;
    }
}
