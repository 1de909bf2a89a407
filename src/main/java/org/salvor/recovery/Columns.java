package org.salvor.recovery;

import java.util.Arrays;

/** Growing columns of primitives in segments: one writer, any number of readers of rows that were published to them. */
public final class Columns {
    private static final int SHIFT = 14;
    private static final int SEGMENT = 1 << SHIFT;
    private static final int MASK = SEGMENT - 1;

    private Columns() {}

    /** A column of longs; a row may be set once all before it were. */
    public static final class Longs {
        private volatile long[][] segments = {};

        public long get(int row) {
            return segments[row >>> SHIFT][row & MASK];
        }

        public void set(int row, long value) {
            long[][] now = segments;
            if (row >>> SHIFT >= now.length) {
                now = Arrays.copyOf(now, now.length + 1);
                now[now.length - 1] = new long[SEGMENT];
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = value;
        }
    }

    /** A column of ints; a row may be set once all before it were. */
    public static final class Ints {
        private volatile int[][] segments = {};

        public int get(int row) {
            return segments[row >>> SHIFT][row & MASK];
        }

        public void set(int row, int value) {
            int[][] now = segments;
            if (row >>> SHIFT >= now.length) {
                now = Arrays.copyOf(now, now.length + 1);
                now[now.length - 1] = new int[SEGMENT];
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = value;
        }
    }

    /** A column of bytes; a row may be set once all before it were. */
    public static final class Bytes {
        private volatile byte[][] segments = {};

        public byte get(int row) {
            return segments[row >>> SHIFT][row & MASK];
        }

        public void set(int row, int value) {
            byte[][] now = segments;
            if (row >>> SHIFT >= now.length) {
                now = Arrays.copyOf(now, now.length + 1);
                now[now.length - 1] = new byte[SEGMENT];
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = (byte) value;
        }
    }
}
