package org.salvor.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.salvor.fault.FormatException;

/**
 * A checked little-endian window over bytes of a source. Every access outside the window is a {@link FormatException} that
 * names the structure and its place, never an unchecked one. Offsets are relative to the window.
 */
public final class ByteView {
    private final ByteBuffer bytes;
    private final int start;
    private final int length;
    private final String structure;
    private final long position;

    private ByteView(ByteBuffer bytes, int start, int length, String structure, long position) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        this.structure = structure;
        this.position = position;
    }

    /** The whole of {@code bytes} from 0 to its limit; the order of the caller's buffer is not touched. */
    public static ByteView of(ByteBuffer bytes, String structure, long position) {
        return new ByteView(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN), 0, bytes.limit(), structure, position);
    }

    public static ByteView of(byte[] bytes, String structure, long position) {
        return of(ByteBuffer.wrap(bytes), structure, position);
    }

    /** A window inside this one. */
    public ByteView slice(long offset, long size, String name) throws FormatException {
        require(offset, size);
        return new ByteView(bytes, start + (int) offset, (int) size, name, position < 0 ? -1 : position + offset);
    }

    public int length() {
        return length;
    }

    /** Bytes from the start of the device or stream to this window; -1 if not known. */
    public long position() {
        return position;
    }

    public String structure() {
        return structure;
    }

    public int u8(int offset) throws FormatException {
        require(offset, 1);
        return bytes.get(start + offset) & 0xff;
    }

    public int u16(int offset) throws FormatException {
        require(offset, 2);
        return bytes.getShort(start + offset) & 0xffff;
    }

    public int i32(int offset) throws FormatException {
        require(offset, 4);
        return bytes.getInt(start + offset);
    }

    public long u32(int offset) throws FormatException {
        return i32(offset) & 0xffff_ffffL;
    }

    public long i64(int offset) throws FormatException {
        require(offset, 8);
        return bytes.getLong(start + offset);
    }

    /** An unsigned 48-bit number. */
    public long u48(int offset) throws FormatException {
        return u32(offset) | (long) u16(offset + 4) << 32;
    }

    public byte[] bytes(int offset, int size) throws FormatException {
        require(offset, size);
        byte[] copy = new byte[size];
        bytes.get(start + offset, copy);
        return copy;
    }

    /** A read-only buffer over a part of the window, without copying. */
    public ByteBuffer buffer(int offset, int size) throws FormatException {
        require(offset, size);
        return bytes.slice(start + offset, size).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** UTF-16LE text of {@code chars} code units; lone surrogates are kept as they are. */
    public String utf16(int offset, int chars) throws FormatException {
        require(offset, 2L * chars);
        char[] text = new char[chars];
        for (int i = 0; i < chars; i++) {
            text[i] = bytes.getChar(start + offset + 2 * i);
        }
        return new String(text);
    }

    public String ascii(int offset, int size) throws FormatException {
        return new String(bytes(offset, size), StandardCharsets.ISO_8859_1);
    }

    /** The exception for a field of this window that breaks the format. */
    public FormatException broken(int offset, String expected, Object actual) {
        return new FormatException(structure, position < 0 ? -1 : position + offset, expected, String.valueOf(actual));
    }

    private void require(long offset, long size) throws FormatException {
        if (offset < 0 || size < 0 || offset > length - size) {
            throw new FormatException(
                    structure, position, size + " bytes at offset " + offset, "only " + length + " bytes");
        }
    }
}
