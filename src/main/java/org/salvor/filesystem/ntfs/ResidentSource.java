package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/** A stream whose bytes are at hand: inside the record, or made from it. */
record ResidentSource(byte[] bytes) implements ChunkSource {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Chunk at(long position, int limit) {
        int length = (int) Math.min(limit, bytes.length - position);
        return new Chunk.Bytes(position, ByteBuffer.wrap(bytes, (int) position, length));
    }
}
