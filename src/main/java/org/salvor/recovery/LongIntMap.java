package org.salvor.recovery;

import java.util.Arrays;

/** From any long to a number that is not {@link #ABSENT}, 24 bytes an entry or less. Confined to one thread. */
public final class LongIntMap {
    public static final int ABSENT = Integer.MIN_VALUE;

    private long[] keys = new long[64];
    private int[] values = filled(64);
    private int count;

    public int size() {
        return count;
    }

    public int get(long key) {
        int mask = keys.length - 1;
        for (int at = slot(key, mask); values[at] != ABSENT; at = at + 1 & mask) {
            if (keys[at] == key) {
                return values[at];
            }
        }
        return ABSENT;
    }

    public boolean contains(long key) {
        return get(key) != ABSENT;
    }

    public void put(long key, int value) {
        set(key, value, true);
    }

    /** Whether it was put: the first one stays. */
    public boolean putIfAbsent(long key, int value) {
        return set(key, value, false);
    }

    private boolean set(long key, int value, boolean replace) {
        if (4L * count >= 3L * keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int at = slot(key, mask);
        while (values[at] != ABSENT) {
            if (keys[at] == key) {
                if (replace) {
                    values[at] = value;
                }
                return replace;
            }
            at = at + 1 & mask;
        }
        keys[at] = key;
        values[at] = value;
        count++;
        return true;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = filled(keys.length);
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int at = slot(oldKeys[i], mask);
                while (values[at] != ABSENT) {
                    at = at + 1 & mask;
                }
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    private static int slot(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 7) & mask;
    }

    private static int[] filled(int length) {
        int[] values = new int[length];
        Arrays.fill(values, ABSENT);
        return values;
    }
}
