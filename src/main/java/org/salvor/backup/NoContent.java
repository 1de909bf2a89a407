package org.salvor.backup;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.substream.Substream;

/** The content of an entry that has nothing of its own: a volume, a folder without streams, a folder whose block is lost. */
public final class NoContent implements BackupContent {
    @Override
    public @Nullable Substream next() {
        return null;
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    @Override
    public long mainSize() {
        return 0;
    }

    @Override
    public int readMain(long position, ByteBuffer target) {
        return -1;
    }

    @Override
    public void close() {}
}
