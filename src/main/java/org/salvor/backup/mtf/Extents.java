package org.salvor.backup.mtf;

import java.util.Arrays;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;

/** Where the bytes of a stream lie: pieces of media one after the other; a piece may be missing. Kept in arrays: there may be millions. */
final class Extents {
    /** In place of a medium: these bytes are on no medium that is here. */
    static final int MISSING = -1;

    /** No file system that was ever backed up so holds a larger file: 16 TiB. */
    static final long MAX_SIZE = 1L << 44;

    private int[] media = new int[1];
    private long[] positions = new long[1];
    private long[] ends = new long[1];
    private int count;
    private long missing;

    /** @throws FormatException where the stream would become longer than any file can be */
    void add(Place place, long length) throws FormatException {
        if (length == 0) {
            return;
        }
        long size = grown(length, place.position());
        int last = count - 1;
        if (last >= 0 && media[last] == place.medium() && positions[last] + length(last) == place.position()) {
            ends[last] = size;
            return;
        }
        append(place.medium(), place.position(), size);
    }

    /** Ends the stream at a place inside its last piece. @return whether it lies there */
    boolean cutAt(Place place) {
        int last = count - 1;
        if (last < 0 || media[last] != place.medium()) {
            return false;
        }
        long kept = place.position() - positions[last];
        if (kept < 0 || kept >= length(last)) {
            return false;
        }
        ends[last] = start(last) + kept;
        count -= kept == 0 ? 1 : 0;
        return true;
    }

    /** The bytes of another stream from {@code from} on. */
    void addAll(Extents other, long from) throws FormatException {
        if (from >= other.size()) {
            return;
        }
        for (int piece = other.find(from); piece < other.count; piece++) {
            long start = Math.max(from, other.start(piece));
            long length = other.end(piece) - start;
            if (other.media[piece] == MISSING) {
                addMissing(length);
            } else {
                add(new Place(other.media[piece], other.position(piece, start)), length);
            }
        }
    }

    void addMissing(long length) throws FormatException {
        if (length > 0) {
            append(MISSING, 0, grown(length, -1));
            missing += length;
        }
    }

    private long grown(long length, long position) throws FormatException {
        long size = Limits.sum("stream", position, size(), length);
        if (size > MAX_SIZE) {
            throw new FormatException("stream", position, "at most " + MAX_SIZE + " bytes", Long.toString(size));
        }
        return size;
    }

    private void append(int medium, long position, long size) {
        if (count == media.length) {
            media = Arrays.copyOf(media, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        media[count] = medium;
        positions[count] = position;
        ends[count] = size;
        count++;
    }

    /** In bytes, what is missing included. */
    long size() {
        return count == 0 ? 0 : ends[count - 1];
    }

    long missing() {
        return missing;
    }

    /** The piece that holds a byte of the stream. */
    int find(long offset) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    int medium(int piece) {
        return media[piece];
    }

    /** Where on its medium a byte of the stream lies that is in this piece. */
    long position(int piece, long offset) {
        return positions[piece] + offset - start(piece);
    }

    /** The first byte of the stream behind this piece. */
    long end(int piece) {
        return ends[piece];
    }

    private long start(int piece) {
        return piece == 0 ? 0 : ends[piece - 1];
    }

    private long length(int piece) {
        return ends[piece] - start(piece);
    }
}
