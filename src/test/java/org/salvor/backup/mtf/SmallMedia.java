package org.salvor.backup.mtf;

import static org.salvor.backup.mtf.SetWriter.noise;
import static org.salvor.backup.mtf.SetWriter.security;
import static org.salvor.backup.mtf.SetWriter.sparse;
import static org.salvor.backup.mtf.SetWriter.text;
import static org.salvor.backup.mtf.TapeWriter.join;
import static org.salvor.backup.mtf.TapeWriter.little;
import static org.salvor.backup.mtf.TapeWriter.named;
import static org.salvor.backup.mtf.TapeWriter.sum;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.salvor.backup.mtf.TapeWriter.Stream;

/** Small media that between them have everything the format knows, made anew at each call. */
public final class SmallMedia {
    public static final byte[] HELLO = ascii("Hello, tape.\r\n");
    public static final byte[] BINARY = noise(5000, 1);
    static final byte[] ZONE = ascii("[ZoneTransfer]\r\nZoneId=3\r\n");
    static final byte[] ATTRIBUTES = join(little(0, 4), new byte[] {0, 4}, little(3, 2), ascii("NAME\0"), ascii("val"));
    static final byte[] OBJECT_ID = noise(64, 2);
    static final byte[] LINK = join(little(0xa000000cL, 4), little(4, 2), little(0, 2), ascii("abcd"));
    static final byte[] EFS = noise(3000, 3);
    static final byte[] SPARSE_HEAD = noise(70_000, 4);
    static final byte[] TAIL = ascii("tail");
    public static final int SPARSE_SIZE = (1 << 20) + 4;
    static final byte[] PACKABLE = text("The quick brown fox", 150_000);
    static final int PIECE = 62 * 1024;
    public static final byte[] SPANNED = noise(9000, 5);

    /** All of them by name; most are one file. */
    static final Map<String, Supplier<List<byte[]>>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("two-sets", () -> List.of(twoSets(1024, true)));
        ALL.put("ansi", () -> List.of(ansi()));
        ALL.put("filemarks", () -> List.of(filemarks()));
        ALL.put("packed", () -> List.of(packed()));
        ALL.put("pieces", () -> List.of(pieces()));
        ALL.put("then-unreadable", () -> List.of(thenUnreadable()));
        ALL.put("wrong-checksums", () -> List.of(wrongChecksums()));
        ALL.put("spanned", SmallMedia::spanned);
        ALL.put("databases", () -> List.of(databases()));
        ALL.put("old", () -> List.of(old()));
        ALL.put("odd", () -> List.of(odd()));
        ALL.put("locked", () -> List.of(locked()));
    }

    private SmallMedia() {}

    /** The files of one of them. */
    public static List<byte[]> files(String name) {
        Supplier<List<byte[]>> known = ALL.get(name);
        if (known == null) {
            throw new IllegalArgumentException("no medium " + name);
        }
        return known.get();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Two sets, three volumes, every kind of stream of Windows NT, an empty folder, a link, a sparse file. */
    public static byte[] twoSets(int logicalBlock, boolean unicode) {
        SetWriter set = new SetWriter(new TapeWriter(logicalBlock, unicode));
        set.tape(0, 1, "Media one");
        set.set(0, 1, "Monday", "", -20, 0);
        set.volume(0, "C:", "SYSTEM");
        set.folder(0, "", security());
        set.file("hello.txt", HELLO.length, security(), Stream.of("STAN", HELLO));
        set.folder(0, "docs/sub", security());
        set.file(
                "all.bin",
                BINARY.length,
                security(),
                sum(SetWriter.SECURITY),
                Stream.of("NTEA", ATTRIBUTES),
                Stream.of("STAN", TapeWriter.CHECKSUMED, BINARY),
                sum(BINARY),
                Stream.of("ADAT", TapeWriter.CHECKSUMED, named("Zone.Identifier", ZONE)),
                sum(named("Zone.Identifier", ZONE)),
                Stream.of("ADAT", named("odd", ascii("odd"))),
                Stream.of("NTOI", OBJECT_ID),
                Stream.of("NTPR", ascii("property")),
                Stream.of("NTQU", ascii("quota")));
        set.file("empty.dat", 0, security(), Stream.of("STAN", new byte[0]));
        set.file("nothing.dat", 0, security());
        set.file("link", 0, security(), Stream.of("NTRP", LINK));
        set.fileId++;
        set.fileAgain(0, "second-name.bin", BINARY.length, 0x20, 1, security());
        set.folder(0, "docs/empty", security(), Stream.of("ADAT", named("note", ascii("of a folder"))));
        set.volume(0, "E:", "EMPTY");
        set.volume(0, "D:", "DATA");
        set.folder(0, "");
        set.file(
                "sparse.bin",
                SPARSE_SIZE,
                Stream.of("STAN", new byte[0]).files(TapeWriter.SPARSE),
                sparse(0, SPARSE_HEAD),
                sum(little(0, 8), SPARSE_HEAD),
                sparse(1 << 20, TAIL),
                sum(little(1 << 20, 8), TAIL));
        set.file(
                "holes-only.bin",
                1 << 20,
                Stream.of("STAN", new byte[0]).files(TapeWriter.SPARSE),
                sparse(1 << 20, new byte[0]));
        set.end(1, 0, 0);
        set.set(0, 2, "Tuesday", "", 127, 0);
        set.volume(0, "C:", "SYSTEM");
        set.folder(0, "");
        set.file("hello.txt", 3, Stream.of("STAN", ascii("new")));
        set.file("secret.txt", 100, Stream.of("NTED", EFS));
        set.end(2, 0, 0);
        return set.tape.bytes();
    }

    /** What Backup Exec writes for further names of files: a LINK stream with the path of the first, and no content. */
    static byte[] otherNames() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Names");
        set.set(0, 1, "Names", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("before.txt", HELLO.length, path("C:\\Docs\\First.txt"));
        set.folder(0, "Docs", security());
        set.file("First.txt", HELLO.length, security(), Stream.of("STAN", HELLO));
        set.file("same.txt", 0, path("\\docs\\first.TXT"));
        set.file("chain.txt", 0, path("\\\\?\\C:\\Docs\\same.txt"));
        set.file("gone.txt", HELLO.length, path("\\Docs\\gone first.txt"));
        set.file("out.txt", 0, path("\\Docs\\..\\..\\First.txt"));
        set.file("self.txt", 0, path("\\Docs\\self.txt"));
        set.volume(0, "D:", "");
        set.folder(0, "Docs");
        set.file("elsewhere.txt", 0, path("\\Docs\\First.txt"));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    private static Stream path(String path) {
        return Stream.of("LINK", (path + "\0").getBytes(StandardCharsets.UTF_16LE));
    }

    static final String LONG_NAME = "Läng".repeat(60) + ".txt";
    static final String LONG_PATH = "a/" + "Größe-and-more-of-it/".repeat(20) + "end";

    /** Single-byte strings, small logical blocks, the older data of Windows NT, names too long for their blocks. */
    static byte[] ansi() {
        TapeWriter tape = new TapeWriter(512, false);
        tape.osVersion = 0;
        SetWriter set = new SetWriter(tape);
        set.tape(0, 1, "Bänder");
        set.set(0, 1, "Täglich", "", 4, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("Übung€.txt", HELLO.length, Stream.of("STAN", HELLO));
        set.file(LONG_NAME, 4, security(), Stream.of("STAN", ascii("long")));
        set.folder(0, LONG_PATH, security());
        set.file("deep.txt", 4, Stream.of("STAN", ascii("deep")));
        set.fileId++;
        set.fileAgain(0, "linked.txt", 4, 0x21, 1, Stream.of("STAN", ascii("deep")));
        set.end(1, 0, 0);
        return tape.bytes();
    }

    /** A folder, by the first name, and two files in it, with their names in a code page. */
    public static byte[] inCodePage(String page, String... names) {
        TapeWriter tape = new TapeWriter(1024, false);
        tape.ansi = Charset.forName(page);
        SetWriter set = new SetWriter(tape);
        set.tape(0, 1, names[0]);
        set.set(0, 1, names[0], "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, names[0]);
        set.file(names[1], HELLO.length, Stream.of("STAN", HELLO));
        set.file(names[2], HELLO.length, Stream.of("STAN", HELLO));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    /** Soft filemarks and a catalogue: the set begins at 0x600, at no multiple of its logical blocks. */
    static byte[] filemarks() {
        return filemarks(true);
    }

    static byte[] filemarks(boolean catalogued) {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.filemark = 512;
        set.catalogued = catalogued;
        set.tape(0, 1, "Marks");
        set.mark();
        set.set(0, 1, "Marked", "", 0, 0);
        set.volume(0, "C:", "System");
        set.folder(0, "");
        set.file("a.bin", BINARY.length, Stream.of("STAN", BINARY));
        set.volume(0, "D:", "Data");
        set.folder(0, "");
        set.file("d.bin", BINARY.length, Stream.of("STAN", BINARY));
        set.end(1, 2, 0);
        set.set(0, 2, "Marked again", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("b.bin", BINARY.length, Stream.of("STAN", BINARY));
        set.end(2, 0, 1 << 18);
        return set.tape.bytes();
    }

    /** LZS: pieces with and without history, stored ones, a named stream, sizes told and not told, checksums of both kinds. */
    static byte[] packed() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        int compression = 1 << 2;
        set.tape(0, 1, "Packed");
        set.set(compression, 1, "Packed", "", 0, 0);
        set.volume(compression, "C:", "");
        set.folder(compression, "");
        byte[] plain = SetWriter.packed(PACKABLE, PIECE, false, true);
        byte[] carried = SetWriter.packed(PACKABLE, PIECE, true, false);
        byte[] stored = SetWriter.packed(BINARY, PIECE, false, true);
        byte[] zone = SetWriter.packed(named("Zone.Identifier", ZONE), PIECE, false, true);
        set.file(
                "text.txt",
                PACKABLE.length,
                Stream.of("STAN", TapeWriter.CHECKSUMED, plain).packed(),
                sum(PACKABLE),
                Stream.of("ADAT", zone).packed());
        set.file(
                "carried.txt",
                PACKABLE.length,
                Stream.of("STAN", TapeWriter.CHECKSUMED, carried).packed(),
                sum(carried));
        set.file("stored.bin", BINARY.length, Stream.of("STAN", stored).packed());
        byte[] head = SetWriter.packed(Arrays.copyOf(PACKABLE, 70_000), PIECE, false, true);
        set.file(
                "pieces.txt",
                PACKABLE.length,
                Stream.of("STAN", TapeWriter.VARIABLE, Arrays.copyOf(plain, 1000))
                        .packed(),
                Stream.of(
                                "STAN",
                                TapeWriter.VARIABLE | TapeWriter.VAR_END,
                                Arrays.copyOfRange(plain, 1000, plain.length))
                        .packed());
        byte[] damaged = head.clone();
        damaged[FRAME_HEADER + 40] ^= 0x55;
        damaged[FRAME_HEADER + 41] ^= 0x55;
        damaged[FRAME_HEADER + 900] ^= 0x77;
        set.file("damaged.txt", 70_000, Stream.of("STAN", damaged).packed());
        set.file("unknown.bin", 1234, Stream.of("STAN", noise(400, 9)).method(0x1234));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    private static final int FRAME_HEADER = 24;

    /** Streams in pieces, with a length inside, and more than one content. */
    static byte[] pieces() {
        SetWriter set = new SetWriter(new TapeWriter(512, true));
        set.tape(0, 1, "Pieces");
        set.set(0, 1, "Pieces", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        int more = TapeWriter.VARIABLE;
        int last = TapeWriter.VARIABLE | TapeWriter.VAR_END;
        set.file(
                "variable.txt",
                21,
                Stream.of("STAN", more, ascii("part one ")),
                Stream.of("STAN", more, ascii("part two ")),
                Stream.of("STAN", last, ascii("end")),
                sum(ascii("part one part two end")),
                Stream.of("ADAT", more, Arrays.copyOf(named("v", ZONE), 7)),
                Stream.of("ADAT", last, Arrays.copyOfRange(named("v", ZONE), 7, named("v", ZONE).length)));
        set.file(
                "each-summed.txt",
                10,
                Stream.of("STAN", more, ascii("12345")),
                sum(ascii("12345")),
                Stream.of("STAN", last, ascii("67890")),
                sum(ascii("67890")));
        byte[] told = little(HELLO.length, 8);
        byte[] embedded = join(told, little(TapeWriter.words(told, 8), 2), HELLO);
        set.file("embedded.txt", HELLO.length, Stream.of("STAN", TapeWriter.EMBEDDED_LENGTH, embedded));
        set.file("twice.txt", 3, Stream.of("STAN", ascii("old")), Stream.of("STAN", ascii("new")));
        set.file(
                "sparse-named.txt",
                4,
                Stream.of("STAN", ascii("main")),
                Stream.of("ADAT", named("s", new byte[0])).files(TapeWriter.SPARSE),
                sparse(1000, TAIL));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    /** What the backup program itself could not read. */
    static byte[] thenUnreadable() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Unreadable");
        set.set(0, 1, "Unreadable", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        byte[] padded = Arrays.copyOf(Arrays.copyOf(BINARY, 3000), 5000);
        set.file("half.bin", 5000, security(), Stream.of("STAN", padded));
        set.corrupt(1 << 17, 3000, 2);
        byte[] zone = named("Zone.Identifier", Arrays.copyOf(Arrays.copyOf(ZONE, 10), ZONE.length));
        int before = zone.length - ZONE.length;
        set.file("stream.bin", 4, Stream.of("STAN", TAIL), Stream.of("ADAT", zone));
        set.corrupt(1 << 18, before + 10, 2);
        set.file("marked.bin", 5000, Stream.of("STAN", BINARY), Stream.of("CRPT", new byte[0]));
        set.file(
                "sparse.bin",
                3000,
                Stream.of("STAN", new byte[0]).files(TapeWriter.SPARSE),
                sparse(0, Arrays.copyOf(BINARY, 1000)),
                sparse(2000, Arrays.copyOf(Arrays.copyOf(BINARY, 400), 1000)));
        set.corrupt(1 << 16, 8 + 400, 3);
        set.file("whole.bin", BINARY.length, Stream.of("STAN", BINARY));
        set.end(1, 3, 0);
        return set.tape.bytes();
    }

    static byte[] wrongChecksums() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Checksums");
        set.set(0, 1, "Checksums", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        byte[] other = BINARY.clone();
        other[2222] ^= 4;
        set.file("data.bin", BINARY.length, Stream.of("STAN", TapeWriter.CHECKSUMED, BINARY), sum(other));
        set.file(
                "name.bin",
                4,
                Stream.of("STAN", TAIL),
                Stream.of("ADAT", TapeWriter.CHECKSUMED, named("a", ZONE)),
                sum(named("b", ZONE)));
        set.file(
                "sparse.bin",
                2100,
                Stream.of("STAN", new byte[0]).files(TapeWriter.SPARSE),
                sparse(0, ZONE),
                sum(little(0, 8), ZONE),
                sparse(2000, ZONE),
                sum(little(2001, 8), ZONE));
        byte[] packed = SetWriter.packed(PACKABLE, PIECE, false, true);
        set.file("packed.bin", PACKABLE.length, Stream.of("STAN", packed).packed(), sum(other));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    /** One set on three media: a file cut at each end, a named stream behind the cut, and files before and behind it. */
    static List<byte[]> spanned() {
        int block = 1024;
        SetWriter one = new SetWriter(new TapeWriter(block, true));
        one.tape(0, 1, "Family");
        one.set(0, 1, "Long", "", 0, 0);
        one.volume(0, "C:", "");
        one.folder(0, "docs", security());
        one.file("before.txt", HELLO.length, Stream.of("STAN", HELLO));
        one.fileId++;
        byte[] content = Arrays.copyOf(SPANNED, 8000);
        int at = one.fileAgain(0, "cut.bin", content.length, 0x20, 0, security(), Stream.of("STAN", content));
        byte[] whole = one.tape.bytes();
        int data = indexOf(whole, "STAN", at) + 22;
        int cut = (data + 2 * block) / block * block;
        byte[] first = join(Arrays.copyOf(whole, cut), endOfMedium(1));
        int rest = content.length - (cut - data);

        TapeWriter second = new TapeWriter(block, true);
        SetWriter two = new SetWriter(second);
        two.tape(TapeWriter.CONTINUATION, 2, "Family");
        // the repeated blocks count back from the place of the cut
        repeat(two, one, cut / block - 1 - 4, "cut.bin", content.length, rest);
        int left = 2 * block;
        second.raw(Arrays.copyOfRange(content, content.length - rest, content.length - rest + left));
        byte[] middle = join(second.bytes(), endOfMedium(2));
        rest -= left;

        TapeWriter third = new TapeWriter(block, true);
        SetWriter three = new SetWriter(third);
        three.tape(TapeWriter.CONTINUATION, 3, "Family");
        repeat(three, one, cut / block - 1 - 4 + 2, "cut.bin", content.length, rest);
        third.raw(Arrays.copyOfRange(content, content.length - rest, content.length));
        third.stream(sum(content));
        third.stream(Stream.of("ADAT", named("Zone.Identifier", ZONE)));
        third.align(4);
        int behind = third.position() + 22;
        third.stream(Stream.of("SPAD", new byte[(block - behind % block) % block]));
        three.fileId = one.fileId;
        three.folderId = one.folderId;
        three.file("after.txt", HELLO.length, Stream.of("STAN", HELLO));
        three.folder(0, "more");
        three.file("last.txt", HELLO.length, Stream.of("STAN", HELLO));
        three.end(1, 0, 0);
        return List.of(first, middle, third.bytes());
    }

    /** What a medium repeats of the one before; the bytes of the cut stream begin at the next logical block. */
    private static void repeat(SetWriter next, SetWriter first, int address, String name, long size, long rest) {
        next.set(TapeWriter.CONTINUATION, 1, "Long", "", 0, address);
        next.volume(TapeWriter.CONTINUATION, "C:", "");
        next.folderId = first.folderId;
        next.folderAgain(TapeWriter.CONTINUATION, "docs");
        next.fileId = first.fileId;
        int at = next.fileAgain(
                TapeWriter.CONTINUATION,
                name,
                size,
                0x20,
                0,
                Stream.of("STAN", TapeWriter.CONTINUE, new byte[0]).telling(rest));
        // the padding that the writer put behind the header is where the logical block ends
        byte[] all = next.tape.bytes();
        int pad = indexOf(all, "SPAD", at);
        next.tape.clear(pad, all.length);
    }

    private static byte[] endOfMedium(int sequence) {
        TapeWriter tape = new TapeWriter(1024, true);
        tape.outside("EOTM", 1 << 16, tape.fields().u64(0));
        return tape.bytes();
    }

    static int indexOf(byte[] all, String letters, int from) {
        byte[] wanted = ascii(letters);
        for (int at = from; at + 4 <= all.length; at++) {
            if (Arrays.equals(all, at, at + 4, wanted, 0, 4)) {
                return at;
            }
        }
        throw new IllegalArgumentException(letters);
    }

    /** As SQL Server writes: blocks and streams that hold no files. */
    static byte[] databases() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.filemark = 512;
        set.catalogue = 3;
        set.vendor = 0x1200;
        set.tape(0x30000, 1, "");
        set.mark();
        set.set(0, 1, "", "", 127, 0);
        set.volume(0, "", "");
        TapeWriter tape = set.tape;
        tape.block("MSCI", 0, 0, tape.fields().u32(0), new byte[0], Stream.of("MQCI", noise(500, 6)));
        tape.block(
                "MSDA",
                0,
                0,
                tape.fields().u32(0),
                new byte[0],
                Stream.of("APAD", 0x80, new byte[300]),
                Stream.of("MQDA", TapeWriter.VARIABLE, noise(3000, 7)),
                Stream.of("MQDA", TapeWriter.VARIABLE | TapeWriter.VAR_END, new byte[0]));
        set.end(1, 0, 0);
        return tape.bytes();
    }

    /** As before 1.00a: no padding streams, the header tells where the next block is. A password on medium and set. */
    static byte[] old() {
        TapeWriter tape = new TapeWriter(1024, true);
        tape.withoutPadding();
        tape.osVersion = 0;
        SetWriter set = new SetWriter(tape);
        tape.outside("TAPE", 0, set.tapeFields(1, "Tape created on 09/28/2001", "0123456789abcdef"));
        set.set(0, 1, "", "0123456789abcdef", 127, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("plain.txt", HELLO.length, Stream.of("STAN", HELLO));
        set.file("empty.txt", 0);
        set.folder(0, "sub");
        set.file("more.bin", BINARY.length, Stream.of("STAN", BINARY));
        set.end(1, 0, 1 << 18);
        return tape.bytes();
    }

    /** Blocks and streams that nobody knows, names that are none, dates that do not exist. */
    static byte[] odd() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        TapeWriter tape = set.tape;
        set.tape(0, 1, "Odd");
        set.set(0, 1, "Odd", "", 0, 0);
        set.volume(0, "\\\\SERVER\\share", "");
        tape.block("ABCD", 0, 0, tape.fields().u32(7), new byte[0], Stream.of("WXYZ", noise(2000, 8)));
        set.folder(0, "");
        set.file("unknown-stream.txt", HELLO.length, Stream.of("QQQQ", noise(77, 8)), Stream.of("STAN", HELLO));
        set.file("", HELLO.length, Stream.of("STAN", HELLO));
        set.file("..\\..\\up:x/y", HELLO.length, Stream.of("STAN", HELLO));
        set.fileId++;
        tape.block(
                "FILE",
                0,
                HELLO.length,
                tape.fields()
                        .u32(0)
                        .date(2005, 13, 31, 25, 61, 61)
                        .date(2005, 2, 30, 1, 1, 1)
                        .date()
                        .date()
                        .u32(1)
                        .u32(set.fileId)
                        .text("date.txt"),
                set.windows(0x20, 0),
                Stream.of("STAN", HELLO));
        set.end(1, 0, 0);
        return tape.bytes();
    }

    /** Streams that the backup program encrypted, an EFS export, a file of a deduplicated volume. */
    static byte[] locked() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Locked");
        set.set(1 << 17, 1, "Locked", "", 0, 0);
        set.volume(0, "Microsoft Information Store\\First Storage Group", "");
        set.folder(0, "");
        byte[] frame = SetWriter.frame(HELLO.length, HELLO.length, HELLO, 1);
        frame[0] = 'E';
        set.file("by-program.bin", HELLO.length, security(), Stream.of("STAN", TapeWriter.ENCRYPTED, frame));
        set.file("by-efs.bin", 100, security(), Stream.of("NTED", EFS));
        byte[] deduplicated = join(little(0x80000013L, 4), little(4, 2), little(0, 2), ascii("abcd"));
        set.file("elsewhere.bin", 12345, Stream.of("NTRP", deduplicated));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    /** A set with one file that Windows exported while it was encrypted. */
    public static byte[] exported(String name, long size, byte[] export) {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Exported");
        set.set(0, 1, "Exported", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file(name, size, security(), Stream.of("NTED", export));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }
}
