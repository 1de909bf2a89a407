package org.salvor.backup.mtf;

import java.util.Arrays;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;

/** The blocks of a sparse stream in their order: where each begins in the content and where its bytes lie. Between them are holes. */
final class SparseMap {
    /** Before the bytes of each SPAR stream stands where in the content they begin, u64. */
    static final int OFFSET_SIZE = 8;

    /** All SPAR streams one after the other. */
    private final Extents bytes = new Extents();

    private long[] offsets = new long[1];
    private long[] lengths = new long[1];
    private long[] starts = new long[1];
    private int[] numbers = new int[1];
    private int count;
    private long size;
    private boolean disorder;

    Extents bytes() {
        return bytes;
    }

    /**
     * A block whose bytes are the last of {@link #bytes}. One that lies before the end of another is left out.
     *
     * @param number of its stream header within its descriptor block
     */
    void add(long offset, long length, int number) throws FormatException {
        long end = Limits.sum("sparse block", -1, offset, length);
        if (end > Extents.MAX_SIZE || offset < 0) {
            throw new FormatException("sparse block", -1, "an end of at most " + Extents.MAX_SIZE, Long.toString(end));
        }
        if (offset < size) {
            disorder = true;
            return;
        }
        if (length > 0) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
                starts = Arrays.copyOf(starts, 2 * count);
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            offsets[count] = offset;
            lengths[count] = length;
            starts[count] = bytes.size() - length;
            numbers[count] = number;
            count++;
        }
        size = end;
    }

    /** Of the content, in bytes. */
    long size() {
        return size;
    }

    int count() {
        return count;
    }

    /** Whether a block was left out. */
    boolean disorder() {
        return disorder;
    }

    long offset(int block) {
        return offsets[block];
    }

    /** The first byte of the content behind a block. */
    long end(int block) {
        return offsets[block] + lengths[block];
    }

    /** Where in {@link #bytes} a byte of the content lies that is in this block. */
    long start(int block, long position) {
        return starts[block] + position - offsets[block];
    }

    /** The block that holds a byte of the content, or the next one; {@link #count} behind the last. */
    int find(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The block of a stream header; -1 if it is none of these. */
    int numbered(int number) {
        int found = Arrays.binarySearch(numbers, 0, count, number);
        return found < 0 ? -1 : found;
    }
}
