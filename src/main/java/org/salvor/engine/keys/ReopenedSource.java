package org.salvor.engine.keys;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * The export in a content, at any position. Where the content can only be read from front to back, going back means opening it
 * again; readers of exports go forward once to look and once to read.
 */
final class ReopenedSource implements ChunkSource, AutoCloseable {
    private final DecryptedContent.Opener opener;
    private final long size;
    private Content.@Nullable Substreams content;
    private @Nullable Substream stream;
    private @Nullable Chunk current;
    private final byte[] piece = new byte[64 << 10];

    private ReopenedSource(DecryptedContent.Opener opener, Content.Substreams content, Substream stream) {
        this.opener = opener;
        this.content = content;
        this.stream = stream;
        this.size = stream.size();
    }

    /** Null where the content has no export. */
    static @Nullable ReopenedSource of(DecryptedContent.Opener opener) throws RecoveryException {
        Content.Substreams content = opener.open();
        Substream stream = export(content);
        if (stream == null) {
            content.close();
            return null;
        }
        return new ReopenedSource(opener, content, stream);
    }

    private static @Nullable Substream export(Content.Substreams content) throws RecoveryException {
        for (Substream each = content.next(); each != null; each = content.next()) {
            if (each.type() == StreamType.ENCRYPTED_RAW) {
                return each;
            }
        }
        return null;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        Content.RandomAccess main = content == null ? null : content.main();
        if (main != null && main.size() == size) {
            ByteBuffer target = ByteBuffer.wrap(piece, 0, Math.min(limit, piece.length));
            int read = main.read(position, target);
            if (read > 0) {
                return new Chunk.Bytes(position, ByteBuffer.wrap(piece, 0, read).slice());
            }
        }
        return onward(position, limit);
    }

    private Chunk onward(long position, int limit) throws RecoveryException {
        Chunk chunk = current;
        if (stream == null || chunk != null && position < chunk.offset()) {
            close();
            content = opener.open();
            stream = export(content);
            chunk = null;
        }
        while (stream != null && (chunk == null || position >= chunk.offset() + chunk.length())) {
            chunk = stream.next();
            if (chunk == null) {
                stream = null;
            }
        }
        current = chunk;
        long in = chunk == null ? 0 : position - chunk.offset();
        return switch (chunk) {
            case null -> new Chunk.Lost(position, size - position, Messages.get("efs.lost.cut"));
            case Chunk.Hole hole -> new Chunk.Hole(position, hole.length() - in);
            case Chunk.Lost lost -> new Chunk.Lost(position, lost.length() - in, lost.reason());
            case Chunk.Bytes bytes -> {
                int from = Math.toIntExact(bytes.data().position() + in);
                int length = (int) Math.min(limit, bytes.length() - in);
                yield new Chunk.Bytes(position, bytes.data().slice(from, length));
            }
        };
    }

    @Override
    public void close() {
        if (content != null) {
            content.close();
            content = null;
            stream = null;
            current = null;
        }
    }
}
