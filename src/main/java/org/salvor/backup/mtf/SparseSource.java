package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
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
    public Chunk at(long position, int limit) {
        Chunk hole = hole(position);
        if (hole != null) {
            return hole;
        }
        int block = map.find(position);
        long left = map.end(block) - position;
        return moved(bytes.at(map.start(block, position), (int) Math.min(limit, left)), position, left);
    }

    @Override
    public Chunk at(long position, ByteBuffer space) {
        Chunk hole = hole(position);
        if (hole != null) {
            return hole;
        }
        int block = map.find(position);
        long left = map.end(block) - position;
        if (left < space.remaining()) {
            space.limit(space.position() + (int) left);
        }
        return moved(bytes.at(map.start(block, position), space), position, left);
    }

    private @Nullable Chunk hole(long position) {
        Stretch stretch = stretch(position);
        return stretch.hole() ? new Chunk.Hole(position, stretch.length()) : null;
    }

    private static Chunk moved(Chunk chunk, long position, long left) {
        return switch (chunk) {
            case Chunk.Bytes data -> new Chunk.Bytes(position, data.data());
            case Chunk.Hole hole -> new Chunk.Hole(position, Math.min(hole.length(), left));
            case Chunk.Lost lost -> new Chunk.Lost(position, Math.min(lost.length(), left), lost.reason());
        };
    }
}
