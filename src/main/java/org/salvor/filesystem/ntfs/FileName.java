package org.salvor.filesystem.ntfs;

import org.jspecify.annotations.Nullable;

/**
 * A $FILE_NAME value: one name in one folder, from a record or an index entry (docs/formats/ntfs.md, section 5).
 *
 * @param parent reference (number and sequence) of the folder
 * @param flags Windows attributes, and {@link #FOLDER}
 */
record FileName(
        long parent,
        long created,
        long modified,
        long changed,
        long accessed,
        long allocated,
        long size,
        int flags,
        int nameSpace,
        String name) {
    static final int FIXED_SIZE = 0x42;
    static final int FOLDER = 0x1000_0000;
    static final int DOS = 2;
    /** As parent: the end marker of a record came to lie on it. */
    static final long COVERED = 0xffff_ffffL;

    /** The value of {@code length} bytes at {@code at}, which lie inside the array; null where it is none. */
    static @Nullable FileName read(byte[] data, int at, int length) {
        String name = text(data, at, length);
        if (name == null) {
            return null;
        }
        return new FileName(
                Le.i64(data, at),
                Le.i64(data, at + 0x08),
                Le.i64(data, at + 0x10),
                Le.i64(data, at + 0x18),
                Le.i64(data, at + 0x20),
                Le.i64(data, at + 0x28),
                Le.i64(data, at + 0x30),
                Le.i32(data, at + 0x38),
                nameSpace(data, at),
                name);
    }

    /** The name alone; null where there is none. */
    static @Nullable String text(byte[] data, int at, int length) {
        if (length < FIXED_SIZE) {
            return null;
        }
        int chars = Le.u8(data, at + 0x40);
        return chars == 0 || FIXED_SIZE + 2 * chars > length || nameSpace(data, at) > 3
                ? null
                : Le.utf16(data, at + FIXED_SIZE, chars);
    }

    /** The name space of the value at {@code at}. */
    static int nameSpace(byte[] data, int at) {
        return Le.u8(data, at + 0x41);
    }

    /** The folder of the value at {@code at}, as record number &lt;&lt; 16 | sequence number. */
    static long parentKey(byte[] data, int at) {
        return Reference.key(Le.i64(data, at));
    }

    /** The time of creation in the value at {@code at}. */
    static long created(byte[] data, int at) {
        return Le.i64(data, at + 0x08);
    }

    /** Whether {@link #read} finds a name there that is {@link #usable()} and holds no control characters; makes none. */
    static boolean printable(byte[] data, int at, int length) {
        int chars = length < FIXED_SIZE ? 0 : Le.u8(data, at + 0x40);
        if (chars == 0 || FIXED_SIZE + 2 * chars > length || Le.u8(data, at + 0x41) > 3) {
            return false;
        }
        boolean dots = chars <= 2;
        for (int i = 0; i < chars; i++) {
            int c = Le.u16(data, at + FIXED_SIZE + 2 * i);
            if (c < ' ' || c == '/') {
                return false;
            }
            dots &= c == '.';
        }
        return !dots;
    }

    /** The same name in the folder of which it is known to be. */
    FileName in(long folder) {
        return new FileName(folder, created, modified, changed, accessed, allocated, size, flags, nameSpace, name);
    }

    boolean folder() {
        return (flags & FOLDER) != 0;
    }

    /** The folder as record number &lt;&lt; 16 | sequence number. */
    long parentKey() {
        return Reference.key(parent);
    }

    /** Whether it can be a name in a folder: no separator, no NUL, not a way up. */
    boolean usable() {
        return usable(name);
    }

    static boolean usable(String name) {
        return !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
    }
}
