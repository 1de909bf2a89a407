package org.salvor.filesystem.ntfs;

/**
 * The update sequence array of FILE records and index blocks: the last two bytes of each 512-byte block were replaced by a
 * check number, on disks with larger sectors too (docs/formats/ntfs.md, section 2).
 */
final class Fixups {
    private static final int BLOCK = 512;

    private Fixups() {}

    /** What the check numbers showed. */
    enum State {
        VALID,
        /** At least one block does not carry the number: a write was torn; those blocks are left as they are. */
        TORN,
        /** The array itself makes no sense; nothing was changed. */
        UNUSABLE
    }

    /** Puts the bytes back in place. {@code size} is a multiple of 512 and lies inside {@code data}. */
    static State apply(byte[] data, int start, int size) {
        int array = Le.u16(data, start + 4);
        int count = Le.u16(data, start + 6);
        int blocks = size / BLOCK;
        if ((array & 1) != 0
                || count < blocks + 1
                || array < 0x1e
                || array + 2 * (blocks + 1) > Math.min(size, BLOCK) - 2) {
            return State.UNUSABLE;
        }
        byte low = data[start + array];
        byte high = data[start + array + 1];
        State state = State.VALID;
        for (int i = 1; i <= blocks; i++) {
            int tail = start + i * BLOCK - 2;
            if (data[tail] == low && data[tail + 1] == high) {
                data[tail] = data[start + array + 2 * i];
                data[tail + 1] = data[start + array + 2 * i + 1];
            } else {
                state = State.TORN;
            }
        }
        return state;
    }
}
