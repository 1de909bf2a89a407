package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/**
 * A raw export made of a key record and the stored streams of a file, laid out as Windows does it. Nothing is decrypted; what is
 * lost of the streams is lost in the export, at its place.
 */
public final class RawExportSource implements ChunkSource {
    private static final int MAX_SPARSE_UNIT = 64 << 10;
    private static final int CLUSTERS_A_SPARSE_UNIT = 16;

    /** No file of any file system is larger. */
    private static final long MAX_STREAM = 1L << 60;

    /** A piece of the export; {@code position} is where it begins. */
    private sealed interface Part {
        long position();
    }

    /** The header of the file or of a stream. */
    private record Header(long position, byte[] bytes) implements Part {}

    /** Segments of a stream for its bytes from {@code start} to {@code end}, one for each {@code unit} of them. */
    private record Segments(long position, StoredStream stream, long start, long end, int unit) implements Part {
        int header() {
            return stream.encrypted() ? RawLayout.DATA_OFFSET : RawLayout.SEGMENT_HEADER;
        }

        long length() {
            return end - start + Math.ceilDiv(end - start, (long) unit) * header();
        }
    }

    private final int clusterSize;
    private final List<Part> parts = new ArrayList<>();
    private long size;

    /**
     * @param metadata the key record ($EFS)
     * @param streams the main one first
     * @param clusterSize of the volume, in bytes
     */
    public RawExportSource(byte[] metadata, List<StoredStream> streams, int clusterSize) throws RecoveryException {
        this.clusterSize = clusterSize;
        header(RawLayout.start(metadata));
        for (StoredStream stream : streams) {
            if (stream.size() < 0 || stream.size() > MAX_STREAM) {
                throw new FormatException(
                        "encrypted stream", -1, "a size of 0 to " + MAX_STREAM, Long.toString(stream.size()));
            }
            header(RawLayout.stream(stream.name(), stream.encrypted()));
            long end = stream.encrypted() ? DecryptedSource.roundUp(stream.size()) : stream.size();
            if (stream.encrypted() && stream.sparse()) {
                sparse(stream, end);
            } else {
                segments(stream, 0, end, RawLayout.MAX_DATA);
            }
        }
    }

    private void header(byte[] bytes) {
        parts.add(new Header(size, bytes));
        size += bytes.length;
    }

    private void segments(StoredStream stream, long start, long end, int unit) {
        if (end > start) {
            Segments segments = new Segments(size, stream, start, end, unit);
            parts.add(segments);
            size += segments.length();
        }
    }

    /**
     * A unit that is a hole is left out. The last one never is: without it the export would not tell how long the stream is, and
     * its bytes read as zeros because they lie past the valid data.
     */
    private void sparse(StoredStream stream, long end) throws RecoveryException {
        int unit = sparseUnit(stream, end);
        long from = 0;
        long to = 0;
        for (long at = 0; at < end; ) {
            Stretch stretch = stretch(stream, at, end);
            long next = Math.min(end, at + stretch.length());
            boolean last = next == end;
            if (!stretch.hole() || last) {
                long first = (stretch.hole() ? end - 1 : at) / unit * unit;
                if (first > to) {
                    segments(stream, from, to, unit);
                    from = first;
                }
                to = Math.ceilDiv(next, (long) unit) * unit;
            }
            at = next;
        }
        segments(stream, from, Math.min(to, end), unit);
    }

    /** That of Windows, unless the holes do not fit it; Windows does not make such files, and would not take their exports. */
    private int sparseUnit(StoredStream stream, long end) throws RecoveryException {
        int unit = (int) Math.min(MAX_SPARSE_UNIT, (long) CLUSTERS_A_SPARSE_UNIT * clusterSize);
        for (long at = 0; at < end; ) {
            Stretch stretch = stretch(stream, at, end);
            long next = Math.min(end, at + stretch.length());
            if (stretch.hole() && (at % unit != 0 || next % unit != 0 && next != end)) {
                return Math.min(clusterSize, unit);
            }
            at = next;
        }
        return unit;
    }

    /** Neighbours of the same kind count as one. */
    private static Stretch stretch(StoredStream stream, long from, long end) throws RecoveryException {
        boolean hole = kind(stream, from, end).hole();
        long at = from;
        while (at < end) {
            Stretch next = kind(stream, at, end);
            if (next.hole() != hole) {
                break;
            }
            at = Math.min(end, at + next.length());
        }
        return new Stretch(hole, at - from);
    }

    private static Stretch kind(StoredStream stream, long at, long end) throws RecoveryException {
        return at < stream.bytes().size() ? stream.bytes().stretch(at) : new Stretch(true, end - at);
    }

    @Override
    public long size() {
        return size;
    }

    private Part find(long position) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).position() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts.get(low);
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        return switch (find(position)) {
            case Header header -> piece(position, header.bytes, (int) (position - header.position), limit);
            case Segments segments -> segment(position, segments, limit);
        };
    }

    private static Chunk piece(long position, byte[] bytes, int from, int limit) {
        int length = Math.min(limit, bytes.length - from);
        return new Chunk.Bytes(position, ByteBuffer.wrap(bytes, from, length).slice());
    }

    private Chunk segment(long position, Segments part, int limit) throws RecoveryException {
        StoredStream stream = part.stream;
        long whole = (long) part.unit + part.header();
        long start = part.start + (position - part.position) / whole * part.unit;
        int length = (int) Math.min(part.unit, part.end - start);
        int at = (int) ((position - part.position) % whole);
        if (at < part.header()) {
            return piece(position, header(stream, start, length, part.unit), at, limit);
        }
        at -= part.header();
        return moved(stream.bytes(), start + at, Math.min(limit, length - at), length - at, position);
    }

    private byte[] header(StoredStream stream, long start, int length, int unit) throws RecoveryException {
        if (!stream.encrypted()) {
            return RawLayout.plainSegment(length);
        }
        int inSize = (int) Math.clamp(stream.size() - start, 0, length);
        boolean hole = stream.sparse() && stretch(stream, start, start + length).hole();
        int inValid = hole ? 0 : (int) Math.clamp(stream.valid() - start, 0, inSize);
        return RawLayout.encryptedSegment(
                start, length, inSize, inValid, stream.sparse() ? unit : length, clusterSize, stream.sparse());
    }

    /** What is stored at {@code from}, told as being at {@code position}; holes and losses not beyond {@code rest}. */
    private static Chunk moved(ChunkSource source, long from, int limit, int rest, long position)
            throws RecoveryException {
        if (from >= source.size()) {
            return new Chunk.Hole(position, rest);
        }
        return switch (source.at(from, limit)) {
            case Chunk.Bytes bytes -> new Chunk.Bytes(position, bytes.data());
            case Chunk.Hole hole -> new Chunk.Hole(position, Math.min(rest, hole.length()));
            case Chunk.Lost lost -> new Chunk.Lost(position, Math.min(rest, lost.length()), lost.reason());
        };
    }
}
