package org.salvor.filesystem.ntfs;

/** A set of hashes; once it holds {@link #MAX} it takes no more. */
final class LongSet {
    private static final int MAX = 8 << 20;

    private long[] slots = new long[1024];
    private int count;

    /** False where the value is there already, or there is no room. */
    boolean add(long value) {
        long wanted = value == 0 ? 1 : value;
        if (count >= MAX) {
            return false;
        }
        if (count * 2 >= slots.length) {
            grow();
        }
        int at = place(slots, wanted);
        if (slots[at] == wanted) {
            return false;
        }
        slots[at] = wanted;
        count++;
        return true;
    }

    /** False too for a value that found no room: see {@link #full()}. */
    boolean contains(long value) {
        long wanted = value == 0 ? 1 : value;
        return slots[place(slots, wanted)] == wanted;
    }

    boolean full() {
        return count >= MAX;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long value : slots) {
            if (value != 0) {
                larger[place(larger, value)] = value;
            }
        }
        slots = larger;
    }

    private static int place(long[] slots, long value) {
        long mixed = value * 0x9e37_79b9_7f4a_7c15L;
        int at = (int) (mixed >>> 32) & slots.length - 1;
        while (slots[at] != 0 && slots[at] != value) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }
}
