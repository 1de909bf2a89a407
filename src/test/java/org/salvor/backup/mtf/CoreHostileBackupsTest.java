package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.app.Wiring;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.WireBytes;
import org.salvor.text.Json;

/** Backups whose names and sizes were made to do harm, restored by the whole program; and a small one cut at every byte. */
@DisplayName("A backup that means harm")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CoreHostileBackupsTest {
    private static final byte[] GOOD = SmallMedia.BINARY;

    @TempDir
    Path folder;

    private Path inside = Path.of("");
    private Path target = Path.of("");
    private String text = "";

    @BeforeEach
    void places() throws Exception {
        inside = Files.createDirectories(folder.resolve("deep/inside"));
        target = inside.resolve("target");
    }

    private static TapeWriter.Stream stan(byte[] data) {
        return TapeWriter.Stream.of("STAN", data);
    }

    private static SetWriter begun() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Hostile");
        set.set(0, 1, "Hostile", "", 0, 0);
        return set;
    }

    @Test
    @DisplayName(
            "by the names of its volumes, folders, files and streams writes nothing outside the target, and loses no file")
    void names() throws Exception {
        List<String> names = List.of(
                "..\\..\\up.txt",
                "../../up2.txt",
                "/etc/up3.txt",
                "C:\\up4.txt",
                "C:up5.txt",
                "\\\\server\\share\\up6.txt",
                "..",
                ".",
                "CON",
                "nul.txt",
                "LPT1.",
                "a\0b.txt",
                "line\nbreak",
                "trailing. ",
                "n".repeat(32_760),
                "salvor-report.json",
                ".salvor-journal",
                "x.salvor-part",
                "good.bin");
        SetWriter set = begun();
        int files = 0;
        for (String volume : List.of("C:", "..", "..\\..", "\\\\server\\share\\..")) {
            set.volume(0, volume, "");
            for (String path : List.of("", "..", "../../..", "a/../../../b", "C:\\x", "CON/aux", "/", "..\\up")) {
                set.folder(0, path, SetWriter.security());
                for (String name : volume.equals("C:") || path.isEmpty() ? names : List.of("good.bin", "..")) {
                    set.file(name, GOOD.length, stan(GOOD));
                    files++;
                }
            }
        }
        set.folder(0, "streams");
        for (String name : List.of("..\\..\\s", "../../s2", "a:b", "n".repeat(30_000), "")) {
            set.file(
                    "with" + files++,
                    GOOD.length,
                    stan(GOOD),
                    TapeWriter.Stream.of("ADAT", TapeWriter.named(name, SmallMedia.ZONE)));
        }
        set.end(1, 0, 0);
        Path medium = Files.write(inside.resolve("hostile.bkf"), set.tape.bytes());
        assertThat(run("restore", medium.toString(), "--to", target.toString()))
                .as(text)
                .isIn(0, 1);
        nothingOutside("hostile.bkf");
        int restored = 0;
        for (Json file : report()) {
            if (file.string("outcome").equals("RESTORED")
                    && !file.string("sha256", "").isEmpty()) {
                Path there = target.resolve(file.string("target")).normalize();
                assertThat(there).startsWithRaw(target).hasBinaryContent(GOOD);
                restored++;
            }
        }
        assertThat(restored).isEqualTo(files);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1, Long.MAX_VALUE - 22, 1L << 62, 1L << 40, 100_000_000L})
    @DisplayName("by the sizes it tells costs neither memory nor space, and no file beside")
    void sizes(long size) throws Exception {
        SetWriter set = begun();
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("before.bin", GOOD.length, stan(GOOD));
        set.file("stream.bin", GOOD.length, stan(GOOD).telling(size));
        set.file("shown.bin", size, stan(GOOD));
        set.file("nothing.bin", size);
        set.file(
                "sparse.bin",
                GOOD.length,
                stan(new byte[0]).files(TapeWriter.SPARSE),
                SetWriter.sparse(size, SmallMedia.TAIL));
        byte[] named = TapeWriter.join(TapeWriter.little(size, 4), new byte[40]);
        set.file("named.bin", GOOD.length, stan(GOOD), TapeWriter.Stream.of("ADAT", named));
        byte[] frame = SetWriter.frame(size, (int) size, Arrays.copyOf(GOOD, 100), 1);
        set.file("packed.bin", size, TapeWriter.Stream.of("STAN", frame).packed());
        set.file("export.bin", size, TapeWriter.Stream.of("NTED", SmallMedia.EFS));
        set.file(
                "security.bin",
                GOOD.length,
                TapeWriter.Stream.of("NACL", SetWriter.SECURITY).telling(size),
                stan(GOOD));
        set.file("after.bin", GOOD.length, stan(GOOD));
        set.end(1, 0, 0);
        Path medium = Files.write(inside.resolve("sizes.bkf"), set.tape.bytes());
        assertThat(run("scan", medium.toString(), "--json")).as(text).isZero();
        assertThat(run(
                        "restore",
                        medium.toString(),
                        "--to",
                        target.toString(),
                        "--match",
                        "before.bin",
                        "--match",
                        "after.bin"))
                .as(text)
                .isIn(0, 1);
        assertThat(target.resolve("C/before.bin")).hasBinaryContent(GOOD);
        assertThat(target.resolve("C/after.bin")).hasBinaryContent(GOOD);
        int all =
                run("restore", medium.toString(), "--to", inside.resolve("all").toString());
        assertThat(all)
                .as("gaps, or no file system with space for what it says: " + text)
                .isIn(1, 6, 10);
        nothingOutside("sizes.bkf", "all");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 1L << 62, 100_000_000L})
    @DisplayName("in a backup stream tells such sizes and names in vain, too")
    void streams(long size) throws Exception {
        Path streams = Files.createDirectories(inside.resolve("streams"));
        String evil = ":..\\..\\evil:$DATA";
        put(streams, "size", new WireBytes().data(GOOD).header(4, 0, size, ":s:$DATA"));
        put(streams, "main", new WireBytes().header(1, 0, size, ""));
        put(streams, "block", new WireBytes().header(1, 8, 0, "").block(size, GOOD));
        put(streams, "evil", new WireBytes().data(GOOD).header(4, 0, 4, evil).data(GOOD));
        put(streams, "long", new WireBytes().data(GOOD).named("n".repeat(32_700), GOOD));
        put(streams, "up", new WireBytes().data(GOOD).named("../../up", GOOD).named("..", GOOD));
        put(streams, "good", new WireBytes().security().data(GOOD));
        int code = run("restore", streams.toString(), "--to", target.toString());
        assertThat(code).as(text).isIn(1, 6);
        nothingOutside("streams");
        assertThat(run(
                        "restore",
                        streams.toString(),
                        "--to",
                        target.toString(),
                        "--match",
                        "good",
                        "--match",
                        "up",
                        "--match",
                        "long"))
                .as(text)
                .isZero();
        nothingOutside("streams");
        assertThat(target.resolve("good")).hasBinaryContent(GOOD);
        assertThat(target.resolve("up")).hasBinaryContent(GOOD);
        assertThat(target.resolve("long")).hasBinaryContent(GOOD);
    }

    private static void put(Path streams, String name, WireBytes bytes) throws Exception {
        Files.write(streams.resolve(name + ".bkstream"), bytes.bytes());
    }

    /** A small medium with every kind of stream. */
    private static SetWriter small(List<Integer> ends) {
        SetWriter set = new SetWriter(new TapeWriter(512, false));
        set.tape(0, 1, "Small");
        set.set(0, 1, "Small", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("one", SmallMedia.HELLO.length, SetWriter.security(), stan(SmallMedia.HELLO));
        ends.add(set.tape.position());
        set.file(
                "two",
                SmallMedia.HELLO.length,
                TapeWriter.Stream.of("STAN", TapeWriter.CHECKSUMED, SmallMedia.HELLO),
                TapeWriter.sum(SmallMedia.HELLO),
                TapeWriter.Stream.of("ADAT", TapeWriter.named("s", SmallMedia.ZONE)));
        ends.add(set.tape.position());
        set.file("three", 104, stan(new byte[0]).files(TapeWriter.SPARSE), SetWriter.sparse(100, SmallMedia.TAIL));
        ends.add(set.tape.position());
        byte[] packed = SetWriter.packed(SmallMedia.HELLO, 100, false, true);
        set.file(
                "four",
                SmallMedia.HELLO.length,
                TapeWriter.Stream.of("STAN", packed).packed());
        ends.add(set.tape.position());
        set.end(1, 0, 0);
        return set;
    }

    @Test
    @DisplayName("by its end gives every file before the cut, claims none whole that is not, and names the loss")
    void cut() throws Exception {
        List<Integer> ends = new ArrayList<>();
        byte[] medium = small(ends).tape.bytes();
        List<List<byte[]>> whole = read(medium, 4, medium.length);
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            assertThat(archive.sets().getFirst().notes()).isEmpty();
            assertThat(Listed.of(archive, 1).problems).isEmpty();
        }
        for (int length = 0; length < medium.length; length++) {
            int before = 0;
            for (int end : ends) {
                // the last of a file is its padding, of which only the header says anything
                before += pad(medium, end) + 22 <= length ? 1 : 0;
            }
            try {
                List<List<byte[]>> left = read(Arrays.copyOf(medium, length), before, length);
                for (int i = 0; i < before; i++) {
                    assertThat(left.get(i).size()).isEqualTo(whole.get(i).size());
                    for (int stream = 0; stream < left.get(i).size(); stream++) {
                        assertThat(left.get(i).get(stream))
                                .isEqualTo(whole.get(i).get(stream));
                    }
                }
            } catch (RecoveryException e) {
                assertThat(length).as(e.getMessage()).isLessThan(512);
            }
        }
    }

    /** Where the header of the padding begins that ends a file. */
    private static int pad(byte[] medium, int end) {
        return new String(medium, 0, end, StandardCharsets.ISO_8859_1).lastIndexOf("SPAD");
    }

    /** The streams of the first files; all other files that are listed must be damaged, and what is missing must be said. */
    private static List<List<byte[]>> read(byte[] medium, int before, int length) throws Exception {
        List<List<byte[]>> all = new ArrayList<>();
        boolean told = false; // by what a scan and a restore show: problems and entries, not the notes of a set
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            for (var set : archive.sets()) {
                Listed listed = Listed.of(archive, set.number());
                told |= !listed.problems.isEmpty();
                for (BackupEntry entry : listed.entries.values()) {
                    if (entry.folder()) {
                        continue;
                    }
                    List<Listed.Read> streams = new ArrayList<>();
                    boolean complete = Listed.read(archive, 1, entry, streams) == null
                            && entry.state() instanceof BackupEntry.State.Whole
                            && streams.stream().allMatch(stream -> stream.lost() == 0 && stream.thrown() == null);
                    assertThat(complete).as(entry.name() + ", cut at " + length).isEqualTo(all.size() < before);
                    told |= !complete;
                    all.add(streams.stream().map(Listed.Read::bytes).toList());
                }
            }
            told |= archive.sets().isEmpty();
        }
        assertThat(all.size()).as("cut at " + length).isBetween(before, before + 1);
        boolean ends = new String(medium, StandardCharsets.ISO_8859_1).contains("ESET");
        assertThat(told || ends).as("a loss is told, cut at " + length).isTrue();
        return all;
    }

    private void nothingOutside(String... expected) throws Exception {
        List<String> allowed = new ArrayList<>(List.of(expected));
        allowed.add("target");
        try (Stream<Path> here = Files.list(inside);
                Stream<Path> above = Files.list(folder.resolve("deep"));
                Stream<Path> top = Files.list(folder)) {
            assertThat(here.map(path -> path.getFileName().toString())).isSubsetOf(allowed);
            assertThat(above).containsExactly(inside);
            assertThat(top).containsExactly(folder.resolve("deep"));
        }
        assertThat(Path.of("/etc/up3.txt")).doesNotExist();
    }

    private List<Json> report() throws Exception {
        return Json.parse(Files.readString(target.resolve("salvor-report.json")))
                .list("files");
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(out), new PrintWriter(out)))
                .run(arguments);
        text = out.toString();
        return code;
    }
}
