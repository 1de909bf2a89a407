package org.salvor.backup.mtf;

import static org.salvor.backup.mtf.TapeWriter.little;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.salvor.backup.mtf.TapeWriter.Fields;
import org.salvor.backup.mtf.TapeWriter.Stream;

/** Writes the blocks of a set with what a backup program puts into them. */
final class SetWriter {
    static final int FAMILY = 0x4d3c2b1a;

    /** A security descriptor: owner Administrators, group Administrators, an empty list of rights. */
    static final byte[] SECURITY = HexFormat.of()
            .parseHex("010004801400000024000000000000003400000001020000000000052000000020020000"
                    + "010200000000000520000000200200000200080000000000");

    private static final int[] NONE = {};
    static final int[] MODIFIED = {2005, 3, 17, 14, 25, 36};
    static final int[] CREATED = {2004, 12, 31, 23, 59, 58};

    final TapeWriter tape;
    int fileId;
    int folderId;
    int vendor = 0x0cbe;
    int catalogue;
    int filemark;

    /** The places of filemarks, the latest first. */
    final java.util.List<Long> marks = new java.util.ArrayList<>();

    /** What the catalogue will tell: an entry for each set and each volume of it. */
    private final ByteArrayOutputStream map = new ByteArrayOutputStream();

    private final java.util.List<byte[]> volumes = new java.util.ArrayList<>();
    private int sets;
    private String setName = "";

    /** Whether ends of sets carry a catalogue. */
    boolean catalogued;

    SetWriter(TapeWriter tape) {
        this.tape = tape;
    }

    void tape(int attributes, int sequence, String name) {
        tape.outside("TAPE", attributes, tapeFields(sequence, name, ""));
    }

    Fields tapeFields(int sequence, String name, String password) {
        return tape.fields()
                .u32(FAMILY)
                .u32(filemark > 0 ? 1 : 0)
                .u16(sequence)
                .u16(password.isEmpty() ? 0 : 5)
                .u16(filemark / 512)
                .u16(catalogue)
                .text(name)
                .text("")
                .text(password)
                .text("Test writer 1.0")
                .u16(tape.logicalBlock)
                .u16(vendor)
                .date(MODIFIED)
                .u8(1);
    }

    /** @param zone in quarters of an hour from UTC; 127 for not told */
    void set(int attributes, int number, String name, String password, int zone, long address) {
        fileId = address == 0 ? 0 : fileId;
        folderId = address == 0 ? 0 : folderId;
        volumes.clear();
        setName = name;
        tape.start(attributes, setFields(number, name, password, zone), address);
    }

    void mark() {
        tape.filemark(filemark, marks.stream().mapToLong(Long::longValue).toArray());
        marks.addFirst((long) tape.position() - filemark);
    }

    /** TSMP: header, and for each set its entry and those of its volumes. */
    private Stream map(int number) {
        byte[] name = tape.encoded(setName);
        byte[] set = TapeWriter.join(
                little(91 + 1 + name.length, 2),
                little(1, 2),
                new byte[26],
                little(number, 2),
                new byte[28],
                little(volumes.size(), 2),
                little(0, 2),
                little(name.length, 2),
                little(92, 2),
                new byte[12],
                TapeWriter.date(MODIFIED),
                new byte[] {0, 14, 1, (byte) (tape.unicode ? 2 : 1), 0, 2, 0},
                name);
        map.writeBytes(set);
        volumes.forEach(map::writeBytes);
        sets++;
        return Stream.of("TSMP", TapeWriter.join(little(FAMILY, 4), little(sets, 2), little(0, 2), map.toByteArray()));
    }

    /** What the catalogue tells of a volume: a header of 36 bytes, fields, strings. */
    private byte[] catalogueOf(String device, String label) {
        byte[] first = tape.encoded(device);
        byte[] second = tape.encoded(label);
        byte[] third = tape.encoded("HOST");
        int strings = 62;
        return TapeWriter.join(
                little(strings + first.length + second.length + third.length, 2),
                "VOLB".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                new byte[26],
                new byte[] {14, 1, (byte) (tape.unicode ? 2 : 1), 0},
                little(4, 4),
                little(first.length, 2),
                little(strings, 2),
                little(second.length, 2),
                little(strings + first.length, 2),
                little(third.length, 2),
                little(strings + first.length + second.length, 2),
                new byte[4],
                TapeWriter.date(MODIFIED),
                new byte[1],
                first,
                second,
                third);
    }

    Fields setFields(int number, String name, String password, int zone) {
        return tape.fields()
                .u32(4)
                .u16(password.isEmpty() ? 0 : 5)
                .u16(0)
                .u16(vendor)
                .u16(number)
                .text(name)
                .text(name.isEmpty() ? "" : "about " + name)
                .text(password)
                .text("HOST\\ann")
                .u64(tape.position() / 512)
                .date(2005, 3, 18, 1, 2, 3)
                .u8(5)
                .u8(0)
                .u8(zone)
                .u8(0)
                .u8(0);
    }

    void volume(int attributes, String device, String label) {
        Fields fields =
                tape.fields().u32(4).text(device).text(label).text("HOST").date(MODIFIED);
        byte[] data = tape.osVersion == 0 ? new byte[0] : TapeWriter.join(little(0x1f, 4), little(0, 4));
        tape.block("VOLB", attributes, 0, fields, data);
        volumes.add(catalogueOf(device, label));
    }

    /** @param path with "/" between names; "" for the root */
    int folder(int attributes, String path, Stream... streams) {
        folderId++;
        return folderAgain(attributes, path, streams);
    }

    int folderAgain(int attributes, String path, Stream... streams) {
        byte[] name = tape.encoded(path.replace('/', '\0') + '\0');
        boolean fits = name.length < tape.logicalBlock / 2;
        Fields fields = tape.fields()
                .u32(fits ? 0 : 1 << 17)
                .date(MODIFIED)
                .date(CREATED)
                .date(NONE)
                .date(NONE)
                .u32(folderId)
                .address(fits ? name : new byte[0]);
        byte[] data = tape.osVersion == 0 ? little(0x10, 4) : TapeWriter.join(little(0x10, 4), little(0, 4));
        return tape.block(
                "DIRB", attributes, 0, fields, data, fits ? streams : first(Stream.of("PNAM", name), streams));
    }

    int file(String name, long displayed, Stream... streams) {
        fileId++;
        return fileAgain(0, name, displayed, 0x20, 0, streams);
    }

    /** @param flags of Windows NT: 1 is a link to a file that was written before */
    int fileAgain(int attributes, String name, long displayed, int windows, int flags, Stream... streams) {
        byte[] encoded = tape.encoded(name);
        boolean fits = encoded.length < tape.logicalBlock / 4;
        Fields fields = fileFields(fits ? 0x800 : 0x800 | 1 << 17, folderId, fileId, fits ? encoded : new byte[0]);
        return tape.block(
                "FILE",
                attributes,
                displayed,
                fields,
                windows(windows, flags),
                fits ? streams : first(Stream.of("FNAM", encoded), streams));
    }

    Fields fileFields(int attributes, int folder, int file, byte[] name) {
        return tape.fields()
                .u32(attributes)
                .date(MODIFIED)
                .date(CREATED)
                .date(NONE)
                .date(2005, 3, 17, 15, 0, 0)
                .u32(folder)
                .u32(file)
                .address(name);
    }

    byte[] windows(int attributes, int flags) {
        byte[] shortName = little(0, 4);
        return tape.osVersion == 0
                ? TapeWriter.join(little(attributes, 4), shortName, little(flags, 2), little(0, 2))
                : TapeWriter.join(little(attributes, 4), shortName, little(flags, 4));
    }

    static Stream[] first(Stream one, Stream... others) {
        Stream[] all = new Stream[others.length + 1];
        all[0] = one;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /** CFIL. */
    void corrupt(int bits, long offset, int stream) {
        tape.block("CFIL", 0, 0, tape.fields().u32(bits).u64(0).u64(offset).u16(stream), new byte[0]);
    }

    void end(int number, int corrupt, int attributes) {
        tape.reserved = filemark;
        tape.block("ESPB", 0, 0, tape.fields(), new byte[0]);
        tape.reserved = 0;
        if (filemark > 0) {
            mark();
        }
        Fields fields = tape.fields()
                .u32(4)
                .u32(corrupt)
                .u64(0)
                .u64(0)
                .u16(1)
                .u16(number)
                .date(MODIFIED);
        tape.block("ESET", attributes, 0, fields, new byte[0], catalogued ? new Stream[] {map(number)} : new Stream[0]);
        if (filemark > 0) {
            mark();
        }
    }

    static Stream security() {
        return Stream.of("NACL", SECURITY).files(2);
    }

    /** SPAR: a block of a sparse file. */
    static Stream sparse(long offset, byte[] data) {
        return Stream.of("SPAR", TapeWriter.join(little(offset, 8), data));
    }

    /** Bytes that differ from each other and do not pack. */
    static byte[] noise(int length, int seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] text(String words, int length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; all.size() < length; i++) {
            all.writeBytes((words + " " + i % 97 + ". ").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return java.util.Arrays.copyOf(all.toByteArray(), length);
    }

    /**
     * A stream packed in pieces.
     *
     * @param carry whether copies may reach into the piece before
     * @param tell whether the pieces tell how much is left
     */
    static byte[] packed(byte[] plain, int piece, boolean carry, boolean tell) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int sequence = 1;
        for (int at = 0; at < plain.length; at += piece) {
            int to = Math.min(plain.length, at + piece);
            byte[] data = LzsPacker.pack(plain, at, to, carry ? 0 : at);
            if (data.length >= to - at) {
                data = java.util.Arrays.copyOfRange(plain, at, to);
            }
            all.writeBytes(frame(tell ? plain.length - at : 0, to - at, data, sequence++));
        }
        return all.toByteArray();
    }

    static byte[] frame(long left, int unpacked, byte[] data, int sequence) {
        byte[] head = TapeWriter.join(
                new byte[] {'F', 'H'},
                little(0, 2),
                little(left, 8),
                little(unpacked, 4),
                little(data.length, 4),
                little(sequence, 1),
                little(0, 1));
        return TapeWriter.join(head, little(TapeWriter.words(head, 22), 2), data);
    }
}
