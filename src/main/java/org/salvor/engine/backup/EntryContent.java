package org.salvor.engine.backup;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.substream.Substream;

/** The content of an entry of a backup. */
record EntryContent(BackupContent content) implements Content.Substreams, Content.RandomAccess {
    @Override
    public @Nullable Substream next() throws RecoveryException {
        return content.next();
    }

    @Override
    public Content.@Nullable RandomAccess main() {
        return content.randomAccess() ? this : null;
    }

    @Override
    public long size() {
        return content.mainSize();
    }

    @Override
    public int read(long position, ByteBuffer target) throws RecoveryException {
        return content.readMain(position, target);
    }

    @Override
    public void close() {
        content.close();
    }
}
