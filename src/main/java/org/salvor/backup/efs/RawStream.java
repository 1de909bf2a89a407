package org.salvor.backup.efs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * The stored bytes of one stream of a raw export, at any position: between its segments lie holes. The places of the segments
 * are remembered, of a long stream only of every second, fourth... one, so that the memory for it stays small.
 */
final class RawStream implements ChunkSource {
    private static final int MAX_PLACES = 1 << 12;

    private final ChunkSource raw;
    private final boolean encrypted;
    private long[] places = new long[4];
    private long[] starts = new long[4];
    private int count;
    private long stride = 1;
    private long segments;
    private long end;
    private long valid;
    private boolean sparse;
    private @Nullable Segment current;

    RawStream(ChunkSource raw, boolean encrypted) {
        this.raw = raw;
        this.encrypted = encrypted;
    }

    /** Takes the next segment in; they come in the order of the stream. */
    void add(Segment segment) throws FormatException {
        if (segment.start() < (encrypted ? DecryptedSource.roundUp(end) : end)) {
            throw new FormatException(
                    "encryption header",
                    segment.position(),
                    "data from " + end + " on",
                    Long.toString(segment.start()));
        }
        if (segments % stride == 0) {
            if (count == MAX_PLACES) {
                thin();
            }
            if (segments % stride == 0) {
                if (count == places.length) {
                    places = Arrays.copyOf(places, 2 * count);
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                places[count] = segment.position();
                starts[count] = segment.start();
                count++;
            }
        }
        segments++;
        end = segment.end();
        valid = segment.inValid() > 0 ? segment.start() + segment.inValid() : valid;
        sparse |= segment.sparse();
    }

    private void thin() {
        for (int i = 0; i < MAX_PLACES / 2; i++) {
            places[i] = places[2 * i];
            starts[i] = starts[2 * i];
        }
        count = MAX_PLACES / 2;
        stride *= 2;
    }

    /** Of the stream, in bytes. */
    long contentSize() {
        return end;
    }

    /** From here on it reads as zeros. */
    long valid() {
        return valid;
    }

    boolean sparse() {
        return sparse;
    }

    /** Where data of the next segment begin if nothing else tells. */
    long end() {
        return end;
    }

    @Override
    public long size() {
        return encrypted ? DecryptedSource.roundUp(end) : end;
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        Segment segment = find(position);
        if (segment == null) {
            return new Chunk.Hole(position, (count == 0 ? size() : Math.min(size(), starts[0])) - position);
        }
        long segmentEnd = encrypted ? DecryptedSource.roundUp(segment.end()) : segment.end();
        if (position >= segmentEnd) {
            return new Chunk.Hole(position, nextStart(segment) - position);
        }
        if (segment.inValid() == 0 && encrypted) {
            return new Chunk.Hole(position, segmentEnd - position);
        }
        long in = position - segment.start();
        int[] blocks = segment.blocks();
        if (blocks == null) {
            long stored = segment.stored() - in;
            return stored <= 0
                    ? new Chunk.Lost(position, segmentEnd - position, Messages.get("efs.lost.cut"))
                    : stored(position, segment.data() + in, Math.min(segmentEnd - position, stored), limit);
        }
        return block(segment, blocks, position, segmentEnd, limit);
    }

    private Chunk block(Segment segment, int[] blocks, long position, long segmentEnd, int limit)
            throws RecoveryException {
        long in = position - segment.start();
        int index = (int) (in / segment.unit());
        long inBlock = in % segment.unit();
        long unitEnd = Math.min(segmentEnd, segment.start() + (index + 1L) * segment.unit());
        if (index >= blocks.length || blocks[index] == 0) {
            return new Chunk.Hole(position, (index >= blocks.length ? segmentEnd : unitEnd) - position);
        }
        if (inBlock >= blocks[index]) {
            return new Chunk.Lost(position, unitEnd - position, Messages.get("efs.lost.cut"));
        }
        long at = segment.data() + inBlock;
        for (int i = 0; i < index; i++) {
            at += blocks[i];
        }
        return stored(position, at, Math.min(unitEnd - position, blocks[index] - inBlock), limit);
    }

    private Chunk stored(long position, long place, long length, int limit) throws RecoveryException {
        if (place >= raw.size()) {
            return new Chunk.Lost(position, length, Messages.get("efs.lost.cut"));
        }
        return switch (raw.at(place, (int) Math.min(limit, length))) {
            case Chunk.Bytes bytes -> new Chunk.Bytes(position, bytes.data());
            case Chunk.Hole hole -> new Chunk.Hole(position, Math.min(length, hole.length()));
            case Chunk.Lost lost -> new Chunk.Lost(position, Math.min(length, lost.length()), lost.reason());
        };
    }

    /** The last segment that begins at the position or before it. */
    private @Nullable Segment find(long position) throws RecoveryException {
        if (count == 0 || position < starts[0]) {
            return null;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Segment at = current;
        if (at == null || at.position() < places[low] || at.start() > position) {
            at = read(places[low], starts[low]);
        }
        while (position >= at.end() && at.end() < end) {
            Segment next = read(at.next(), at.end());
            if (next.start() > position) {
                break;
            }
            at = next;
        }
        current = at;
        return at;
    }

    private long nextStart(Segment segment) throws RecoveryException {
        return segment.end() >= end
                ? size()
                : read(segment.next(), segment.end()).start();
    }

    private Segment read(long position, long plainStart) throws RecoveryException {
        return Segment.read(raw, position, RawExport.bytes(raw, position, 12), encrypted, plainStart);
    }
}
