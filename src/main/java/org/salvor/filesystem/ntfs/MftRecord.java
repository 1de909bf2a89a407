package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;

/**
 * A FILE record, its fixups applied (docs/formats/ntfs.md, section 2). It is a window over {@code data}, which a table scan
 * uses again for the next records.
 */
final class MftRecord {
    static final int MAGIC = 0x454c4946;
    private static final int HEADER = 0x2a;
    private static final int MAX_ATTRIBUTES = 4096;

    final byte[] data;
    final int start;
    final int size;
    /** The place in the file table; for a record found outside it, what the record says of itself. */
    final long number;
    /** Bytes from the start of the volume; -1 if not known. */
    final long position;

    private final boolean intact;
    private @Nullable FormatException broken;
    private int types;

    private MftRecord(byte[] data, int start, int size, long number, long position, boolean intact) {
        this.data = data;
        this.start = start;
        this.size = size;
        this.number = number;
        this.position = position;
        this.intact = intact;
    }

    static boolean isRecord(byte[] data, int start) {
        return Le.i32(data, start) == MAGIC;
    }

    /** The record at {@code start}, whose fixups are undone in place. Throws where there is none. */
    static MftRecord parse(byte[] data, int start, int size, long number, long position) throws FormatException {
        if (!isRecord(data, start)) {
            throw new FormatException("FILE record " + number, position, "\"FILE\"", magicText(data, start));
        }
        Fixups.State state = Fixups.apply(data, start, size);
        if (state == Fixups.State.UNUSABLE) {
            throw new FormatException("FILE record " + number, position, "an update sequence array", "none");
        }
        return new MftRecord(data, start, size, number, position, state == Fixups.State.VALID);
    }

    private static String magicText(byte[] data, int start) {
        return Le.i32(data, start) == 0x44414142 ? "\"BAAD\" (a torn write)" : Integer.toHexString(Le.i32(data, start));
    }

    /** False where a fixup did not match: a part of the record is of another time. */
    boolean intact() {
        return intact;
    }

    int sequence() {
        return Le.u16(data, start + 0x10);
    }

    int linkCount() {
        return Le.u16(data, start + 0x12);
    }

    boolean inUse() {
        return (Le.u16(data, start + 0x16) & 1) != 0;
    }

    boolean folder() {
        return (Le.u16(data, start + 0x16) & 2) != 0;
    }

    /** The reference (number and sequence) of the base record; 0 for a base record. */
    long baseReference() {
        return Le.i64(data, start + 0x20);
    }

    /** The number that a record of NTFS 3.1 or later says of itself; -1 for older ones. */
    long ownNumber() {
        return Le.u16(data, start + 4) >= 0x30 ? Le.u32(data, start + 0x2c) : -1;
    }

    /** Record number and sequence number in one. */
    long key() {
        return number << 16 | sequence();
    }

    /** Where the first attribute begins, relative to the record. */
    int firstAttribute() {
        return Le.u16(data, start + 0x14);
    }

    /** Bytes in use; the whole size where the field makes no sense. */
    int usedSize() {
        long used = Le.u32(data, start + 0x18);
        return used < HEADER || used > size ? size : (int) used;
    }

    /** The attributes up to the end marker, or up to the first one that is broken: see {@link #broken()}. */
    List<Attribute> attributes() {
        List<Attribute> found = new ArrayList<>(6);
        try {
            int at = firstAttribute();
            if (at < HEADER || (at & 7) != 0) {
                throw new FormatException("FILE record " + number, position, "a first attribute", Integer.toString(at));
            }
            while (at + 4 <= size && Le.i32(data, start + at) != Attribute.END) {
                if (found.size() >= MAX_ATTRIBUTES) {
                    throw new FormatException("FILE record " + number, position, "an end of the attributes", "none");
                }
                Attribute next = Attribute.parse(this, at);
                if (broken == null && !Attribute.known(next.type)) {
                    broken = new FormatException(
                            "attribute of record " + number,
                            positionOf(at),
                            "a type of $AttrDef",
                            Integer.toHexString(next.type));
                }
                found.add(next);
                types |= Attribute.bit(next.type);
                at += next.length;
            }
            endOfAttributes = Math.min(size, at + 8);
        } catch (FormatException e) {
            broken = e;
        }
        return found;
    }

    /** A bit for each type that {@link #attributes()} met: see {@link Attribute#bit}. */
    int types() {
        return types;
    }

    private int endOfAttributes;

    /** Where the bytes behind the end marker begin, relative to the record; known once {@link #attributes()} was called. */
    int endOfAttributes() {
        return endOfAttributes == 0 ? size : endOfAttributes;
    }

    /** Whether the record says that more of it is in use than its attributes take: one of them may have become the end of all. */
    boolean endsEarly() {
        return usedSize() < size && usedSize() > endOfAttributes() + 8;
    }

    /** What ended {@link #attributes()} before its time, or is none that NTFS knows; null if nothing was wrong. */
    @Nullable
    FormatException broken() {
        return broken;
    }

    /** Volume position of a byte of the record; -1 if the record's place is not known. */
    long positionOf(int offset) {
        return position < 0 ? -1 : position + offset;
    }
}
