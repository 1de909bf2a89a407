package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.salvor.device.BadRanges;
import org.salvor.device.ResilientDevice;

/** Which clusters of a volume could not be read, as it was when {@link #look} was called last. One thread. */
final class Unreadable {
    private static final int PIECE = 1 << 20;

    /** Clusters that follow each other. */
    record Clusters(long start, long length) {}

    private final ResilientDevice volume;
    private final int clusterSize;
    private List<BadRanges.Range> ranges = List.of();
    private long bytes;
    private long[] starts = {};
    private long[] ends = {};
    private int count;

    /** @param clusterSize in bytes; cluster 0 is the start of the volume */
    Unreadable(ResilientDevice volume, int clusterSize) {
        this.volume = volume;
        this.clusterSize = clusterSize;
    }

    /** Takes over what is known now. @return whether it is more, or less, than before */
    boolean look() {
        List<BadRanges.Range> now = volume.unreadable();
        if (now.equals(ranges) && bytes == volume.unreadableBytes()) {
            return false;
        }
        ranges = now;
        bytes = volume.unreadableBytes();
        starts = new long[now.size()];
        ends = new long[now.size()];
        count = 0;
        for (BadRanges.Range range : now) {
            long start = range.position() / clusterSize;
            long end = Math.ceilDiv(range.end(), (long) clusterSize);
            if (count > 0 && start <= ends[count - 1]) {
                ends[count - 1] = Math.max(end, ends[count - 1]);
            } else {
                starts[count] = start;
                ends[count++] = end;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** The ranges in bytes, in order. */
    List<BadRanges.Range> ranges() {
        return ranges;
    }

    /** Those of the clusters from {@code start} on that could not be read, in order. */
    List<Clusters> in(long start, long clusters) {
        long length = Math.min(clusters, Math.ceilDiv(volume.size(), (long) clusterSize) - start);
        if (bytes == 0 || start < 0 || length <= 0) {
            return List.of();
        }
        if (volume.mustAskAgain(start * clusterSize, (start + length) * clusterSize)) {
            return ask(start, length);
        }
        int at = Arrays.binarySearch(starts, 0, count, start);
        at = at >= 0 ? at : Math.max(0, -at - 2);
        List<Clusters> found = List.of();
        for (; at < count && starts[at] < start + length; at++) {
            long from = Math.max(start, starts[at]);
            long to = Math.min(start + length, ends[at]);
            if (from < to) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(new Clusters(from, to - from));
            }
        }
        return found;
    }

    /** How many of them. */
    long count(long start, long length) {
        long sum = 0;
        for (Clusters clusters : in(start, length)) {
            sum += clusters.length;
        }
        return sum;
    }

    /** So much could not be read that not all of it is remembered: the answer is read once more. */
    private List<Clusters> ask(long start, long length) {
        long end = Math.min((start + length) * clusterSize, volume.size());
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        List<Clusters> found = new ArrayList<>();
        for (long at = start * clusterSize; at < end; at += PIECE) {
            piece.clear().limit((int) Math.min(PIECE, end - at));
            volume.readAround(at, piece, (position, lost, cause) -> {
                long first = position / clusterSize;
                long behind = Math.ceilDiv(position + lost, (long) clusterSize);
                Clusters last = found.isEmpty() ? new Clusters(0, 0) : found.getLast();
                if (!found.isEmpty() && first <= last.start + last.length) {
                    found.set(found.size() - 1, new Clusters(last.start, behind - last.start));
                } else {
                    found.add(new Clusters(first, behind - first));
                }
            });
        }
        return found;
    }
}
