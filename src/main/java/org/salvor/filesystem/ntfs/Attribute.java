package org.salvor.filesystem.ntfs;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * The header of one attribute inside a FILE record, all its lengths checked (docs/formats/ntfs.md, section 3). A window over the
 * record, as long as that is one.
 */
final class Attribute {
    static final int STANDARD_INFORMATION = 0x10;
    static final int ATTRIBUTE_LIST = 0x20;
    static final int FILE_NAME = 0x30;
    static final int OBJECT_ID = 0x40;
    static final int SECURITY_DESCRIPTOR = 0x50;
    static final int VOLUME_NAME = 0x60;
    static final int DATA = 0x80;
    static final int INDEX_ROOT = 0x90;
    static final int INDEX_ALLOCATION = 0xa0;
    static final int BITMAP = 0xb0;
    static final int REPARSE_POINT = 0xc0;
    static final int EA = 0xe0;
    static final int LOGGED_UTILITY_STREAM = 0x100;
    static final int END = -1;

    static final int FLAG_COMPRESSED = 0x0001;
    static final int FLAG_COMPRESSION_MASK = 0x00ff;
    static final int FLAG_ENCRYPTED = 0x4000;
    static final int FLAG_SPARSE = 0x8000;

    private static final int RESIDENT_HEADER = 0x18;
    private static final int NON_RESIDENT_HEADER = 0x40;

    final MftRecord record;
    /** Relative to the record. */
    final int offset;

    final int type;
    final int length;
    final boolean nonResident;
    final String name;
    final int flags;

    /** Resident: where the value begins in the record's array, and its length. */
    final int valueStart;

    final int valueLength;

    private Attribute(MftRecord record, int offset, int length) throws FormatException {
        byte[] data = record.data;
        int at = record.start + offset;
        this.record = record;
        this.offset = offset;
        this.length = length;
        this.type = Le.i32(data, at);
        this.nonResident = data[at + 8] != 0;
        this.flags = Le.u16(data, at + 0x0c);
        int nameChars = Le.u8(data, at + 9);
        int nameOffset = Le.u16(data, at + 0x0a);
        if (nameChars > 0 && nameOffset + 2 * nameChars > length) {
            throw broken(record, offset, "a name inside the attribute", nameOffset + " + " + 2 * nameChars);
        }
        this.name = nameChars == 0 ? "" : internName(data, at + nameOffset, nameChars);
        if (nonResident) {
            if (length < NON_RESIDENT_HEADER) {
                throw broken(record, offset, "a length of 64 or more", length);
            }
            valueStart = 0;
            valueLength = 0;
            long lowest = lowestVcn();
            int runs = Le.u16(data, at + 0x20);
            if (runs < NON_RESIDENT_HEADER || runs > length) {
                throw broken(record, offset, "runs inside the attribute", runs);
            }
            if (lowest < 0 || lowest == 0 && (dataSize() < 0 || initialized() < 0)) {
                throw broken(record, offset, "sizes of 0 or more", dataSize());
            }
        } else {
            long value = Le.u32(data, at + 0x10);
            int from = Le.u16(data, at + 0x14);
            if (from + value > length) {
                throw broken(record, offset, "a value inside the attribute", from + " + " + value);
            }
            valueStart = at + from;
            valueLength = (int) value;
        }
    }

    private int u16(int field) {
        return Le.u16(record.data, record.start + offset + field);
    }

    private long i64(int field) {
        return Le.i64(record.data, record.start + offset + field);
    }

    /** First cluster of the stream that this attribute describes; 0 for a resident one. */
    long lowestVcn() {
        return nonResident ? i64(0x10) : 0;
    }

    /** Last cluster of the stream that this attribute describes; -1 for a resident one. */
    long highestVcn() {
        return nonResident ? i64(0x18) : -1;
    }

    /** Non-resident: where the runs begin in the record's array. */
    int runsStart() {
        return record.start + offset + u16(0x20);
    }

    /** Non-resident: where the runs must have ended in the record's array. */
    int runsEnd() {
        return record.start + offset + length;
    }

    /** Size of the stream in bytes; of a non-resident one only where {@link #lowestVcn} is 0. */
    long dataSize() {
        return nonResident ? i64(0x30) : valueLength;
    }

    /** Bytes of the clusters that the stream was given; where {@link #dataSize} is told. */
    long allocated() {
        return nonResident ? i64(0x28) : valueLength;
    }

    /** How many bytes of the stream were ever written; where {@link #dataSize} is told. */
    long initialized() {
        return nonResident ? i64(0x38) : valueLength;
    }

    /** log2 of the clusters of a compression unit; 0 for none. */
    int compressionUnit() {
        int unit = nonResident ? Le.u8(record.data, record.start + offset + 0x22) : 0;
        return unit <= 16 ? unit : 0;
    }

    /** The attribute at {@code offset} of the record. */
    static Attribute parse(MftRecord record, int offset) throws FormatException {
        if (offset > record.size - RESIDENT_HEADER) {
            throw broken(record, offset, "an attribute inside the record", "its end");
        }
        long length = Le.u32(record.data, record.start + offset + 4);
        if (length < RESIDENT_HEADER || (length & 7) != 0 || length > record.size - offset) {
            throw broken(record, offset, "a length of 24 up to the end of the record", length);
        }
        return new Attribute(record, offset, (int) length);
    }

    /** The two names that every folder and compressed program repeats are not made again. */
    private static String internName(byte[] data, int at, int chars) {
        if (chars == 4 && Le.i64(data, at) == 0x0030_0033_0049_0024L) {
            return "$I30";
        }
        return Le.utf16(data, at, chars);
    }

    private static FormatException broken(MftRecord record, int offset, String expected, Object actual) {
        return new FormatException(
                "attribute of record " + record.number, record.positionOf(offset), expected, String.valueOf(actual));
    }

    /** Whether volumes have attributes of that type. */
    static boolean known(int type) {
        return type >= STANDARD_INFORMATION && type <= LOGGED_UTILITY_STREAM && (type & 15) == 0;
    }

    /** Types are multiples of 16; those that differ by 512 share a bit. */
    static int bit(int type) {
        return 1 << (type >>> 4);
    }

    boolean is(int wantedType, String wantedName) {
        return type == wantedType && name.equals(wantedName);
    }

    /** Whether the stream is kept in compression units. */
    boolean compressed() {
        return nonResident && compressionUnit() > 0 && (flags & FLAG_COMPRESSION_MASK) == FLAG_COMPRESSED;
    }

    boolean sparse() {
        return (flags & FLAG_SPARSE) != 0;
    }

    boolean encrypted() {
        return (flags & FLAG_ENCRYPTED) != 0;
    }

    /** A checked window over the resident value. */
    ByteView value(String structure) throws FormatException {
        if (nonResident) {
            throw broken(record, offset, "a resident value", "a non-resident one");
        }
        int from = valueStart - record.start;
        return ByteView.of(
                java.nio.ByteBuffer.wrap(record.data, valueStart, valueLength).slice(),
                structure,
                record.positionOf(from));
    }
}
