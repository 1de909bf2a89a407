package org.salvor.filesystem.ntfs;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** A stream read from front to back. */
final class SourceSubstream implements Substream {
    private final StreamType type;
    private final String name;
    private final ChunkSource source;
    private final boolean sparse;
    private long position;

    SourceSubstream(StreamType type, String name, ChunkSource source, boolean sparse) {
        this.type = type;
        this.name = name;
        this.source = source;
        this.sparse = sparse;
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
    public @Nullable Chunk next() throws RecoveryException {
        if (position >= source.size()) {
            return null;
        }
        Chunk chunk = source.at(position, ChunkSource.MAX_CHUNK);
        position += chunk.length();
        return chunk;
    }
}
