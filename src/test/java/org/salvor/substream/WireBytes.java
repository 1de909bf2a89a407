package org.salvor.substream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Sequences of WIN32_STREAM_ID streams, put together by hand from the specification, not by the writer under test. */
public final class WireBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public WireBytes stream(int id, int attributes, String name, byte[] payload) {
        return header(id, attributes, payload.length, name).raw(payload);
    }

    public WireBytes header(int id, int attributes, long size, String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(id).putInt(attributes).putLong(size).putInt(encoded.length);
        return raw(head.array()).raw(encoded);
    }

    public WireBytes data(byte[] payload) {
        return stream(1, 0, "", payload);
    }

    public WireBytes named(String name, byte[] payload) {
        return stream(4, 0, ":" + name + ":$DATA", payload);
    }

    public WireBytes security() {
        return stream(3, 2, "", descriptor());
    }

    public WireBytes block(long offset, byte[] payload) {
        ByteBuffer all = ByteBuffer.allocate(8 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        return stream(9, 8, "", all.putLong(offset).put(payload).array());
    }

    public WireBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    public WireBytes hex(String digits) {
        return raw(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A security descriptor as Windows writes it: self-relative, Administrators own it, everybody may read (MS-DTYP 2.4.6). */
    public static byte[] descriptor() {
        return HexFormat.of()
                .parseHex("0100048014000000240000000000000034000000"
                        + "01020000000000052000000020020000"
                        + "01020000000000052000000020020000"
                        + "02001c0001000000000014009f011200010100000000000100000000");
    }

    /** A reparse point: tag, length of what follows the header, two reserved bytes. */
    public static byte[] reparse(int tag, byte[] data) {
        return ByteBuffer.allocate(8 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tag)
                .putShort((short) data.length)
                .putShort((short) 0)
                .put(data)
                .array();
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
