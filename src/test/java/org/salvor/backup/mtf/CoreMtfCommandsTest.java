package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Road;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.service.Workbench;
import org.salvor.text.Json;

/** A .bkf on the whole road: probed, scanned, restored and verified from the command line. */
@DisplayName("The command line over a medium of the Microsoft Tape Format")
class CoreMtfCommandsTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private Path medium = Path.of("");
    private Path target = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws Exception {
        medium = Files.write(folder.resolve("server.bkf"), SmallMedia.twoSets(1024, true));
        target = folder.resolve("back");
    }

    @Test
    @DisplayName("shows its sets and asks for one of them")
    void sets() {
        assertThat(run("probe", medium.toString())).as(err).isZero();
        assertThat(out).contains("MTF 1.00a", "Monday", "Tuesday", "set-1", "set-2");
        assertThat(out).doesNotContain("''");
        assertThat(run("scan", medium.toString())).isEqualTo(2);
        assertThat(err).contains("set-1", "set-2");
    }

    @Test
    @DisplayName("brings all sets back, each into a folder of its own, as they come back one by one")
    void allSets() throws Exception {
        assertThat(run("restore", medium.toString(), "--at", "sets", "--to", target.toString()))
                .isIn(0, 1);
        List<Path> tops;
        try (Stream<Path> inside = Files.list(target)) {
            tops = inside.filter(path -> path.toString().contains("(set "))
                    .sorted(Comparator.comparing(path -> path.toString().replaceAll(".*\\(", "")))
                    .toList();
        }
        assertThat(tops).hasSize(2);
        for (int set = 1; set <= 2; set++) {
            Path alone = folder.resolve("set-" + set);
            assertThat(run("restore", medium.toString(), "--at", "set-" + set, "--to", alone.toString()))
                    .isIn(0, 1);
            Map<String, String> expected = Road.hashes(alone);
            expected.keySet().removeIf(path -> path.startsWith("salvor-"));
            assertThat(Road.hashes(tops.get(set - 1))).isEqualTo(expected).isNotEmpty();
        }
        assertThat(run("verify", target.resolve("salvor-report.json").toString()))
                .as(out + err)
                .isIn(0, 1);
    }

    @Test
    @DisplayName("brings one set back byte for byte, with streams, holes and a report that verifies")
    void restore() throws Exception {
        assertThat(run("restore", medium.toString(), "--at", "set-1", "--to", target.toString()))
                .as("the second name of a file has no content of its own")
                .isEqualTo(1);
        assertThat(target.resolve("C/hello.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(target.resolve("C/docs/sub/all.bin")).hasBinaryContent(SmallMedia.BINARY);
        assertThat(target.resolve("C/docs/sub/empty.dat")).isEmptyFile();
        assertThat(target.resolve("C/docs/empty")).isDirectory();
        byte[] sparse = new byte[SmallMedia.SPARSE_SIZE];
        System.arraycopy(SmallMedia.SPARSE_HEAD, 0, sparse, 0, SmallMedia.SPARSE_HEAD.length);
        System.arraycopy(SmallMedia.TAIL, 0, sparse, 1 << 20, SmallMedia.TAIL.length);
        assertThat(target.resolve("D/sparse.bin")).hasBinaryContent(sparse);
        assertThat(run("verify", target.resolve("salvor-report.json").toString()))
                .as(out + err)
                .isZero();
    }

    @Test
    @DisplayName("makes hard links of further names, on the same volume only, and says of others what they name")
    void otherNames() throws Exception {
        Path names = Files.write(folder.resolve("names.bkf"), SmallMedia.otherNames());
        run("restore", names.toString(), "--to", target.toString(), "--dry-run");
        assertThat(out)
                .containsPattern("write +C/Docs/First.txt")
                .containsPattern("link +C/Docs/same.txt")
                .containsPattern("lost +C/Docs/gone.txt")
                .contains("another name of");
        assertThat(target).doesNotExist();
        assertThat(run("restore", names.toString(), "--to", target.toString()))
                .as(out + err)
                .isEqualTo(1);
        Path first = target.resolve("C/Docs/First.txt");
        assertThat(first).hasBinaryContent(SmallMedia.HELLO);
        for (String name : List.of("C/before.txt", "C/Docs/same.txt", "C/Docs/chain.txt")) {
            assertThat(Files.isSameFile(target.resolve(name), first)).as(name).isTrue();
        }
        for (String name : List.of("gone.txt", "out.txt", "self.txt")) {
            assertThat(target.resolve("C/Docs/" + name)).doesNotExist();
        }
        assertThat(target.resolve("D/Docs/elsewhere.txt")).doesNotExist();
        try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
            assertThat(all).noneMatch(path -> path.toString().endsWith(".partial"));
        }
        Json report = Json.parse(Files.readString(target.resolve("salvor-report.json")));
        for (Json file : report.list("files")) {
            boolean linked = List.of("C/before.txt", "C/Docs/same.txt", "C/Docs/chain.txt", "C/Docs/First.txt")
                    .contains(file.string("path"));
            if (file.string("path").endsWith(".txt")) {
                assertThat(file.string("outcome")).isEqualTo(linked ? "RESTORED" : "FAILED");
                assertThat(file.string("sha256")).hasSize(linked ? 64 : 0);
                assertThat(file.toString().contains("another name of")).isEqualTo(!linked);
            }
        }
        assertThat(Files.readString(target.resolve("salvor-sidecar/files.jsonl")))
                .contains("\"other-name\":\"C/Docs/gone.txt\"", "gone first.txt")
                .doesNotContain("\"other-name\":\"C/Docs/same.txt\"");
        assertThat(run("verify", target.resolve("salvor-report.json").toString()))
                .as(out + err)
                .isZero();
    }

    @Test
    @DisplayName(
            "writes a further name as a file of its own where the first is not chosen, and shows before that it will")
    void otherNameAlone() throws Exception {
        Path names = Files.write(folder.resolve("names.bkf"), SmallMedia.otherNames());
        assertThat(run("restore", names.toString(), "--match", "before.txt", "--to", target.toString(), "--dry-run"))
                .as(out + err)
                .isZero();
        assertThat(out).containsPattern("write +C/before.txt");
        assertThat(run("restore", names.toString(), "--match", "before.txt", "--to", target.toString()))
                .as(out + err)
                .isZero();
        assertThat(target.resolve("C/before.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(target.resolve("C/Docs/First.txt")).doesNotExist();
        assertThat(run("restore", names.toString(), "--match", "gone.txt", "--to", target + "2"))
                .as(out + err)
                .isEqualTo(1);
        assertThat(folder.resolve("back2/C/Docs"))
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        empty -> assertThat(empty).isEmptyDirectory());
        assertThat(Files.readString(folder.resolve("back2/salvor-sidecar/files.jsonl")))
                .contains("gone first.txt");
    }

    @Test
    @DisplayName("exports further names so that what is restored of the export has them as hard links again")
    void exportedNames() throws Exception {
        Path names = Files.write(folder.resolve("names.bkf"), SmallMedia.otherNames());
        Path exported = folder.resolve("exported");
        assertThat(run("export", names.toString(), "--to", exported.toString(), "--verify"))
                .as(out + err)
                .isEqualTo(1);
        assertThat(exported.resolve("C/Docs/same.txt.bkstream"))
                .content(StandardCharsets.UTF_16LE)
                .endsWith("\\C\\Docs\\First.txt");
        assertThat(run("verify", exported.resolve("salvor-report.json").toString()))
                .as(out + err)
                .isZero();
        assertThat(run("scan", exported.toString(), "--json")).as(out + err).isZero();
        assertThat(out + err).contains("\"problems\":0");
        assertThat(run("restore", exported.toString(), "--to", target.toString()))
                .as(out + err)
                .isZero();
        Path first = target.resolve("C/Docs/First.txt");
        assertThat(first).hasBinaryContent(SmallMedia.HELLO);
        for (String name : List.of("C/before.txt", "C/Docs/same.txt", "C/Docs/chain.txt")) {
            assertThat(Files.isSameFile(target.resolve(name), first)).as(name).isTrue();
        }
        assertThat(run("restore", exported.toString(), "--match", "chain.txt", "--to", target + "2"))
                .as(out + err)
                .isZero();
        assertThat(folder.resolve("back2/C/Docs/chain.txt")).hasBinaryContent(SmallMedia.HELLO);
    }

    @Test
    @DisplayName("brings the newer file of the second set")
    void secondSet() {
        assertThat(run(
                        "restore",
                        medium.toString(),
                        "--at",
                        "set-2",
                        "--match",
                        "hello.txt",
                        "--to",
                        target.toString()))
                .as(out + err)
                .isZero();
        assertThat(target.resolve("C/hello.txt")).content().isEqualTo("new");
    }

    @Test
    @DisplayName("says that a medium of databases is one")
    void databases() throws Exception {
        Path databases = Files.write(
                folder.resolve("master.bak"), SmallMedia.files("databases").getFirst());
        run("probe", databases.toString());
        assertThat(out + err).contains("SQL Server");
        assertThat(run("restore", databases.toString(), "--to", target.toString()))
                .as("they are not back")
                .isEqualTo(1);
        assertThat(out + err).contains("Restore it with SQL Server");
    }

    private static byte[] oneSet() {
        SetWriter set = new SetWriter(new TapeWriter(512, false));
        set.tape(0, 1, "One");
        set.set(0, 1, "One", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        for (String name : List.of("one.txt", "two.txt", "three.txt")) {
            set.file(name, SmallMedia.HELLO.length, TapeWriter.Stream.of("STAN", SmallMedia.HELLO));
        }
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    /** Where the block of the file of that number begins, from 0. */
    private static int file(byte[] bytes, int number) {
        int at = -1;
        for (int i = 0; i <= number; i++) {
            at = SmallMedia.indexOf(bytes, "FILE", at + 1);
        }
        return at;
    }

    private void losing(byte[] bytes) throws Exception {
        medium = Files.write(folder.resolve("losing.bkf"), bytes);
    }

    private Json report() throws Exception {
        return Json.parse(Files.readString(target.resolve("salvor-report.json")));
    }

    @Test
    @DisplayName("of which nothing is lost says nothing of losses")
    void whole() throws Exception {
        losing(oneSet());
        assertThat(run("restore", medium.toString(), "--to", target.toString()))
                .as(out + err)
                .isZero();
        assertThat(report().has("problems")).isFalse();
        assertThat(err).doesNotContain("lost");
    }

    @Test
    @DisplayName(
            "says of a backup that was cut between two files that the rest is missing, everywhere, and ends with 1")
    void cut() throws Exception {
        byte[] bytes = oneSet();
        losing(Arrays.copyOf(bytes, file(bytes, 1)));
        String loss = "The backup ends before this set does. What came after is missing.";
        Path saved = folder.resolve("cut.salvorscan");
        assertThat(run("scan", medium.toString(), "--save", saved.toString())).isZero();
        assertThat(err).contains(loss);
        run("scan", medium.toString(), "--json");
        assertThat(out).contains("\"problems\":1").contains(loss);
        Path page = folder.resolve("report.html");
        assertThat(run("restore", medium.toString(), "--to", target.toString(), "--report", page.toString()))
                .as(out + err)
                .isEqualTo(1);
        assertThat(target.resolve("C/one.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(err).contains("1 file restored", loss);
        assertThat(report().strings("problems")).containsExactly(loss);
        assertThat(page).content().contains(loss).contains("The one file that was found is back. Others are lost");
        assertThat(run("verify", target.resolve("salvor-report.json").toString()))
                .as("what was restored is as it was")
                .isZero();
        Path again = folder.resolve("again.html");
        run("report", target.resolve("salvor-report.json").toString(), "--as", "html", "--to", again.toString());
        assertThat(again).content().contains(loss);
        assertThat(run(
                        "restore",
                        saved.toString(),
                        "--to",
                        folder.resolve("saved").toString()))
                .as("a saved scan keeps it: " + out + err)
                .isEqualTo(1);
        assertThat(err).contains(loss);
    }

    @Test
    @DisplayName("ends with 1 where a cut backup gives its folders and no file")
    void nothingLeft() throws Exception {
        byte[] bytes = oneSet();
        losing(Arrays.copyOf(bytes, file(bytes, 0)));
        assertThat(run("restore", medium.toString(), "--to", target.toString()))
                .as(out + err)
                .isEqualTo(1);
        assertThat(err).contains("0 files restored", "The backup ends before this set does");
    }

    @Test
    @DisplayName(
            "names an entry lost in the middle in one plain sentence; files that were chosen among the others are all there")
    void lostInTheMiddle() throws Exception {
        byte[] bytes = oneSet();
        int at = file(bytes, 1);
        Arrays.fill(bytes, at, at + 4, (byte) '#');
        losing(bytes);
        String loss = "Near byte " + at + " the backup is damaged: one file or folder is lost.";
        assertThat(run("restore", medium.toString(), "--to", target.toString()))
                .as(out + err)
                .isEqualTo(1);
        assertThat(err).contains("2 files restored", loss).doesNotContain("expected", "descriptor");
        assertThat(report().strings("problems")).containsExactly(loss);
        assertThat(run(
                        "restore",
                        medium.toString(),
                        "--match",
                        "three.txt",
                        "--to",
                        folder.resolve("chosen").toString()))
                .as(out + err)
                .isZero();
        assertThat(err).as("the scan tells it all the same").contains(loss);
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code =
                new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(errors))).run(arguments);
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
