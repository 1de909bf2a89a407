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
    private ByteBuffer buffer = ByteBuffer.allocate(0);

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
        long offset = from + position;
        int piece = extents.find(offset);
        long left = extents.end(piece) - offset;
        if (extents.medium(piece) == Extents.MISSING) {
            return new Chunk.Lost(position, left, Messages.get("mtf.lost.missing"));
        }
        int length = (int) Math.min(Math.min(limit, MAX_CHUNK), left);
        return read(position, media.get(extents.medium(piece)).device(), extents.position(piece, offset), length);
    }

    private Chunk read(long position, BlockDevice device, long place, int length) {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        buffer.clear().limit(length);
        FirstBad bad = new FirstBad();
        device.readAround(place, buffer, bad);
        buffer.flip();
        if (bad.start < 0) {
            return new Chunk.Bytes(position, buffer);
        }
        if (bad.start <= place) {
            long lost = Math.clamp(bad.end - place, 1, length);
            return new Chunk.Lost(position, lost, Messages.get("mtf.lost.unreadable"));
        }
        buffer.limit((int) Math.min(length, bad.start - place));
        return new Chunk.Bytes(position, buffer);
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
