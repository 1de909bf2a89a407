package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** A content that is one export: one stream, of the type {@link StreamType#ENCRYPTED_RAW}. Whoever has a key decrypts it. */
final class WholeExport implements BackupContent {
    private final ChunkSource source;
    private final Runnable onClose;
    private boolean given;

    WholeExport(ChunkSource source, Runnable onClose) {
        this.source = source;
        this.onClose = onClose;
    }

    @Override
    public @Nullable Substream next() {
        if (given) {
            return null;
        }
        given = true;
        return new SourceSubstream(StreamType.ENCRYPTED_RAW, "", source, false);
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    @Override
    public long mainSize() {
        return source.size();
    }

    @Override
    public int readMain(long position, ByteBuffer target) throws RecoveryException {
        if (position < 0 || position >= source.size()) {
            return -1;
        }
        int start = target.position();
        source.fill(position, target);
        return target.position() - start;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
