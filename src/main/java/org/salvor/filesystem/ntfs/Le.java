package org.salvor.filesystem.ntfs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian numbers inside arrays whose bounds the caller has checked already; the fast way for the file table. */
final class Le {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Le() {}

    static int u8(byte[] data, int at) {
        return data[at] & 0xff;
    }

    static int u16(byte[] data, int at) {
        return (short) SHORT.get(data, at) & 0xffff;
    }

    static int i32(byte[] data, int at) {
        return (int) INT.get(data, at);
    }

    static long u32(byte[] data, int at) {
        return i32(data, at) & 0xffff_ffffL;
    }

    static long i64(byte[] data, int at) {
        return (long) LONG.get(data, at);
    }

    /** UTF-16LE text of {@code chars} code units; lone surrogates are kept as they are. */
    static String utf16(byte[] data, int at, int chars) {
        // most names have no letter beyond Latin-1
        byte[] narrow = new byte[chars];
        int high = 0;
        for (int i = 0; i < chars; i++) {
            narrow[i] = data[at + 2 * i];
            high |= data[at + 2 * i + 1];
        }
        if (high == 0) {
            return new String(narrow, StandardCharsets.ISO_8859_1);
        }
        char[] text = new char[chars];
        for (int i = 0; i < chars; i++) {
            text[i] = (char) (short) SHORT.get(data, at + 2 * i);
        }
        return new String(text);
    }
}
