package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fixed parts of a raw export (docs/formats/efs.md, section 1): marks, lengths, and the headers as they are written. */
final class RawLayout {
    static final String MAIN_STREAM = "::$DATA";
    static final String DATA_TYPE = ":$DATA";

    /** 00 01 00 00, "ROBS" in UTF-16, 8 reserved bytes. */
    static final int FILE_HEADER = 20;

    /** Length, "NTFS" in UTF-16, flag, 8 reserved bytes, length of the name; the name follows. */
    static final int STREAM_HEADER = 28;

    /** Length, "GURE" in UTF-16, 4 reserved bytes. */
    static final int SEGMENT_HEADER = 16;

    /** The encryption header behind a segment header, up to its block sizes. */
    static final int ENCRYPTION_HEADER = 28;

    /** As Windows writes them, the bytes of an encrypted segment begin here. */
    static final int DATA_OFFSET = 512;

    /** And there are at most so many. */
    static final int MAX_DATA = 64 << 10;

    static final int FLAG_PLAIN = 1;
    static final int SPARSE = 1;

    private static final int EXTENDED_HEADER = 16;
    private static final byte[] FILE_MARK = mark("ROBS");
    private static final byte[] STREAM_MARK = mark("NTFS");
    private static final byte[] SEGMENT_MARK = mark("GURE");
    private static final byte[] EXTENDED_MARK = "EXTD".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] METADATA_NAME = {0x10, 0x19};

    private RawLayout() {}

    private static byte[] mark(String letters) {
        return letters.getBytes(StandardCharsets.UTF_16LE);
    }

    /** Whether a file that begins so is a raw export. */
    static boolean begins(byte[] head) {
        return head.length >= 12 && number(head, 0) == 0x100 && at(head, 4, FILE_MARK);
    }

    static boolean stream(byte[] head) {
        return at(head, 4, STREAM_MARK);
    }

    static boolean segment(byte[] head) {
        return at(head, 4, SEGMENT_MARK);
    }

    static boolean metadata(byte[] name) {
        return name.length == METADATA_NAME.length && at(name, 0, METADATA_NAME);
    }

    static boolean extended(byte[] bytes, int at) {
        return at + EXTENDED_HEADER <= bytes.length
                && at(bytes, at, EXTENDED_MARK)
                && number(bytes, at + 4) == EXTENDED_HEADER;
    }

    private static boolean at(byte[] bytes, int from, byte[] mark) {
        return bytes.length >= from + mark.length
                && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The file header, and the stream that holds the key record. */
    static byte[] start(byte[] metadata) {
        ByteBuffer out = bytes(FILE_HEADER + STREAM_HEADER + METADATA_NAME.length + SEGMENT_HEADER + metadata.length);
        out.putInt(0x100).put(FILE_MARK).putLong(0);
        streamHeader(out, 0, METADATA_NAME);
        segmentHeader(out, SEGMENT_HEADER + metadata.length);
        return out.put(metadata).array();
    }

    /** @param name without colons, empty for the main stream */
    static byte[] stream(String name, boolean encrypted) {
        byte[] whole = (name.isEmpty() ? MAIN_STREAM : ":" + name + DATA_TYPE).getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer out = bytes(STREAM_HEADER + whole.length);
        streamHeader(out, encrypted ? 0 : FLAG_PLAIN, whole);
        return out.array();
    }

    private static void streamHeader(ByteBuffer out, int flag, byte[] name) {
        out.putInt(STREAM_HEADER + name.length).put(STREAM_MARK).putInt(flag).putLong(0);
        out.putInt(name.length).put(name);
    }

    private static void segmentHeader(ByteBuffer out, int length) {
        out.putInt(length).put(SEGMENT_MARK).putInt(0);
    }

    /** The header of a segment of a stream that is not encrypted. */
    static byte[] plainSegment(int length) {
        ByteBuffer out = bytes(SEGMENT_HEADER);
        segmentHeader(out, SEGMENT_HEADER + length);
        return out.array();
    }

    /**
     * Everything of an encrypted segment before its data.
     *
     * @param start of its data in the stream
     * @param length of its data, a multiple of 512
     * @param inSize how much of it lies inside the stream's size
     * @param inValid how much of it lies inside the valid data length
     * @param unit size of a data unit; at least {@code length}
     */
    static byte[] encryptedSegment(
            long start, int length, int inSize, int inValid, int unit, int clusterSize, boolean sparse) {
        ByteBuffer out = bytes(DATA_OFFSET);
        segmentHeader(out, DATA_OFFSET + length);
        int unitShift = shift(unit);
        out.putLong(start).putInt(DATA_OFFSET - SEGMENT_HEADER).putInt(inSize).putInt(inValid);
        out.putShort((short) 0).put((byte) unitShift).put((byte) unitShift);
        out.put((byte) shift(clusterSize)).put((byte) 1);
        out.putShort((short) 1).putInt(length);
        out.put(EXTENDED_MARK)
                .putInt(EXTENDED_HEADER)
                .putInt(sparse ? SPARSE : 0)
                .putInt(0);
        return out.array();
    }

    /** log2, rounded up. */
    static int shift(int size) {
        return 32 - Integer.numberOfLeadingZeros(size - 1);
    }
}
