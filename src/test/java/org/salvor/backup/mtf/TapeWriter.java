package org.salvor.backup.mtf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes media of the Microsoft Tape Format 1.00a from the tables of its specification. Shares nothing with the reader, so that a wrong offset
 * in one of them shows. The same calls give the same bytes.
 */
final class TapeWriter {
    static final int CONTINUATION = 1;
    static final int SPARSE = 8;
    static final int CONTINUE = 1;
    static final int VARIABLE = 2;
    static final int VAR_END = 4;
    static final int ENCRYPTED = 8;
    static final int COMPRESSED = 0x10;
    static final int CHECKSUMED = 0x20;
    static final int EMBEDDED_LENGTH = 0x40;
    static final int LZS = 0x0abe;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final int logicalBlock;
    final boolean unicode;

    /** Of names that are not Unicode. */
    Charset ansi = Charset.forName("windows-1252");

    /** Windows NT; the version of its data. */
    int osVersion = 1;

    /** Where the current set counts from. */
    private int base;

    private int control;
    private boolean padding = true;

    /** So many bytes of the last logical block are left for a filemark. */
    int reserved;

    TapeWriter(int logicalBlock, boolean unicode) {
        this.logicalBlock = logicalBlock;
        this.unicode = unicode;
    }

    /** One stream as it is written: its length may be told otherwise than it is. */
    record Stream(String id, int fileAttributes, int mediaAttributes, byte[] data, int compression, long told) {
        static Stream of(String id, byte[] data) {
            return new Stream(id, 0, 0, data, 0, data.length);
        }

        static Stream of(String id, int mediaAttributes, byte[] data) {
            return new Stream(id, 0, mediaAttributes, data, 0, data.length);
        }

        Stream files(int attributes) {
            return new Stream(id, attributes, mediaAttributes, data, compression, told);
        }

        Stream packed() {
            return new Stream(id, fileAttributes, mediaAttributes | COMPRESSED, data, LZS, told);
        }

        Stream method(int method) {
            return new Stream(id, fileAttributes, mediaAttributes | COMPRESSED, data, method, told);
        }

        Stream telling(long length) {
            return new Stream(id, fileAttributes, mediaAttributes, data, compression, length);
        }
    }

    /** The fields of a block behind its header; strings and data of variable length go behind all of them. */
    final class Fields {
        private final ByteArrayOutputStream fixed = new ByteArrayOutputStream();
        private final List<byte[]> blobs = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        Fields u8(int value) {
            fixed.write(value);
            return this;
        }

        Fields u16(int value) {
            return u8(value & 0xff).u8(value >> 8 & 0xff);
        }

        Fields u32(long value) {
            return u16((int) value & 0xffff).u16((int) (value >> 16) & 0xffff);
        }

        Fields u64(long value) {
            return u32(value & 0xffffffffL).u32(value >>> 32);
        }

        /** Year, month, day, hour, minute, second; all 0 for none. */
        Fields date(int... parts) {
            fixed.writeBytes(TapeWriter.date(parts));
            return this;
        }

        Fields text(String text) {
            return address(encoded(text));
        }

        /** The address of bytes. */
        Fields address(byte[] bytes) {
            places.add(fixed.size());
            blobs.add(bytes);
            return u32(0);
        }
    }

    Fields fields() {
        return new Fields();
    }

    static byte[] date(int... parts) {
        long bits = parts.length == 0
                ? 0
                : (long) parts[0] << 26
                        | (long) parts[1] << 22
                        | (long) parts[2] << 17
                        | (long) parts[3] << 12
                        | (long) parts[4] << 6
                        | parts[5];
        return new byte[] {
            (byte) (bits >> 32), (byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits
        };
    }

    byte[] encoded(String text) {
        return text.getBytes(unicode ? StandardCharsets.UTF_16LE : ansi);
    }

    int position() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Any bytes, between blocks. */
    void raw(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** Zeros over what was written there. */
    void clear(int from, int to) {
        byte[] all = out.toByteArray();
        java.util.Arrays.fill(all, from, to, (byte) 0);
        out.reset();
        out.writeBytes(all);
    }

    /** From here on blocks have no streams of their own to pad them: as programs before 1.00a wrote them. */
    void withoutPadding() {
        padding = false;
    }

    /** A block that is not part of a set: TAPE, EOTM. */
    void outside(String type, int attributes, Fields fields, Stream... streams) {
        write(type, attributes, 0, 0, 0, fields, new byte[0], streams);
    }

    /** The first block of a set: the counting begins anew. */
    void start(int attributes, Fields fields, long address, Stream... streams) {
        base = position() - (int) address * logicalBlock;
        control = (int) address;
        block("SSET", attributes, 0, fields, new byte[0], streams);
    }

    /** A block of a set. @return where it lies */
    int block(String type, int attributes, long displayed, Fields fields, byte[] osData, Stream... streams) {
        int at = position();
        if ((at - base) % logicalBlock != 0) {
            throw new IllegalStateException(type + " at " + at + " is not aligned");
        }
        write(type, attributes, displayed, (at - base) / logicalBlock, control++, fields, osData, streams);
        return at;
    }

    private void write(
            String type,
            int attributes,
            long displayed,
            long address,
            int id,
            Fields fields,
            byte[] osData,
            Stream... streams) {
        byte[] block = assemble(type, attributes, displayed, address, id, fields, osData);
        out.writeBytes(block);
        if (!padding && streams.length == 0) {
            // what follows is the next block: the header tells where
            int next = (block.length + logicalBlock - 1) / logicalBlock * logicalBlock;
            byte[] all = java.util.Arrays.copyOf(block, next);
            ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) next);
            checksum(all);
            byte[] before = java.util.Arrays.copyOf(out.toByteArray(), out.size() - block.length);
            out.reset();
            out.writeBytes(before);
            out.writeBytes(all);
            return;
        }
        for (Stream stream : streams) {
            stream(stream);
        }
        if (padding) {
            pad();
        } else {
            align(logicalBlock);
        }
    }

    private byte[] assemble(
            String type, int attributes, long displayed, long address, int id, Fields fields, byte[] osData) {
        int head = 52 + fields.fixed.size();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        ByteBuffer fixed = ByteBuffer.wrap(fields.fixed.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < fields.blobs.size(); i++) {
            byte[] blob = fields.blobs.get(i);
            if (blob.length > 0) {
                even(tail, head);
                fixed.putShort(fields.places.get(i), (short) blob.length);
                fixed.putShort(fields.places.get(i) + 2, (short) (head + tail.size()));
                tail.writeBytes(blob);
            }
        }
        while ((head + tail.size()) % 4 != 0) {
            tail.write(0);
        }
        int osOffset = osData.length == 0 ? 0 : head + tail.size();
        tail.writeBytes(osData);
        while ((head + tail.size()) % 4 != 0) {
            tail.write(0);
        }
        ByteBuffer block = ByteBuffer.allocate(head + tail.size()).order(ByteOrder.LITTLE_ENDIAN);
        block.put(type.getBytes(StandardCharsets.US_ASCII));
        block.putInt(attributes)
                .putShort((short) block.capacity())
                .put((byte) 14)
                .put((byte) osVersion);
        block.putLong(displayed)
                .putLong(address)
                .putShort((short) 0)
                .put(new byte[6])
                .putInt(id)
                .putInt(0);
        block.putShort((short) osData.length).putShort((short) osOffset);
        block.put((byte) (unicode ? 2 : 1)).put((byte) 0).putShort((short) 0);
        block.put(fixed.array()).put(tail.toByteArray());
        checksum(block.array());
        return block.array();
    }

    private static void even(ByteArrayOutputStream tail, int head) {
        while ((head + tail.size()) % 2 != 0) {
            tail.write(0);
        }
    }

    /** The checksum of a block's header, at 50. */
    static void checksum(byte[] block) {
        ByteBuffer fields = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        short sum = 0;
        for (int i = 0; i < 50; i += 2) {
            sum ^= fields.getShort(i);
        }
        fields.putShort(50, sum);
    }

    /** A stream: its header at a multiple of four, its bytes. */
    void stream(Stream stream) {
        align(4);
        header(stream);
        out.writeBytes(stream.data());
    }

    void header(Stream stream) {
        ByteBuffer header = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        header.put(stream.id().getBytes(StandardCharsets.US_ASCII));
        header.putShort((short) stream.fileAttributes()).putShort((short) stream.mediaAttributes());
        header.putLong(stream.told()).putShort((short) 0).putShort((short) stream.compression());
        header.putShort(words(header.array(), 20));
        out.writeBytes(header.array());
    }

    static short words(byte[] bytes, int count) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        short sum = 0;
        for (int i = 0; i < count; i += 2) {
            sum ^= words.getShort(i);
        }
        return sum;
    }

    void align(int to) {
        while ((position() - base) % to != 0) {
            out.write(0);
        }
    }

    /** The last stream of a block: zeros up to the next logical block. */
    private void pad() {
        align(4);
        int behind = position() + 22 + reserved - base;
        int length = (logicalBlock - behind % logicalBlock) % logicalBlock;
        stream(Stream.of("SPAD", new byte[length]));
    }

    /** A soft filemark. */
    void filemark(int size, long... earlier) {
        Fields fields = fields().u32((size - 60) / 8).u32(earlier.length);
        for (long mark : earlier) {
            fields.u64(mark);
        }
        int at = position();
        byte[] block = assemble("SFMB", 0, 0, at / 512, earlier.length + 1, fields, new byte[0]);
        byte[] all = java.util.Arrays.copyOf(block, size);
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) size);
        checksum(all);
        out.writeBytes(all);
    }

    /** The checksum of a stream's bytes. */
    static Stream sum(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        while (all.size() % 4 != 0) {
            all.write(0);
        }
        ByteBuffer words = ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        while (words.hasRemaining()) {
            sum ^= words.getInt();
        }
        return Stream.of("CSUM", little(sum, 4));
    }

    static byte[] little(long value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The bytes of a named stream, ":name:$DATA" before its content. */
    static byte[] named(String name, byte[] content) {
        byte[] told = (":" + name + ":$DATA").getBytes(StandardCharsets.UTF_16LE);
        return join(little(told.length, 4), told, content);
    }
}
