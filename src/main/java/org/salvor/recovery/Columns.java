package org.salvor.recovery;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Growing columns of primitives in segments: one writer, any number of readers of rows that were published to them. */
public final class Columns {
    private static final int SHIFT = 14;
    private static final int SEGMENT = 1 << SHIFT;

    /** Bytes that a buffer for transfers needs. */
    static final int TRANSFER = SEGMENT * Long.BYTES;

    private static final int MASK = SEGMENT - 1;

    /** What the first segment begins with: most scans find few files. It doubles until it is as large as the others. */
    private static final int FIRST = 1 << 6;

    /** Moves columns to and from a saved scan. */
    interface Transfer {
        /** Writes the first {@code count} bytes of the buffer, or fills them. */
        void bytes(byte[] buffer, int count) throws IOException;
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Columns() {}

    /** A column of longs; a row may be set once all before it were. */
    public static final class Longs {
        private volatile long[][] segments = {};

        public long get(int row) {
            return segments[row >>> SHIFT][row & MASK];
        }

        public void set(int row, long value) {
            long[][] now = segments;
            int segment = row >>> SHIFT;
            if (segment >= now.length) {
                now = Arrays.copyOf(now, segment + 1);
                now[segment] = new long[segment == 0 ? FIRST : SEGMENT];
                segments = now;
            } else if ((row & MASK) >= now[segment].length) {
                now = now.clone();
                now[segment] = Arrays.copyOf(now[segment], 2 * now[segment].length);
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = value;
        }

        void write(int count, byte[] buffer, Transfer out) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                long[] values = segments[from >>> SHIFT];
                for (int i = 0; i < part; i++) {
                    LONG.set(buffer, i * 8, values[i]);
                }
                out.bytes(buffer, part * 8);
            }
        }

        void read(int count, byte[] buffer, Transfer in) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                in.bytes(buffer, part * 8);
                for (int i = 0; i < part; i++) {
                    set(from + i, (long) LONG.get(buffer, i * 8));
                }
            }
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
            int segment = row >>> SHIFT;
            if (segment >= now.length) {
                now = Arrays.copyOf(now, segment + 1);
                now[segment] = new int[segment == 0 ? FIRST : SEGMENT];
                segments = now;
            } else if ((row & MASK) >= now[segment].length) {
                now = now.clone();
                now[segment] = Arrays.copyOf(now[segment], 2 * now[segment].length);
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = value;
        }

        void write(int count, byte[] buffer, Transfer out) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                int[] values = segments[from >>> SHIFT];
                for (int i = 0; i < part; i++) {
                    INT.set(buffer, i * 4, values[i]);
                }
                out.bytes(buffer, part * 4);
            }
        }

        void read(int count, byte[] buffer, Transfer in) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                in.bytes(buffer, part * 4);
                for (int i = 0; i < part; i++) {
                    set(from + i, (int) INT.get(buffer, i * 4));
                }
            }
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
            int segment = row >>> SHIFT;
            if (segment >= now.length) {
                now = Arrays.copyOf(now, segment + 1);
                now[segment] = new byte[segment == 0 ? FIRST : SEGMENT];
                segments = now;
            } else if ((row & MASK) >= now[segment].length) {
                now = now.clone();
                now[segment] = Arrays.copyOf(now[segment], 2 * now[segment].length);
                segments = now;
            }
            now[row >>> SHIFT][row & MASK] = (byte) value;
        }

        void write(int count, byte[] buffer, Transfer out) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                System.arraycopy(segments[from >>> SHIFT], 0, buffer, 0, part);
                out.bytes(buffer, part);
            }
        }

        void read(int count, byte[] buffer, Transfer in) throws IOException {
            for (int from = 0; from < count; from += SEGMENT) {
                int part = Math.min(SEGMENT, count - from);
                in.bytes(buffer, part);
                for (int i = 0; i < part; i++) {
                    set(from + i, buffer[i]);
                }
            }
        }
    }
}
