package org.salvor.substream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;

/**
 * WIN32_STREAM_ID, the 20 bytes before each stream (docs/formats/backupread.md, section 1): id at 0, attributes at 4, size of the
 * payload at 8, size of the name in bytes at 16. The name follows, then the payload; nothing is padded.
 *
 * @param position of the header, in bytes from the start of the sequence
 * @param id known ones are in {@link StreamType}
 * @param size of the payload in bytes
 * @param nameSize of the name in bytes, even
 */
record WireHeader(long position, int id, int attributes, long size, int nameSize) {
    static final String STRUCTURE = "backup stream";

    /** The C structure ends with an array of one character and padding: sizeof says 24, but 20 is what is written. */
    static final int LENGTH = 20;

    /** A block of a sparse stream begins with its offset in the stream. */
    static final int BLOCK_OFFSET = 8;

    static final int MODIFIED_WHEN_READ = 0x1;
    static final int CONTAINS_SECURITY = 0x2;
    static final int CONTAINS_PROPERTIES = 0x4;
    static final int SPARSE = 0x8;
    static final int GHOSTED = 0x10;

    /** What Windows allows. */
    static final int MAX_NAME = 65_536;

    /** No NTFS volume, and so no stream on it, is larger: 256 TiB. */
    static final long MAX_SIZE = 1L << 48;

    private static final int ID_AT = 0;
    private static final int ATTRIBUTES_AT = 4;
    private static final int SIZE_AT = 8;
    private static final int NAME_SIZE_AT = 16;

    /** @param bytes of which the first 20 are taken */
    static WireHeader parse(ByteBuffer bytes, long position) throws FormatException {
        ByteBuffer fields = bytes.slice(bytes.position(), LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        WireHeader header = new WireHeader(
                position,
                fields.getInt(ID_AT),
                fields.getInt(ATTRIBUTES_AT),
                fields.getLong(SIZE_AT),
                fields.getInt(NAME_SIZE_AT));
        header.validate();
        return header;
    }

    private void validate() throws FormatException {
        if (id == 0) {
            throw broken(ID_AT, "a stream id", 0);
        }
        if (size < 0 || size > MAX_SIZE) {
            throw broken(SIZE_AT, "a size of 0 to 2^48", size);
        }
        StreamType type = type();
        boolean named = type == null || type == StreamType.ALTERNATE_DATA;
        if (nameSize < 0 || nameSize > (named ? MAX_NAME : 0) || nameSize % 2 != 0) {
            throw broken(
                    NAME_SIZE_AT,
                    named ? "an even length of 0 to " + MAX_NAME : "no name",
                    Integer.toUnsignedLong(nameSize));
        }
        if (type == StreamType.ALTERNATE_DATA && nameSize == 0) {
            throw broken(NAME_SIZE_AT, "a name", 0);
        }
        if (type == StreamType.SPARSE_BLOCK && size < BLOCK_OFFSET) {
            throw broken(SIZE_AT, "at least " + BLOCK_OFFSET + " bytes", size);
        }
    }

    FormatException broken(int offset, String expected, long actual) {
        return new FormatException(STRUCTURE, position + offset, expected, Long.toUnsignedString(actual));
    }

    /** Null for an id that is not known. */
    @Nullable
    StreamType type() {
        return StreamType.ofId(id);
    }

    /** Where the payload begins; the offset of a sparse block counts as payload. */
    long payload() {
        return position + LENGTH + nameSize;
    }

    /** Where the next header is due. */
    long end() {
        return payload() + size;
    }

    void put(ByteBuffer target) {
        ByteOrder before = target.order();
        target.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(id)
                .putInt(attributes)
                .putLong(size)
                .putInt(nameSize)
                .order(before);
    }
}
