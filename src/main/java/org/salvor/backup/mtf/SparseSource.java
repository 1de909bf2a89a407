package org.salvor.backup.mtf;

import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/** A sparse stream: blocks of bytes with holes between them. */
final class SparseSource implements ChunkSource {
    private final SparseMap map;
    private final ExtentSource bytes;

    SparseSource(Media media, SparseMap map) {
        this.map = map;
        bytes = new ExtentSource(media, map.bytes(), 0);
    }

    @Override
    public long size() {
        return map.size();
    }

    @Override
    public Stretch stretch(long position) {
        int block = map.find(position);
        if (block == map.count()) {
            return new Stretch(true, map.size() - position);
        }
        long offset = map.offset(block);
        return position < offset ? new Stretch(true, offset - position) : new Stretch(false, map.end(block) - position);
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        int block = map.find(position);
        if (block == map.count()) {
            return new Chunk.Hole(position, map.size() - position);
        }
        if (position < map.offset(block)) {
            return new Chunk.Hole(position, map.offset(block) - position);
        }
        long left = map.end(block) - position;
        Chunk chunk = bytes.at(map.start(block, position), (int) Math.min(limit, left));
        return switch (chunk) {
            case Chunk.Bytes data -> new Chunk.Bytes(position, data.data());
            case Chunk.Hole hole -> new Chunk.Hole(position, Math.min(hole.length(), left));
            case Chunk.Lost lost -> new Chunk.Lost(position, Math.min(lost.length(), left), lost.reason());
        };
    }
}
