package org.salvor.substream;

import java.nio.ByteBuffer;

/** A stream whose bytes are at hand. @param bytes not to be changed while the stream is read */
public record BytesSource(byte[] bytes) implements ChunkSource {
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
