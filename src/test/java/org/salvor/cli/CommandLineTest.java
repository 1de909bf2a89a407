package org.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.TestTools;
import org.salvor.app.Wiring;
import org.salvor.recovery.HostFiles;
import org.salvor.restore.FileRestorer;
import org.salvor.service.Workbench;
import org.salvor.text.Json;
import org.salvor.text.ShellWords;

/** The commands over the real engine, on the practice disk and on small images. */
@Tag("core")
@DisplayName("The command line")
class CommandLineTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void bringsBackEveryDeletedFileOfThePracticeDiskByteForByte() throws Exception {
        Path target = folder.resolve("back");
        int code = run("restore", "practice:", "--to", target.toString(), "--verify");

        assertThat(code)
                .as("the practice disk holds an overwritten file\n%s", err)
                .isEqualTo(1);
        for (Json file : practice()) {
            String state = file.string("state");
            Path restored = target.resolve(file.string("path"));
            if (state.equals("deleted")) {
                assertThat(restored).hasDigest("SHA-256", file.string("sha256"));
            } else if (state.equals("partly")) {
                assertThat(restored).doesNotExist();
                assertThat(restored.resolveSibling(restored.getFileName() + ".partial"))
                        .hasSize(file.number("size"));
            } else {
                assertThat(restored).as(state).doesNotExist();
            }
        }
    }

    @Test
    void ratesTheOverwrittenFilesOfThePracticeDisk() throws Exception {
        assertThat(run("scan", "practice:", "--json")).isZero();

        assertThat(event("Budget/Diary of expenses.txt").string("rating")).isEqualTo("PARTIAL");
        assertThat(event("Budget/Diary of expenses.txt").number("intactPercent"))
                .isEqualTo(50);
        assertThat(event("Budget/Old account books.zip").string("rating")).isEqualTo("OVERWRITTEN");
        assertThat(event("Pictures/Summer 2023/Sunset.png").string("rating")).isEqualTo("INTACT");
        assertThat(event("Documents/Recipes/Bread from the internet.html").list("streams"))
                .singleElement()
                .satisfies(stream -> assertThat(stream.string("name")).isEqualTo("Zone.Identifier"));
    }

    @Test
    void endsJsonWithTheCounts() throws Exception {
        run("scan", "practice:", "--json", "--match", "*.png");

        Json done = events().getLast();
        assertThat(done.string("event")).isEqualTo("done");
        assertThat(done.number("files")).isEqualTo(2);
        assertThat(done.number("deleted")).isEqualTo(2);
        assertThat(done.number("problems")).isZero();
        assertThat(done.get("seconds").real()).isNotNegative();
    }

    @Test
    void listsLiveFilesWhereTheyAreAskedFor() throws Exception {
        assertThat(run("scan", "practice:", "--json", "--what", "existing", "--match", "*.txt"))
                .isZero();

        assertThat(event("Documents/Shopping list.txt").flag("deleted", true)).isFalse();
        assertThat(out).doesNotContain("\"deleted\":true");
    }

    @Test
    void restoresFromASavedScanWhatASelectionNames() throws Exception {
        Path scan = folder.resolve("a.salvorscan");
        Path selection = folder.resolve("a.json");
        Path target = folder.resolve("back");
        assertThat(run(
                        "scan",
                        "practice:",
                        "--match",
                        "*.png",
                        "--save",
                        scan.toString(),
                        "--select-to",
                        selection.toString()))
                .as(err)
                .isZero();

        assertThat(run("restore", scan.toString(), "--to", target.toString(), "--selection", selection.toString()))
                .as(err)
                .isZero();

        assertThat(names(target)).containsExactlyInAnyOrder("Sunset.png", "🌄 Morning.png");
    }

    @Test
    void restoresOneFileByItsId() throws Exception {
        run("scan", "practice:", "--json", "--match", "Hills.jpg");
        String id = events().getFirst().string("id");

        assertThat(run(
                        "restore",
                        "practice:",
                        "--to",
                        folder.resolve("back").toString(),
                        "--id",
                        id,
                        "--layout",
                        "flat"))
                .as(err)
                .isZero();

        assertThat(folder.resolve("back/Hills.jpg")).exists();
    }

    @Test
    void writesReportsInThreeForms() throws Exception {
        Path json = folder.resolve("r.json");
        Path csv = folder.resolve("r.csv");
        Path html = folder.resolve("r.html");
        assertThat(run(
                        "restore",
                        "practice:",
                        "--to",
                        folder.resolve("back").toString(),
                        "--match",
                        "*.csv",
                        "--report",
                        json.toString(),
                        "--report",
                        csv.toString(),
                        "--report",
                        html.toString()))
                .as(err)
                .isZero();

        Json report = Json.parse(Files.readString(json));
        assertThat(report.string("format")).isEqualTo("salvor-report");
        assertThat(report.get("summary").number("restored")).isGreaterThanOrEqualTo(2);
        assertThat(csv).content().contains("Budget/2023.csv");
        assertThat(html).content().contains("2023.csv");
        assertThat(run(
                        "report",
                        json.toString(),
                        "--as",
                        "html",
                        "--to",
                        folder.resolve("again").toString()))
                .isZero();
        assertThat(folder.resolve("again")).content().contains("2023.csv");
    }

    @Test
    void verifyFindsAChangedFile() throws Exception {
        Path report = folder.resolve("r.json");
        Path target = folder.resolve("back");
        run("restore", "practice:", "--to", target.toString(), "--match", "*.csv", "--report", report.toString());
        assertThat(run("verify", report.toString())).as(out + err).isZero();

        Files.writeString(target.resolve("Budget/2023.csv"), "something else");

        assertThat(run("verify", report.toString())).isEqualTo(1);
        assertThat(out).contains("2023.csv");
    }

    @Test
    void filesAndFoldersAreCountedApart() throws Exception {
        assertThat(run("scan", "practice:")).isZero();
        assertThat(err).contains("25 files and 7 folders found, all deleted, in ");
        assertThat(out.lines().filter(line -> line.startsWith("Folder"))).hasSize(7);

        assertThat(run("scan", "practice:", "--what", "all")).isZero();
        assertThat(err).contains("45 files and 11 folders found, 25 files and 7 folders of them deleted, in ");

        assertThat(run("scan", "practice:", "--what", "existing")).isZero();
        assertThat(err).contains("20 files and 4 folders found in ").doesNotContain("deleted");
    }

    @Test
    void aDryRunCountsFilesAndNotTheFoldersAroundThem() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run("restore", "practice:", "--to", "" + target, "--dry-run"))
                .isZero();
        assertThat(err).contains("1 of 25 files cannot be restored.").contains("24 files, ");

        String lost = "Budget/Old account books.zip";
        assertThat(run("restore", "practice:", "--to", "" + target, "--dry-run", "--match", lost))
                .isEqualTo(1);
        assertThat(err).contains("The file that was chosen cannot be restored.");
    }

    @Test
    void theSumsOfARestoreItsReportsAndItsVerificationCountFiles() throws Exception {
        Path target = folder.resolve("back");
        Path report = folder.resolve("r.json");
        Path page = folder.resolve("r.html");
        assertThat(run("restore", "practice:", "--to", "" + target, "--report", "" + report, "--report", "" + page))
                .isEqualTo(1);
        assertThat(err).contains("23 files restored, 1 partly, 0 skipped, 1 failed; ");
        Json sums = Json.parse(Files.readString(report)).get("summary");
        assertThat(sums.number("restored")).isEqualTo(23);
        assertThat(sums.number("partial")).isEqualTo(1);
        assertThat(sums.number("skipped")).isZero();
        assertThat(sums.number("failed")).isEqualTo(1);
        assertThat(Files.readString(page)).contains("23 of 25 files are back");

        assertThat(run("verify", "" + report)).isZero();
        assertThat(err).contains("24 of 24 files as the report says, in " + target);

        Files.delete(target.resolve("Budget/2023.csv"));
        assertThat(run("verify", "" + report)).isEqualTo(1);
        assertThat(err).contains("23 of 24 files as the report says, in " + target);
    }

    @Test
    void aCopyOfTheRestoredFolderIsVerifiedThroughTheReportInIt() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run("restore", "practice:", "--to", "" + target, "--match", "*.csv"))
                .as(err)
                .isZero();
        Path copy = folder.resolve("copy");
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.toList()) {
                Files.copy(file, copy.resolve(target.relativize(file)));
            }
        }
        Files.writeString(copy.resolve("Budget/2023.csv"), "damaged");

        assertThat(run("verify", "" + copy.resolve("salvor-report.json"))).isEqualTo(1);
        assertThat(err).contains(copy.toString());
        assertThat(out).contains("2023.csv");
        assertThat(run("verify", "" + target.resolve("salvor-report.json"))).isZero();
        assertThat(err).contains(target.toString());
    }

    @Test
    void aFolderBehindALinkThatLeadsNowhereIsRefusedInWords() throws Exception {
        Path link = TestTools.symbolicLink(folder.resolve("link"), folder.resolve("gone"));

        for (Path target : List.of(link, link.resolve("below"))) {
            assertThat(run("restore", "practice:", "--to", "" + target)).as(err).isIn(5, 10);
            assertThat(err).contains("link is a link that leads nowhere.");
            assertThat(folder.resolve("gone")).doesNotExist();
        }
    }

    @Test
    void aReportThatWasSavedAmongFilesOfTheSameNamesVerifiesTheRestoredFolder() throws Exception {
        Path target = folder.resolve("back");
        Path home = Files.createDirectories(folder.resolve("home/Budget"));
        Files.writeString(home.resolve("2023.csv"), "another file");
        Path report = folder.resolve("home/of the restore.json");
        assertThat(run("restore", "practice:", "--to", "" + target, "--match", "*.csv", "--report", "" + report))
                .as(err)
                .isZero();

        assertThat(run("verify", "" + report)).as(out).isZero();

        assertThat(err).contains(target.toString());
    }

    @Test
    void aReportIsNotWrittenOverItself() throws Exception {
        Path target = folder.resolve("back");
        Path report = target.resolve("salvor-report.json");
        run("restore", "practice:", "--to", "" + target, "--match", "*.csv");
        byte[] before = Files.readAllBytes(report);

        assertThat(run(
                        "report",
                        "" + report,
                        "--as",
                        "html",
                        "--to",
                        "" + target.resolve("../back/salvor-report.json")))
                .isEqualTo(2);

        assertThat(err).contains("Name another file");
        assertThat(report).hasBinaryContent(before);
    }

    @Test
    void whatSalvorMadeUpForLostFoldersIsNeitherListedNorCounted() throws Exception {
        Path image = TestImages.file("reused", folder);
        assertThat(run("scan", "" + image, "--json")).isZero();

        long files = 0;
        long folders = 0;
        List<String> paths = new ArrayList<>();
        for (Json event : events()) {
            if (event.string("event").equals("file")) {
                paths.add(event.string("path"));
                files += event.string("kind").equals("file") ? 1 : 0;
                folders += event.string("kind").equals("folder") ? 1 : 0;
            }
        }
        assertThat(paths).anyMatch(path -> path.startsWith("Lost folders/")).doesNotContain("Lost folders");
        Json done = events().getLast();
        assertThat(done.number("files")).isEqualTo(files);
        assertThat(done.number("folders")).isEqualTo(folders);
        assertThat(done.number("deleted")).isEqualTo(files + folders);

        Path target = folder.resolve("back");
        run("restore", "" + image, "--to", "" + target);
        assertThat(target.resolve("Lost folders"))
                .as("it holds what is restored")
                .isDirectory();
        assertThat(run("scan", "" + image, "--what", "existing", "--json")).isZero();
        assertThat(events().getLast().number("deleted")).isZero();
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run("restore", "practice:", "--to", target.toString(), "--dry-run"))
                .as(err)
                .isZero();

        assertThat(target).doesNotExist();
        assertThat(out).contains("Budget/2023.csv");
    }

    @Test
    void listsThePlacesOfADiskThatHoldsSeveral() throws Exception {
        Path disk = TestImages.file("disk-gpt", folder);
        assertThat(run("probe", disk.toString(), "--json")).isZero();
        long readable = events().stream()
                .filter(event -> out(event, "state").equals("READABLE"))
                .count();

        int code = run("scan", disk.toString());

        if (readable > 1) {
            assertThat(code).isEqualTo(2);
            assertThat(err).contains("--at ");
        } else {
            assertThat(code).isIn(0, 9);
        }
    }

    @Test
    void listsEachPlaceInALineOfItsOwn() throws Exception {
        Path disk = TestImages.file("disk-mbr", folder);

        assertThat(run("scan", disk.toString())).isEqualTo(2);

        assertThat(err.lines().skip(1))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("  --at ").doesNotContain("\uFFFD"));
    }

    @Test
    void anEmptyNameIsNoFolder() throws Exception {
        assertThat(run("restore", "practice:", "--to", "")).isEqualTo(2);
        assertThat(err).contains("The name is empty.");
        assertThat(run("probe", "")).isEqualTo(2);
        assertThat(run("resume", " ")).isEqualTo(2);
    }

    @Test
    void whatIsMissingBehindTheEndOfAnImageIsTold() throws Exception {
        Path image = TestImages.file("objects", folder);
        try (FileChannel cut = FileChannel.open(image, StandardOpenOption.WRITE)) {
            cut.truncate(3_000_000);
        }

        assertThat(run("scan", "" + image)).isZero();
        assertThat(err).contains("What lay behind is missing");
        assertThat(run("scan", "" + image, "--json")).isZero();
        assertThat(events().getLast().number("problems")).isPositive();
    }

    @Test
    void aTargetThatALinkLeadsToCanKeepWhatItCanKeepWithoutTheLink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = TestTools.symbolicLink(folder.resolve("link"), real);

        assertThat(run("restore", "practice:", "--to", "" + real, "--dry-run")).isZero();
        String direct = out;
        assertThat(run("restore", "practice:", "--to", "" + link, "--dry-run")).isZero();

        assertThat(out.replace("" + link, "" + real)).isEqualTo(direct);
    }

    @Test
    void aVolumeHasNoPlacesToList() throws Exception {
        assertThat(run("scan", "practice:", "--at", "2")).isEqualTo(2);

        assertThat(err).contains("Leave out --at").doesNotContain("There are:");
    }

    @Test
    void theLineToGoOnWithNamesTheSamePlaceAndChoice() throws Exception {
        Path disk = TestImages.file("disk-mbr", folder);

        assertThat(run("scan", disk.toString(), "--at", "5", "--match", "*.txt"))
                .isZero();

        assertThat(err)
                .contains("1 file and 0 folders found")
                .contains("salvor restore "
                        + ShellWords.line(List.of(disk.toString(), "--at", "5", "--match", "*.txt"))
                        + " --to FOLDER");
    }

    /** An image is something that others send. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "asks a shell of Unix")
    void noNameIsRunWhereALineIsPasted() throws Exception {
        Path image = Files.copy(TestImages.file("disk-mbr", folder), folder.resolve("o $(id) `id` \"it's\".img"));
        assertThat(run("scan", image.toString(), "--at", "5", "--match", "*.txt"))
                .isZero();
        String line = err.lines()
                .filter(text -> text.contains("salvor restore "))
                .findFirst()
                .orElseThrow();
        Process shell = new ProcessBuilder(
                        "sh", "-c", "printf '%s\\n' " + line.substring(line.indexOf("salvor restore ")))
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "salvor", "restore", image.toString(), "--at", "5", "--match", "*.txt", "--to", "FOLDER");
    }

    @Test
    void aNameCannotTurnTheDirectionOfWritingRound() {
        assertThat(Terminal.printable("gpj.\u202eexe \u2067\u0007")).isEqualTo("gpj.\ufffdexe \ufffd\ufffd");
        assertThat(Terminal.printable("עברית Ω")).isEqualTo("עברית Ω");
    }

    @Test
    void namesTheFileThatOverwroteAnotherAlsoWhereOnlyDeletedFilesAreAskedFor() throws Exception {
        Path image = TestImages.file("reused", folder);
        assertThat(run("scan", image.toString(), "--match", "plain1m.bin", "--json"))
                .isZero();
        assertThat(out).contains("Clusters of it now belong to new0.bin.");

        assertThat(run("restore", image.toString(), "--match", "plain1m.bin", "--to", "" + folder.resolve("back")))
                .isEqualTo(1);
        assertThat(out).contains("Clusters of it now belong to new0.bin.");
    }

    @Test
    void tellsOfAFileThatCannotComeBackOnlyOnce() throws Exception {
        Path image = TestImages.file("reused", folder);

        assertThat(run("restore", image.toString(), "--match", "odd_size.bin", "--to", "" + folder.resolve("back")))
                .isEqualTo(1);

        assertThat((out + err).split("odd_size\\.bin", -1)).as(out + err).hasSize(2);
    }

    @Test
    void aSavedScanSaysWhatItDoesNotHold() throws Exception {
        Path scan = folder.resolve("a.salvorscan");
        run("scan", "practice:", "--save", scan.toString());

        run("scan", scan.toString(), "--what", "existing", "--plan", "thorough");
        assertThat(err).contains("holds no existing files").contains("quick one");

        assertThat(run("scan", scan.toString(), "--at", "7")).isEqualTo(2);
        assertThat(run("scan", folder.resolve("b.salvorscan").toString())).isEqualTo(3);
        assertThat(err).contains("There is no saved scan " + folder.resolve("b.salvorscan") + ".");
    }

    @Test
    void aSelectionThatIsNotThereIsAUsageError() throws Exception {
        Path selection = folder.resolve("no.json");

        assertThat(run("restore", "practice:", "--to", "" + folder.resolve("back"), "--selection", "" + selection))
                .isEqualTo(2);

        assertThat(err).contains("There is no selection " + selection + ".");
    }

    @Test
    void aReportWithoutAFolderIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path target = folder.resolve("back");

        assertThat(run("restore", "practice:", "--to", "" + target, "--report", "" + folder.resolve("none/r.json")))
                .isEqualTo(10);

        assertThat(target).doesNotExist();
        assertThat(run("restore", "practice:", "--to", "" + target, "--report", "" + target.resolve("r.json")))
                .as(err)
                .isEqualTo(1);
        assertThat(target.resolve("r.json")).exists();
    }

    @Test
    void nothingIsLeftToResumeAfterARestoreThatCameToItsEnd() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run("restore", "practice:", "--to", "" + target, "--match", "*.csv"))
                .as(err)
                .isZero();
        assertThat(target.resolve(".salvor-journal")).doesNotExist();

        assertThat(run("resume", "" + target.resolve(".salvor-journal")))
                .as(err)
                .isZero();

        assertThat(err).contains("Nothing is left to do");
        Path report = folder.resolve("again.csv");
        assertThat(run("resume", "" + target, "--report", "" + report)).as(err).isZero();
        assertThat(report).content().contains("2023.csv", "RESTORED");
        assertThat(run("resume", "" + target)).as(err).isZero();
        assertThat(run("resume", "" + folder.resolve(".salvor-journal"))).isEqualTo(2);
        assertThat(run("resume", "" + folder)).isEqualTo(2);
        assertThat(err).contains("no journal", folder.toString());
    }

    @Test
    void whatIsWrongWithTheArgumentsIsNotHiddenByThePagesOfTheHelp() throws Exception {
        assertThat(run("restore", "practice:")).isEqualTo(2);
        assertThat(err.lines()).hasSize(2).first().asString().contains("--to=FOLDER");
        assertThat(err).contains("salvor restore --help");

        assertThat(run("scan", "practice:", "--whot=all")).isEqualTo(2);
        assertThat(err).contains("--whot", "--what", "salvor scan --help");
        assertThat(out).isEmpty();
    }

    @Test
    void aFileThatIsLeftAloneSaysFirstThatItIs() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run("restore", "practice:", "--to", "" + target, "--match", "Diary of expenses.txt"))
                .as(err)
                .isEqualTo(1);
        Files.writeString(target.resolve("Budget/Diary of expenses.txt.partial"), "something else");
        Path report = folder.resolve("second.json");

        run(
                "restore",
                "practice:",
                "--to",
                "" + target,
                "--match",
                "Diary of expenses.txt",
                "--on-conflict",
                "skip",
                "--report",
                "" + report);

        assertThat(WORKBENCH.readReport(report).files())
                .singleElement()
                .satisfies(file -> assertThat(file.reasons())
                        .hasSizeGreaterThan(1)
                        .first()
                        .asString()
                        .contains("name lies there"));
    }

    @Test
    void aReportIsNotWrittenOverTheSourceItCameFrom() throws Exception {
        Path image = TestImages.file("objects", folder);
        byte[] before = Files.readAllBytes(image);
        Path json = folder.resolve("r.json");
        run("restore", "" + image, "--what", "all", "--to", "" + folder.resolve("back"), "--report", "" + json);
        assertThat(json).as(err).exists();

        assertThat(run("report", "" + json, "--as", "html", "--to", "" + image)).isEqualTo(5);

        assertThat(Files.readAllBytes(image)).isEqualTo(before);
        Files.delete(image);
        assertThat(run("report", "" + json, "--as", "html", "--to", "" + folder.resolve("r.html")))
                .as("the source is not here any more\n%s", err)
                .isZero();
    }

    @Test
    void keysThatAreGivenAreSaidNotToBeUsed() throws Exception {
        Path key = Files.writeString(folder.resolve("key.txt"), "secret");

        assertThat(run("scan", "practice:", "--password-file", "" + key)).isZero();
        assertThat(err).contains("does not open BitLocker volumes").doesNotContain("secret");

        run("scan", "practice:");
        assertThat(err).doesNotContain("keys");
    }

    @Test
    void ofAnImageThatWasCutOffOnlyWhatIsThereIsCalledIntact() throws Exception {
        Path image = TestImages.file("objects", folder);
        try (java.nio.channels.FileChannel file =
                java.nio.channels.FileChannel.open(image, java.nio.file.StandardOpenOption.WRITE)) {
            file.truncate(2_500_000);
        }

        assertThat(run("scan", image.toString(), "--what", "all", "--json")).isZero();

        Json plain = event("docs/plain1m.bin");
        assertThat(plain.string("rating")).isEqualTo("OVERWRITTEN");
        assertThat(plain.strings("reasons")).containsExactly("A part of it cannot be read from the source.");
        assertThat(event("docs/resident.txt").string("rating")).isEqualTo("INTACT");
        assertThat(event("$LogFile").string("rating")).isNotEqualTo("INTACT");
        assertThat(out).doesNotContain("other files use them now");
    }

    @Test
    void aScanIsSavedOnlyUnderANameThatOpensItAgain() throws Exception {
        assertThat(run("scan", "practice:", "--save", "" + folder.resolve("scan.dat")))
                .isEqualTo(2);
        assertThat(err).contains("must end in .salvorscan");
        assertThat(folder.resolve("scan.dat")).doesNotExist();

        assertThat(run("scan", "practice:", "--save", "" + folder.resolve("none/a.salvorscan")))
                .isEqualTo(10);
        assertThat(err).contains("the file or its folder is not there").doesNotContain(".part");
        assertThat(run("scan", "")).isEqualTo(2);
    }

    @Test
    void whatIsNoDeviceSaysSo() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/null")), "no /dev/null on this system");

        assertThat(run("scan", "/dev/null")).isEqualTo(3);
        assertThat(err).contains("neither a file nor a disk");
        assertThat(run("scan", "/dev/salvor-not-there")).isEqualTo(3);
        assertThat(err).contains("is not there");
    }

    @Test
    void scanHelpSaysWhichFilesNoScanCanFind() throws Exception {
        assertThat(run("scan", "--help")).isZero();

        assertThat(out).contains("leaves no trace");
    }

    @Test
    void scansThePlaceThatIsNamed() throws Exception {
        Path disk = TestImages.file("disk-mbr", folder);
        run("probe", disk.toString(), "--json");
        String first = events().stream()
                .filter(event -> out(event, "state").equals("READABLE"))
                .map(event -> out(event, "id"))
                .findFirst()
                .orElseThrow();

        assertThat(run("scan", disk.toString(), "--at", first, "--json", "--what", "all"))
                .as(err)
                .isZero();

        assertThat(events().getLast().number("files")).isPositive();
    }

    @Test
    void aMistypedCommandIsAUsageError() throws IOException {
        assertThat(run("scna", "practice:")).isEqualTo(2);
        assertThat(run("scan")).isEqualTo(2);
        assertThat(run("scan", "practice:", "--plan", "slow")).isEqualTo(2);
        assertThat(run("restore", "practice:", "--to", "x", "--on-conflict", "whatever"))
                .isEqualTo(2);
        assertThat(run("scan", "practice:", "--at", "7")).isEqualTo(2);
        assertThat(run("scan", "practice:", "--pfx", "nowhere.pfx")).isEqualTo(2);
        assertThat(run("restore", "practice:", "--to", "x", "--report", "x.doc"))
                .isEqualTo(2);
    }

    @Test
    void whatIsNoDiskCannotBeRead() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.img"));
        Path text = Files.writeString(folder.resolve("text.img"), "this is no disk\n".repeat(1000));

        assertThat(run("scan", empty.toString())).isEqualTo(3);
        assertThat(err).doesNotContain("Exception");
        assertThat(run("scan", text.toString())).isEqualTo(3);
        assertThat(run("scan", folder.resolve("absent.img").toString())).isEqualTo(3);
    }

    @Test
    void nothingThatMatchesIsCodeNine() throws IOException {
        assertThat(run("scan", "practice:", "--match", "no such name")).isEqualTo(9);
        assertThat(run("restore", "practice:", "--to", folder.resolve("b").toString(), "--match", "no such name"))
                .isEqualTo(9);
        assertThat(run("restore", "practice:", "--to", folder.resolve("b").toString(), "--id", "ntfs:1:1-1"))
                .isEqualTo(9);
    }

    @Test
    void aSavedScanOfAnotherImageIsRefused() throws Exception {
        Path image = TestImages.file("ads", folder);
        Path scan = folder.resolve("a.salvorscan");
        assertThat(run("scan", image.toString(), "--what", "all", "--save", scan.toString()))
                .as(err)
                .isZero();
        Files.delete(image);
        Files.move(TestImages.file("links", folder), image);

        assertThat(run("restore", scan.toString(), "--to", folder.resolve("b").toString()))
                .as(err)
                .isEqualTo(8);
    }

    @Test
    void aTargetThatCannotBeAFolderIsCodeTen() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(run("restore", "practice:", "--to", file.resolve("below").toString()))
                .as(err)
                .isEqualTo(10);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc is a view of a Linux system")
    void aPlaceThatKeepsNothingIsCodeTenAndNotAMatterOfSpace() throws IOException {
        assertThat(run("restore", "practice:", "--to", "/proc/self/back")).isEqualTo(10);

        assertThat(err).contains("cannot be written to", "another folder");
    }

    @Test
    void whereTheFileTableKnowsOfNothingAThoroughScanIsNamed() throws IOException {
        String empty = TestImages.file("volume-ntfs", folder).toString();
        run("scan", empty);
        assertThat(err).contains("0 files and 0 folders", "--plan thorough");
        run("scan", empty, "--plan", "thorough");
        assertThat(err).doesNotContain("--plan thorough");
    }

    @Test
    void aStopEndsWithCodeSeven() throws IOException {
        StringWriter text = new StringWriter();
        SalvorCli cli = new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(text)));
        cli.cancel();

        assertThat(cli.run("scan", "practice:")).isEqualTo(7);
    }

    @Test
    void whatFailsInsideShowsAShortCodeAndNoTrace() {
        StringWriter text = new StringWriter();
        Workbench broken =
                new Workbench(List.of(new BrokenEngine()), new FileRestorer(TestHost.places(), HostFiles.PLAIN));
        SalvorCli cli = new SalvorCli(broken, Terminal.piped(new PrintWriter(text), new PrintWriter(text)));

        assertThat(cli.run("probe", "practice:")).isEqualTo(70);

        assertThat(text.toString()).containsPattern("[0-9A-F]{4}-[0-9A-F]{4}").doesNotContain("\tat ");
    }

    @Test
    void helpKnowsEveryCommand() throws IOException {
        assertThat(run("--help")).isZero();
        assertThat(out).contains("list", "probe", "scan", "restore", "export", "resume", "verify", "report");
        for (String command : List.of("list", "probe", "scan", "restore", "export", "resume", "verify", "report")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out).contains("Usage: salvor " + command);
        }
    }

    private int run(String... arguments) throws IOException {
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
        return events().stream()
                .filter(event -> out(event, "path").equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String out(Json event, String field) {
        try {
            return event.string(field, "");
        } catch (org.salvor.fault.FormatException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Json> practice() throws Exception {
        try (InputStream in = Wiring.class.getResourceAsStream("/org/salvor/practice/practice.manifest.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .list("files");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("salvor-report")
                            && !name.startsWith("sidecar")
                            && !name.endsWith(".jsonl"))
                    .toList();
        }
    }
}
