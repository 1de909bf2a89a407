package org.salvor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.substream.WireBytes.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.app.Wiring;
import org.salvor.service.Workbench;
import org.salvor.substream.WireBytes;
import org.salvor.text.Json;

/** The commands over a folder of backup streams, and over one of them. */
@Tag("core")
@DisplayName("The command line over backups")
class BackupCommandsTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private Path backup = Path.of("");
    private Path target = Path.of("");
    private byte[] large = {};
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws IOException {
        backup = folder.resolve("backup");
        target = folder.resolve("back");
        large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        put(
                "report.docx.bkstream",
                new WireBytes().security().data(text("the report")).named("Zone.Identifier", text("[ZoneTransfer]")));
        put("docs/empty.txt.bkstream", new WireBytes().security());
        put(
                "docs/sparse.bin.bkstream",
                new WireBytes()
                        .header(1, 8, 0, "")
                        .block(1 << 20, text("in the middle"))
                        .block(5 << 20, new byte[0]));
        put("docs/large.bin.bkstream", new WireBytes().data(large));
        put("docs/.bkstream", new WireBytes().security());
        byte[] cut =
                new WireBytes().security().data(text("only a part is here")).bytes();
        Files.write(backup.resolve("cut.txt.bkstream"), java.util.Arrays.copyOf(cut, cut.length - 5));
        put(
                "stub.bin.bkstream",
                new WireBytes()
                        .header(1, 8, 0, "").block(100_000, new byte[0]).stream(
                                8, 0, "", WireBytes.reparse(0x80000013, new byte[60])));
    }

    private void put(String name, WireBytes bytes) throws IOException {
        Path file = backup.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.bytes());
    }

    @Test
    void areProbedByContent() throws Exception {
        assertThat(run("probe", "" + backup)).isZero();
        assertThat(out).contains("Windows backup stream").contains("\"backup\"").doesNotContain("set-1");
        Path renamed = Files.copy(backup.resolve("report.docx.bkstream"), folder.resolve("disk.img"));
        assertThat(run("probe", "" + renamed, "--json")).isZero();
        assertThat(events().getFirst().string("kind")).isEqualTo("MEDIUM");
        assertThat(events().getFirst().string("state")).isEqualTo("READABLE");
    }

    @Test
    void listEverythingUnlessAPersonWantsOtherwise() throws Exception {
        assertThat(run("scan", "" + backup, "--json")).isZero();
        assertThat(events().getLast().number("files")).isEqualTo(6);
        assertThat(events().getLast().number("folders")).isEqualTo(1);
        assertThat(events().getLast().number("problems")).isZero();
        Json report = event("report.docx");
        assertThat(report.string("rating")).isEqualTo("INTACT");
        assertThat(report.number("size")).isEqualTo(10);
        assertThat(report.flag("deleted", true)).isFalse();
        assertThat(report.string("id")).matches("stream:[0-9a-f]{16}:report\\.docx");
        assertThat(report.has("modified")).as("a stream tells no times").isFalse();
        assertThat(event("cut.txt").string("rating")).isEqualTo("PARTIAL");
        assertThat(event("cut.txt").number("intactPercent")).isEqualTo(73);
        assertThat(event("stub.bin").string("rating")).isEqualTo("STUB");
        assertThat(event("docs/sparse.bin").number("size")).isEqualTo(5 << 20);
        assertThat(run("scan", "" + backup, "--what", "deleted")).isEqualTo(9);
        assertThat(run("scan", "" + backup, "--what", "existing", "--match", "docs/**"))
                .isZero();
    }

    @Test
    void nameWhatIsCalledLikeASavedFileAndHasNoBeginning() throws Exception {
        Files.delete(backup.resolve("cut.txt.bkstream"));
        Files.delete(backup.resolve("stub.bin.bkstream"));
        assertThat(run("restore", "" + backup, "--to", "" + folder.resolve("whole")))
                .isZero();
        Files.write(backup.resolve("docs/broken.txt.bkstream"), new byte[500]);
        Files.write(backup.resolve("secret.txt.efsraw"), new byte[500]);
        Files.write(backup.resolve("nothing.txt.efsraw"), new byte[0]);
        assertThat(run("restore", "" + backup, "--to", "" + target)).isEqualTo(1);
        Json report = Json.parse(Files.readString(target.resolve("salvor-report.json")));
        assertThat(String.join(" ", report.strings("problems")))
                .contains(
                        "broken.txt.bkstream",
                        "secret.txt.efsraw",
                        "nothing.txt.efsraw",
                        "nothing of it can be restored");
        assertThat(report.list("files")).hasSize(5);
    }

    @Test
    void aSizeThatIsALieTakesNoSpaceOfTheTarget() throws Exception {
        put("lie.bin.bkstream", new WireBytes().header(1, 0, 1L << 41, "").raw(text("all that is there")));
        assertThat(run("restore", "" + backup, "--to", "" + target, "--dry-run"))
                .as(err)
                .isZero();
        assertThat(run("restore", "" + backup, "--to", "" + target)).isEqualTo(1);
        assertThat(target.resolve("report.docx")).hasContent("the report");
        assertThat(target.resolve("lie.bin.partial")).exists();
    }

    @Test
    void restoreFilesWithEverythingThatBelongsToThem() throws Exception {
        assertThat(run("restore", "" + backup, "--to", "" + target, "--verify")).isEqualTo(1);
        assertThat(target.resolve("report.docx")).content().isEqualTo("the report");
        assertThat(target.resolve("docs/empty.txt")).isEmptyFile();
        assertThat(target.resolve("docs/large.bin")).hasBinaryContent(large);
        assertThat(target.resolve("docs/sparse.bin")).hasSize(5 << 20);
        assertThat(Files.readAllBytes(target.resolve("docs/sparse.bin"))).containsSequence(text("in the middle"));
        assertThat(target.resolve("cut.txt")).doesNotExist();
        assertThat(Files.readString(target.resolve("cut.txt.partial")))
                .startsWith("only a part is")
                .hasSize(19);
        assertThat(target.resolve("stub.bin")).doesNotExist();
        assertThat(Files.readString(target.resolve("salvor-sidecar/files.jsonl")))
                .as("the security descriptor is kept")
                .contains("\"sddl\":\"O:BA");
        assertThat(run("verify", "" + target.resolve("salvor-report.json"))).isZero();
    }

    /** Whatever came before the cut is worth having; what did not is named, and no byte of it made up. */
    @ParameterizedTest(name = "{0} bytes of what follows are there")
    @ValueSource(ints = {1, 10, 19, 20})
    void bringThePermissionsOfAFileThatIsCutRightBehindThem(int more) throws Exception {
        byte[] all =
                new WireBytes().security().data(text("nothing of this is here")).bytes();
        int security = new WireBytes().security().bytes().length;
        Path file = Files.write(folder.resolve("cut.bkstream"), java.util.Arrays.copyOf(all, security + more));
        assertThat(run("restore", "" + file, "--to", "" + target)).isEqualTo(1);
        assertThat(err).contains("1 partly").contains("0 failed");
        assertThat(target.resolve("cut.partial")).isEmptyFile();
        List<String> sidecar = Files.readAllLines(target.resolve("salvor-sidecar/files.jsonl"));
        assertThat(sidecar)
                .anyMatch(line -> line.contains("\"sddl\":\"O:BAG:BAD:"))
                .anyMatch(line -> line.contains("\"target\":\"cut.partial\""));
        Json report = Json.parse(Files.readString(target.resolve("salvor-report.json")))
                .list("files")
                .getFirst();
        assertThat(report.string("outcome")).isEqualTo("PARTIAL");
        assertThat(report.list("reasons")).as("named, and once").hasSize(more < 20 ? 1 : 2);
        assertThat("" + report.list("reasons")).contains("damaged or cut off");

        assertThat(run("export", "" + file, "--to", "" + folder.resolve("exported")))
                .isEqualTo(1);
        assertThat(folder.resolve("exported/cut.bkstream.partial"))
                .hasBinaryContent(new WireBytes().security().bytes());
    }

    @Test
    void sayBeforeARestoreThatTheyBringNoTimes() throws Exception {
        Path one = backup.resolve("report.docx.bkstream");
        assertThat(run("restore", "" + one, "--to", "" + target, "--dry-run"))
                .as(err)
                .isZero();
        assertThat(out + err)
                .contains("One file has no time of its own in the source. " + "It gets the time of the restore.");
    }

    @Test
    void restoreOneFileByItsIdAndOneStreamAlone() throws Exception {
        run("scan", "" + backup, "--json", "--match", "large.bin");
        String id = events().getFirst().string("id");
        assertThat(run("restore", "" + backup, "--to", "" + target, "--id", id))
                .as(err)
                .isZero();
        assertThat(target.resolve("docs/large.bin")).hasBinaryContent(large);
        Path one = backup.resolve("report.docx.bkstream");
        assertThat(run("restore", "" + one, "--to", "" + target)).as(err).isZero();
        assertThat(target.resolve("report.docx")).content().isEqualTo("the report");
    }

    @Test
    void areFoundAgainBySavedScansAndSelections() throws Exception {
        Path scan = folder.resolve("a.salvorscan");
        Path selection = folder.resolve("a.json");
        assertThat(run("scan", "" + backup, "--match", "docs/**", "--save", "" + scan, "--select-to", "" + selection))
                .as(err)
                .isZero();
        assertThat(run("restore", "" + scan, "--to", "" + target, "--selection", "" + selection))
                .as(err)
                .isZero();
        assertThat(names(target)).containsExactlyInAnyOrder("empty.txt", "large.bin", "sparse.bin");
        Files.write(
                backup.resolve("new.bkstream"),
                new WireBytes().data(text("new")).bytes());
        assertThat(run("restore", "" + scan, "--to", "" + target)).isEqualTo(8);
    }

    @Test
    void goOnAfterAStop() throws Exception {
        assertThat(run("restore", "" + backup, "--to", "" + target)).isEqualTo(1);
        List<String> whole = names(target);
        Path other = folder.resolve("other");
        StringWriter text = new StringWriter();
        SalvorCli cli = new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(text)));
        Path journal = other.resolve(".salvor-journal");
        Thread stopper = Thread.ofPlatform().daemon().start(() -> {
            while (!Files.exists(journal)) {
                Thread.onSpinWait();
            }
            cli.cancel();
        });
        int code = cli.run("restore", "" + backup, "--to", "" + other);
        stopper.join();
        assertThat(code).as(text.toString()).isIn(1, 7);
        if (code == 7) {
            assertThat(text.toString()).as("what was not come to is a number").doesNotContain("skipped:");
            assertThat(run("resume", "" + journal)).as(err).isEqualTo(1);
        }
        assertThat(names(other)).containsExactlyInAnyOrderElementsOf(whole);
        assertThat(other.resolve("docs/large.bin")).hasBinaryContent(large);
    }

    @Test
    void areNeverWrittenTo() throws Exception {
        assertThat(run("restore", "" + backup, "--to", "" + backup.resolve("docs")))
                .isEqualTo(5);
        assertThat(run("restore", "" + backup, "--to", "" + backup)).isEqualTo(5);
        assertThat(run("scan", "" + backup, "--save", "" + backup.resolve("a.salvorscan")))
                .isEqualTo(5);
        assertThat(names(backup)).hasSize(7);
    }

    @Test
    void leaveOtherFoldersToOthers() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("a.txt"), "no backup");
        assertThat(run("scan", "" + other)).isEqualTo(3);
        assertThat(err).contains("No backup that Salvor knows was found in the folder");
        assertThat(run("scan", "" + Files.createDirectory(folder.resolve("empty"))))
                .isEqualTo(3);
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

    private List<Json> events() throws Exception {
        List<Json> events = new ArrayList<>();
        for (String line : out.lines().toList()) {
            events.add(Json.parse(line));
        }
        return events;
    }

    private Json event(String path) throws Exception {
        for (Json event : events()) {
            if (event.string("path", "").equals(path)) {
                return event;
            }
        }
        throw new AssertionError(path + " in " + new String(out.getBytes(UTF_8), UTF_8));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("salvor-report") && !name.endsWith(".jsonl"))
                    .toList();
        }
    }
}
