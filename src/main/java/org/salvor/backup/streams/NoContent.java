package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.substream.Substream;

/** Of a folder that has nothing of its own. */
final class NoContent implements BackupContent {
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
