package org.salvor.substream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** A stream of a sequence, read from front to back. What lies between its stored ranges are holes. */
final class WireSubstream implements Substream {
    private static final int MAX_CHUNK = 1 << 20;

    private final WireInput input;
    private final WirePart part;
    private final WireExtents extents;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long position;

    /** End of the present range in the stream. */
    private long end;

    /** The range of the input that was found unreadable last. */
    private long badStart = -1;

    private long badEnd = -1;

    WireSubstream(WireInput input, WirePart part) {
        this.input = input;
        this.part = part;
        extents = new WireExtents(input, part);
    }

    @Override
    public StreamType type() {
        return part.type();
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public long size() {
        return part.size();
    }

    @Override
    public boolean sparse() {
        return part.sparse();
    }

    @Override
    public @Nullable Chunk next() throws RecoveryException {
        return next(null, MAX_CHUNK);
    }

    @Override
    public @Nullable Chunk next(ByteBuffer space) throws RecoveryException {
        return next(space, space.remaining());
    }

    /** @param space for the bytes; null where this has to find some */
    private @Nullable Chunk next(@Nullable ByteBuffer space, int most) throws RecoveryException {
        if (position >= part.size()) {
            return null;
        }
        if (position == end) {
            boolean more = extents.next();
            end = more ? extents.offset() + extents.length() : part.size();
            long hole = (more ? extents.offset() : part.size()) - position;
            if (hole > 0) {
                position += hole;
                return new Chunk.Hole(position - hole, hole);
            }
        }
        Chunk chunk = stored(space, most);
        position += chunk.length();
        return chunk;
    }

    private Chunk stored(@Nullable ByteBuffer space, int most) throws RecoveryException {
        long place = extents.place() + position - extents.offset();
        long readable = input.size() - place;
        if (readable <= 0) {
            return new Chunk.Lost(position, end - position, Messages.get("backup.lost.cut"));
        }
        int length = (int) Math.min(most, Math.min(end - position, readable));
        if (place >= badStart && place < badEnd) {
            return unreadable(Math.min(length, badEnd - place));
        }
        ByteBuffer bytes = space == null ? own(length) : space;
        int start = bytes.position();
        badStart = -1;
        badEnd = -1;
        input.read(place, bytes.limit(start + length), this::bad);
        bytes.position(start);
        if (badStart < 0) {
            return new Chunk.Bytes(position, bytes);
        }
        if (badStart <= place) {
            return unreadable(Math.clamp(badEnd - place, 1, length));
        }
        return new Chunk.Bytes(position, bytes.limit(start + (int) (badStart - place)));
    }

    private ByteBuffer own(int length) {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        return buffer.clear();
    }

    private void bad(long from, long bytes) {
        if (badStart < 0) {
            badStart = from;
            badEnd = from + bytes;
        } else if (from == badEnd) {
            badEnd += bytes;
        }
    }

    private Chunk unreadable(long length) {
        return new Chunk.Lost(position, length, Messages.get("backup.lost.unreadable"));
    }
}
