package org.salvor.substream;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;

/** One stream of a sequence at any position; holes and losses read as zeros. For one thread. */
public final class WireStream {
    /** The places of so many blocks are kept; of a stream with more of them, a preview is not worth the memory. */
    private static final int MAX_BLOCKS = 65_536;

    private final WireInput input;
    private final WirePart part;

    /** Ranges in order: offset in the stream, length, place in the input; made when first needed. */
    private long[] ranges = {};

    private int count = -1;

    public WireStream(WireInput input, WirePart part) {
        this.input = input;
        this.part = part;
    }

    /** Whether {@link #read} works. */
    public static boolean possible(WirePart part) {
        return part.blocks() <= MAX_BLOCKS;
    }

    /** In bytes. */
    public long size() {
        return part.size();
    }

    /** Fills {@code target} from {@code position}, less at the end; -1 at or past the end. */
    public int read(long position, ByteBuffer target) throws RecoveryException {
        if (position < 0 || position >= part.size()) {
            return -1;
        }
        if (count < 0) {
            find();
        }
        int length = (int) Math.min(target.remaining(), part.size() - position);
        int start = target.position();
        int limit = target.limit();
        for (int at = first(position); target.position() < start + length; ) {
            long here = position + target.position() - start;
            boolean inside = at < count && ranges[3 * at] <= here;
            long to = at == count ? part.size() : inside ? ranges[3 * at] + ranges[3 * at + 1] : ranges[3 * at];
            int bytes = (int) Math.min(start + length - target.position(), to - here);
            target.limit(target.position() + bytes);
            if (inside) {
                stored(ranges[3 * at + 2] + here - ranges[3 * at], target);
                at++;
            }
            zeros(target);
            target.limit(limit);
        }
        return length;
    }

    private void stored(long place, ByteBuffer target) throws RecoveryException {
        int wanted = target.limit();
        target.limit((int) Math.clamp(input.size() - place, 0, target.remaining()) + target.position());
        if (target.hasRemaining()) {
            input.read(place, target, (position, bytes) -> {
                // reads as zeros
            });
        }
        target.limit(wanted);
    }

    private static void zeros(ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    private void find() throws RecoveryException {
        ranges = new long[3 * (part.blocks() + 1)];
        int found = 0;
        for (WireExtents extents = new WireExtents(input, part); extents.next(); found++) {
            ranges[3 * found] = extents.offset();
            ranges[3 * found + 1] = extents.length();
            ranges[3 * found + 2] = extents.place();
        }
        count = found;
    }

    /** The first range that ends behind the position. */
    private int first(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[3 * middle] + ranges[3 * middle + 1] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
