package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.recovery.Content;
import org.salvor.substream.Substream;

/** The content of a file of a volume. */
record VolumeContent(FileContent content) implements Content.Substreams, Content.RandomAccess {
    @Override
    public @Nullable Substream next() throws RecoveryException {
        return content.next();
    }

    @Override
    public Content.RandomAccess main() {
        return this;
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
