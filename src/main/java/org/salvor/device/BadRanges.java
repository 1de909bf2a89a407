package org.salvor.device;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranges that could not be read, merged where they touch. Safe for several threads. It remembers at most {@link #MAX_RANGES};
 * of those beyond that only the neighbourhood is known, so they may be tried (and counted) again.
 */
public final class BadRanges {
    public static final int MAX_RANGES = 65_536;

    /** @param length in bytes, more than 0 */
    public record Range(long position, long length) {
        public long end() {
            return position + length;
        }
    }

    /** Neighbourhoods of 16 MiB; disks of many terabytes have a few million. */
    private static final int ROUGH = 24;

    private static final int MAX_ROUGH = 1 << 26;

    private final BitSet rough = new BitSet();
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();
    private long bytes;
    private long forgotten;

    /** Adds {@code length} bytes from {@code position} on. */
    public synchronized void add(long position, long length) {
        long start = position;
        long end = position + length;
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            if (before.getValue() >= end) {
                return;
            }
            start = before.getKey();
        } else if (endByStart.size() >= MAX_RANGES) {
            forgotten += length;
            rough.set(rough(position), rough(end - 1) + 1);
            return;
        }
        for (Map.Entry<Long, Long> next = endByStart.ceilingEntry(start);
                next != null && next.getKey() <= end;
                next = endByStart.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            bytes -= next.getValue() - next.getKey();
            endByStart.remove(next.getKey());
        }
        endByStart.put(start, end);
        bytes += end - start;
    }

    private static int rough(long position) {
        return (int) Math.min(MAX_ROUGH, position >>> ROUGH);
    }

    /** Whether there may be bad ranges near [from, to) that are not remembered. */
    synchronized boolean forgotten(long from, long to) {
        int next = rough.nextSetBit(rough(from));
        return next >= 0 && next <= rough(to - 1);
    }

    /** {@code length} bytes from {@code position} on were read after all. */
    synchronized void remove(long position, long length) {
        long end = position + length;
        for (Range range = firstIn(position, end); range != null; range = firstIn(position, end)) {
            Map.Entry<Long, Long> whole = Objects.requireNonNull(endByStart.floorEntry(range.position()), "the range");
            long start = whole.getKey();
            long rest = whole.getValue();
            endByStart.remove(start);
            bytes -= range.length();
            if (start < range.position()) {
                endByStart.put(start, range.position());
            }
            if (range.end() < rest) {
                endByStart.put(range.end(), rest);
            }
        }
    }

    /** The first remembered range that touches [from, to), cut to it; null if there is none. */
    synchronized @Nullable Range firstIn(long from, long to) {
        Map.Entry<Long, Long> before = endByStart.floorEntry(from);
        if (before != null && before.getValue() > from) {
            return new Range(from, Math.min(to, before.getValue()) - from);
        }
        Map.Entry<Long, Long> next = endByStart.ceilingEntry(from);
        return next == null || next.getKey() >= to
                ? null
                : new Range(next.getKey(), Math.min(to, next.getValue()) - next.getKey());
    }

    /** In order of position. */
    public synchronized List<Range> list() {
        List<Range> all = new ArrayList<>(endByStart.size());
        endByStart.forEach((start, end) -> all.add(new Range(start, end - start)));
        return all;
    }

    /** Whether nothing was added. */
    public synchronized boolean isEmpty() {
        return endByStart.isEmpty() && forgotten == 0;
    }

    /** How many bytes are bad, as far as is known. */
    public synchronized long bytes() {
        return bytes + forgotten;
    }
}
