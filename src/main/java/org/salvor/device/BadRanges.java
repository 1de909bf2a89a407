package org.salvor.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ranges that could not be read, merged where they touch. Safe for several threads. It remembers at most {@link #MAX_RANGES};
 * bytes beyond that are counted only, so they may be tried (and counted) again.
 */
public final class BadRanges {
    public static final int MAX_RANGES = 65_536;

    /** @param length in bytes, more than 0 */
    public record Range(long position, long length) {
        public long end() {
            return position + length;
        }
    }

    private final TreeMap<Long, Long> endByStart = new TreeMap<>();
    private long bytes;
    private long forgotten;

    /** Adds {@code length} bytes from {@code position} on. */
    synchronized void add(long position, long length) {
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

    /** How many bytes are bad, as far as is known. */
    public synchronized long bytes() {
        return bytes + forgotten;
    }
}
