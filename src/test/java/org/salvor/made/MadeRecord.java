package org.salvor.made;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A FILE record of 1 KiB (docs/formats/ntfs.md, sections 2 and 3) with whatever attributes a test wants in it. */
public final class MadeRecord {
    public static final int SIZE = 1024;
    public static final int ROOT = 5;

    /** 2020-01-01, in units of 100 ns since 1601. */
    private static final long TIME = 132_223_104_000_000_000L;

    private static final int FIRST_ATTRIBUTE = 0x38;
    private static final int IN_USE = 1;
    private static final int FOLDER = 2;

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private int at = FIRST_ATTRIBUTE;
    private int nextId;

    private MadeRecord(long number, int sequence, int flags) {
        bytes.putInt(0, 0x454c4946)
                .putShort(4, (short) 0x30)
                .putShort(6, (short) 3)
                .putShort(0x10, (short) sequence)
                .putShort(0x12, (short) 1)
                .putShort(0x14, (short) FIRST_ATTRIBUTE)
                .putShort(0x16, (short) flags)
                .putInt(0x1c, SIZE)
                .putInt(0x2c, (int) number);
    }

    public static MadeRecord file(long number, int sequence) {
        return new MadeRecord(number, sequence, IN_USE);
    }

    public static MadeRecord folder(long number, int sequence) {
        return new MadeRecord(number, sequence, IN_USE | FOLDER);
    }

    public static MadeRecord deleted(long number, int sequence) {
        return new MadeRecord(number, sequence, 0);
    }

    /** How other records quote this one. */
    public static long reference(long number, int sequence) {
        return (long) sequence << 48 | number;
    }

    /** Makes it an extension of another record. */
    public MadeRecord of(long baseReference) {
        bytes.putLong(0x20, baseReference);
        return this;
    }

    public MadeRecord standard() {
        ByteBuffer value = value(0x48);
        for (int i = 0; i < 4; i++) {
            value.putLong(TIME);
        }
        return resident(0x10, "", value.putInt(0x20).array());
    }

    public MadeRecord name(long parentReference, String name) {
        ByteBuffer value = value(0x42 + 2 * name.length()).putLong(parentReference);
        for (int i = 0; i < 4; i++) {
            value.putLong(TIME);
        }
        value.position(0x40);
        value.put((byte) name.length()).put((byte) 1).put(name.getBytes(StandardCharsets.UTF_16LE));
        return resident(0x30, "", value.array());
    }

    public MadeRecord data(byte[] content) {
        return resident(0x80, "", content);
    }

    /** @param runs as they lie on disk, in hexadecimal; the end marker is added */
    public MadeRecord data(long size, String runs) {
        return data("", 0, size, runs);
    }

    public MadeRecord data(String stream, long lowestVcn, long size, String runs) {
        return nonResident(0x80, stream, lowestVcn, size, runs);
    }

    public MadeRecord reparse(byte[] data) {
        return resident(0xc0, "", data);
    }

    /** One line of an attribute list. */
    public record Entry(int type, long lowestVcn, long reference) {}

    public MadeRecord list(Entry... entries) {
        return resident(0x20, "", listed(entries));
    }

    /** The bytes of an attribute list, for one that lies in clusters. */
    public static byte[] listed(Entry... entries) {
        ByteBuffer value = value(0x20 * entries.length);
        for (Entry entry : entries) {
            int start = value.position();
            value.putInt(entry.type()).putShort((short) 0x20).put((byte) 0).put((byte) 0x1a);
            value.putLong(entry.lowestVcn()).putLong(entry.reference());
            value.position(start + 0x20);
        }
        return value.array();
    }

    public MadeRecord resident(int type, String name, byte[] value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
        int from = 0x18 + (text.length + 7 & ~7);
        int start = begin(type, from + value.length, name, 0x18);
        bytes.putInt(start + 0x10, value.length).putShort(start + 0x14, (short) from);
        bytes.put(start + 0x18, text).put(start + from, value);
        return this;
    }

    public MadeRecord nonResident(int type, String name, long lowestVcn, long size, String runs) {
        byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
        byte[] encoded = HexFormat.of().parseHex(runs.replace(" ", "") + "00");
        int from = 0x40 + (text.length + 7 & ~7);
        int start = begin(type, from + encoded.length, name, 0x40);
        bytes.put(start + 8, (byte) 1);
        bytes.putLong(start + 0x10, lowestVcn).putLong(start + 0x18, lowestVcn + Math.ceilDiv(size, 4096L) - 1);
        bytes.putShort(start + 0x20, (short) from);
        bytes.putLong(start + 0x28, Math.ceilDiv(size, 4096L) * 4096)
                .putLong(start + 0x30, size)
                .putLong(start + 0x38, size);
        bytes.put(start + 0x40, text).put(start + from, encoded);
        return this;
    }

    private int begin(int type, int length, String name, int nameOffset) {
        int start = at;
        int whole = length + 7 & ~7;
        bytes.putInt(start, type).putInt(start + 4, whole).put(start + 9, (byte) name.length());
        bytes.putShort(start + 0x0a, (short) nameOffset).putShort(start + 0x0e, (short) nextId++);
        at += whole;
        return start;
    }

    /** The record as it lies on disk, its fixups in place. */
    public byte[] bytes() {
        bytes.putInt(at, -1).putInt(0x18, at + 8);
        byte[] done = bytes.array().clone();
        return protectedBy(done, 1);
    }

    /** Puts fixups in place: the check number at the end of each 512 bytes, and what was there into the array at 0x30. */
    static byte[] protectedBy(byte[] record, int check) {
        record[0x30] = (byte) check;
        record[0x31] = 0;
        for (int block = 1; block <= record.length / 512; block++) {
            int end = block * 512 - 2;
            record[0x30 + 2 * block] = record[end];
            record[0x31 + 2 * block] = record[end + 1];
            record[end] = (byte) check;
            record[end + 1] = 0;
        }
        return record;
    }

    private static ByteBuffer value(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
