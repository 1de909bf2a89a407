package org.salvor.substream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** A stream at any position, read from front to back. */
public final class SourceSubstream implements Substream {
    private final StreamType type;
    private final String name;
    private final ChunkSource source;
    private final boolean sparse;
    private final boolean holes;
    private long position;

    public SourceSubstream(StreamType type, String name, ChunkSource source, boolean sparse) {
        this(type, name, source, sparse, sparse || source.holes());
    }

    /** @param holes see {@link #holes} */
    public SourceSubstream(StreamType type, String name, ChunkSource source, boolean sparse, boolean holes) {
        this.type = type;
        this.name = name;
        this.source = source;
        this.sparse = sparse;
        this.holes = holes;
    }

    @Override
    public StreamType type() {
        return type;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public boolean sparse() {
        return sparse;
    }

    @Override
    public boolean holes() {
        return holes;
    }

    @Override
    public @Nullable Chunk next() throws RecoveryException {
        if (position >= source.size()) {
            return null;
        }
        return passed(source.at(position, ChunkSource.MAX_CHUNK));
    }

    @Override
    public @Nullable Chunk next(ByteBuffer space) throws RecoveryException {
        if (position >= source.size()) {
            return null;
        }
        return passed(source.at(position, space));
    }

    private Chunk passed(Chunk chunk) {
        position += chunk.length();
        return chunk;
    }
}
