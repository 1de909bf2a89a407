package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/** A stream as its bytes lie on the media, from one of them on. What is on no medium here, and what cannot be read, is lost. */
final class ExtentSource implements ChunkSource {
    private final Media media;
    private final Extents extents;
    private final long from;
    private ByteBuffer own = ByteBuffer.allocate(0);

    ExtentSource(Media media, Extents extents, long from) {
        this.media = media;
        this.extents = extents;
        this.from = Math.min(from, extents.size());
    }

    @Override
    public long size() {
        return extents.size() - from;
    }

    @Override
    public Stretch stretch(long position) {
        return new Stretch(false, size() - position);
    }

    @Override
    public Chunk at(long position, int limit) {
        int wanted = (int) Math.min(Math.min(limit, MAX_CHUNK), size() - position);
        if (own.capacity() < wanted) {
            own = ByteBuffer.allocate(wanted);
        }
        return at(position, own.clear().limit(wanted));
    }

    @Override
    public Chunk at(long position, ByteBuffer space) {
        long offset = from + position;
        int piece = extents.find(offset);
        long left = extents.end(piece) - offset;
        if (extents.medium(piece) == Extents.MISSING) {
            return new Chunk.Lost(position, left, Messages.get("mtf.lost.missing"));
        }
        int length = (int) Math.min(Math.min(space.remaining(), MAX_CHUNK), left);
        BlockDevice device = media.get(extents.medium(piece)).device();
        return read(position, device, extents.position(piece, offset), space.limit(space.position() + length));
    }

    private static Chunk read(long position, BlockDevice device, long place, ByteBuffer space) {
        int start = space.position();
        int length = space.remaining();
        FirstBad bad = new FirstBad();
        device.readAround(place, space, bad);
        space.position(start);
        if (bad.start < 0) {
            return new Chunk.Bytes(position, space);
        }
        if (bad.start <= place) {
            long lost = Math.clamp(bad.end - place, 1, length);
            return new Chunk.Lost(position, lost, Messages.get("mtf.lost.unreadable"));
        }
        space.limit(start + (int) Math.min(length, bad.start - place));
        return new Chunk.Bytes(position, space);
    }

    private static final class FirstBad implements BlockDevice.BadRangeListener {
        private long start = -1;
        private long end = -1;

        @Override
        public void unreadable(long position, long length, SourceReadException cause) {
            if (start < 0 || position < start) {
                start = position;
                end = position + length;
            } else if (position == end) {
                end += length;
            }
        }
    }
}
