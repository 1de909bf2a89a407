package org.salvor.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.restore.RestoreFixture.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestHost;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;
import org.salvor.fault.SourceReadException;
import org.salvor.posix.LinuxFiles;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.substream.StreamType;
import org.salvor.text.Json;

class FileRestorerTest {
    @TempDir
    Path folder;

    private RestoreFixture fixture;
    private MemorySession session;

    @BeforeEach
    void prepare() throws Exception {
        fixture = new RestoreFixture(folder);
        session = fixture.session;
    }

    private static RestoredFile file(RestoreReport report, String path) {
        return report.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPlanWritesNothing() throws Exception {
        session.file(Catalog.NONE, "a.txt", bytes("a"));
        RestorePlan plan = fixture.plan();
        assertThat(plan.possible()).isTrue();
        assertThat(plan.bytes()).isEqualTo(1);
        assertThat(fixture.target).doesNotExist();
    }

    @Test
    void filesComeBackWithTheirFoldersTimesAndHashes() throws Exception {
        int docs = session.folder(Catalog.NONE, "docs");
        session.file(docs, "a.txt", bytes("hello"));
        session.file(docs, "empty", new byte[0]);
        RestoreReport report = fixture.run();
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        assertThat(fixture.target.resolve("docs/a.txt")).hasContent("hello");
        assertThat(fixture.target.resolve("docs/empty")).isEmptyFile();
        assertThat(Times.units(Files.getLastModifiedTime(fixture.target.resolve("docs/a.txt"))
                        .toInstant()))
                .isEqualTo(MemorySession.TIME + 10_000_000);
        assertThat(file(report, "docs/a.txt").sha256()).isEqualTo(Hashes.hex(Hashes.sha256(bytes("hello"))));
        try (Stream<Path> left = Files.walk(fixture.target)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".salvor-part") || name.startsWith(".salvor-journal"));
        }
        assertThat(fixture.restorer.readReport(fixture.target.resolve(FileRestorer.REPORT)))
                .isEqualTo(report);
    }

    /** Linux takes no path of more than 4,096 bytes. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "how long a path may be is up to the system")
    void aPathThatIsTooLongKeepsNoOtherFileBack() throws Exception {
        int deep = Catalog.NONE;
        for (char letter = 'a'; letter < 'u'; letter++) {
            deep = session.folder(deep, String.valueOf(letter).repeat(230));
        }
        session.file(deep, "deep.txt", bytes("deep"));
        session.file(session.folder(Catalog.NONE, "z"), "last.txt", bytes("last"));
        RestoreReport report = fixture.run();
        assertThat(report.stop()).isEqualTo(RestoreReport.Stop.NONE);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.PROBLEMS);
        assertThat(file(report, "z/last.txt").outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.files())
                .filteredOn(file -> file.path().endsWith("deep.txt"))
                .singleElement()
                .satisfies(file -> assertThat(file.outcome()).isEqualTo(Outcome.FAILED));
        assertThat(fixture.target.resolve("z/last.txt")).hasContent("last");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "stat tells the blocks that a file takes")
    void holesStayHoles() throws Exception {
        byte[] end = new byte[65536];
        new Random(1).nextBytes(end);
        session.file(
                Catalog.NONE,
                "sparse",
                new MemorySession.Part(StreamType.DATA, "", (64L << 20) + 65536, List.of(64L << 20, end)));
        session.file(
                Catalog.NONE,
                "hollow end",
                new MemorySession.Part(StreamType.DATA, "", (8L << 20) + 3, List.of(bytes("abc"), 8L << 20)));
        RestoreReport report = fixture.run();
        Path sparse = fixture.target.resolve("sparse");
        assertThat(sparse).hasSize((64L << 20) + 65536);
        assertThat(blocks(sparse)).isLessThanOrEqualTo(2 * 65536 / 512);
        assertThat(fixture.target.resolve("hollow end")).hasSize((8L << 20) + 3);
        assertThat(blocks(fixture.target.resolve("hollow end"))).isLessThanOrEqualTo(16);
        assertThat(fixture.restorer.verify(fixture.target.resolve(FileRestorer.REPORT), JobMonitor.SILENT))
                .isEqualTo(report);
    }

    /** Blocks of 512 bytes that a file takes. */
    private static long blocks(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
    }

    @Test
    void lostBytesMakeAFilePartialAndAreNamed() throws Exception {
        session.file(
                Catalog.NONE,
                "film.mov",
                new MemorySession.Part(StreamType.DATA, "", 20, List.of(bytes("12345"), 10, bytes("67890"))));
        session.file(
                Catalog.NONE,
                "broken.doc",
                new MemorySession.Part(
                        StreamType.DATA,
                        "",
                        20,
                        List.of(bytes("12345"), new SourceReadException(512, 15, "medium error", null))));
        RestoreReport report = fixture.run();
        RestoredFile film = file(report, "film.mov");
        assertThat(film.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(film.target()).isEqualTo("film.mov.partial");
        assertThat(film.reasons()).anyMatch(reason -> reason.contains("10 bytes (from 5 to 14)"));
        assertThat(Files.readAllBytes(fixture.target.resolve("film.mov.partial")))
                .isEqualTo(bytes("12345\0\0\0\0\0\0\0\0\0\0" + "67890"));
        assertThat(file(report, "broken.doc").outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(fixture.target.resolve("broken.doc.partial")).hasSize(20);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    void aStreamThatIsDoubtedAtItsEndIsPartialAndKeepsItsLength() throws Exception {
        session.file(
                Catalog.NONE,
                "doubted.doc",
                new MemorySession.Part(
                        StreamType.DATA,
                        "",
                        5,
                        List.of(bytes("12345"), new RecoveryException("The checksum is wrong."))));
        RestoreReport report = fixture.run();
        RestoredFile doubted = file(report, "doubted.doc");
        assertThat(doubted.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(doubted.reasons()).anyMatch(reason -> reason.contains("The checksum is wrong."));
        assertThat(fixture.target.resolve("doubted.doc.partial")).hasContent("12345");
    }

    @Test
    void oneBadFileDoesNotEndTheJob() throws Exception {
        session.file(
                Catalog.NONE,
                "bad",
                new MemorySession.Part(
                        StreamType.DATA, "", 5, List.of(new SourceReadException(0, 5, "medium error", null))));
        session.file(Catalog.NONE, "good", bytes("good"));
        RestoreReport report = fixture.run();
        assertThat(file(report, "bad").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(file(report, "bad").target()).isEmpty();
        assertThat(fixture.target.resolve("good")).hasContent("good");
        assertThat(RestoreFixture.contents(fixture.target))
                .containsOnlyKeys("", "good", FileRestorer.REPORT, "salvor-sidecar", "salvor-sidecar/files.jsonl");
    }

    @Test
    void theCheckOfTheContentComesBeforeARestore() throws Exception {
        int row = session.file(Catalog.NONE, "a.png", bytes("not a png"));
        session.rateLater(row, Rating.of(RatingClass.PARTIAL, 100, ReasonKind.BAD_START));
        RestoreReport report = fixture.run();
        assertThat(file(report, "a.png").target()).isEqualTo("a.png.partial");
        assertThat(file(report, "a.png").rating()).isEqualTo(RatingClass.PARTIAL);
    }

    @Test
    void whatIsEncryptedIsKeptSoAndNeverCountsAsRestored() throws Exception {
        session.locked("letter.txt", Encryption.Kind.CERTIFICATE, bytes("an export"));
        int torn = session.locked(
                "torn.txt", Encryption.Kind.CERTIFICATE, MemorySession.encrypted(10, bytes("export"), 4));
        session.rate(torn, RatingClass.PARTIAL, 60, ReasonKind.CLUSTERS_REUSED);
        int gone = session.locked("gone.txt", Encryption.Kind.CERTIFICATE, bytes("x"));
        session.rate(gone, RatingClass.OVERWRITTEN, 0, ReasonKind.CLUSTERS_REUSED);
        RestorePlan plan = fixture.plan();
        assertThat(RestoreFixture.targets(plan)).containsExactly("letter.txt.efsraw", "torn.txt.efsraw.partial", "");
        assertThat(plan.issues()).extracting(PlanIssue::kind).contains(PlanIssue.Kind.KEPT_ENCRYPTED);
        RestoreReport report = fixture.run();
        assertThat(file(report, "letter.txt").outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
        assertThat(file(report, "torn.txt").outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
        assertThat(file(report, "torn.txt").target()).isEqualTo("torn.txt.efsraw.partial");
        assertThat(file(report, "torn.txt").rating()).isEqualTo(RatingClass.LOCKED);
        assertThat(file(report, "gone.txt").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Files.readString(fixture.target.resolve("letter.txt.efsraw")))
                .isEqualTo("an export");
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    void whereEveryFileStaysEncryptedTheyAreKeptSoAndThatIsAProblem() throws Exception {
        session.locked("letter.txt", Encryption.Kind.CERTIFICATE, bytes("an export"));
        assertThat(ExitCode.of(fixture.run())).isEqualTo(ExitCode.PROBLEMS);
    }

    /** A certificate may come between the plan and the writing, and go between a stop and going on. */
    @Test
    void theNameFollowsWhatTheContentTurnsOutToBe() throws Exception {
        int opened = session.file(Catalog.NONE, "opened.txt", bytes("plain"));
        session.lock(opened, Encryption.Kind.CERTIFICATE);
        int other = session.link(Catalog.NONE, "again.txt", opened);
        session.lock(other, Encryption.Kind.CERTIFICATE);
        session.file(Catalog.NONE, "closed.txt", MemorySession.encrypted(9, bytes("an export")));
        RestoreReport report = fixture.run();
        assertThat(file(report, "opened.txt").target()).isEqualTo("opened.txt");
        assertThat(file(report, "opened.txt").outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(file(report, "opened.txt").rating()).isEqualTo(RatingClass.PROBABLE);
        assertThat(file(report, "again.txt").target()).isEqualTo("again.txt");
        assertThat(file(report, "closed.txt").target()).isEqualTo("closed.txt.efsraw");
        assertThat(file(report, "closed.txt").outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
    }

    @Test
    void whatCannotComeBackIsToldAndNeverCountsAsDone() throws Exception {
        session.rate(
                session.file(Catalog.NONE, "gone", bytes("x")), RatingClass.OVERWRITTEN, 0, ReasonKind.CLUSTERS_REUSED);
        session.locked("locked", Encryption.Kind.KEY_LOST, bytes("x"));
        session.rate(session.file(Catalog.NONE, "stub", bytes("x")), RatingClass.STUB, 0, ReasonKind.NO_STORE);
        RestorePlan plan = fixture.plan();
        assertThat(plan.count(PlannedFile.Action.IMPOSSIBLE)).isEqualTo(3);
        session.folder(Catalog.NONE, "docs");
        assertThat(fixture.plan().issues())
                .extracting(PlanIssue::text)
                .as("the folder is no file that cannot be restored, nor one that can")
                .contains("3 of 3 files cannot be restored.");
        RestoreReport report = fixture.run();
        assertThat(report.count(Outcome.FAILED)).isEqualTo(3);
        assertThat(report.count(Outcome.RESTORED)).isZero();
        assertThat(report.fileCount()).isEqualTo(3);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "by extended attributes, which Linux has")
    void namedStreamsAreKeptOnTheFileOrInTheSidecar() throws Exception {
        byte[] large = new byte[200_000];
        new Random(2).nextBytes(large);
        session.file(
                Catalog.NONE,
                "a.txt",
                MemorySession.data(bytes("main")),
                MemorySession.stream("Zone.Identifier", bytes("[ZoneTransfer]")),
                MemorySession.stream("large", large));
        RestoreReport report = fixture.run();
        Path file = fixture.target.resolve("a.txt");
        assertThat(file(report, "a.txt").streams())
                .extracting(RestoredFile.RestoredStream::name)
                .containsExactly("Zone.Identifier", "large");
        assertThat(new LinuxFiles().attribute(file, "user.Zone.Identifier")).isEqualTo(bytes("[ZoneTransfer]"));
        assertThat(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                        .list())
                .contains("Zone.Identifier");
        assertThat(fixture.target.resolve("a.txt.sidecar/stream-1.bin")).hasBinaryContent(large);
        Path saved = fixture.target.resolve(FileRestorer.REPORT);
        assertThat(ExitCode.of(fixture.restorer.verify(saved, JobMonitor.SILENT)))
                .isEqualTo(ExitCode.DONE);
        new LinuxFiles().attribute(file, "user.Zone.Identifier", bytes("changed"));
        assertThat(fixture.restorer.verify(saved, JobMonitor.SILENT).count(Outcome.FAILED))
                .isEqualTo(1);
    }

    @Test
    void streamsWhoseNamesNoAttributeCanHaveGoToTheSidecar() throws Exception {
        String long90 = "\u65e5".repeat(90);
        session.file(
                Catalog.NONE,
                "a.txt",
                MemorySession.data(bytes("main")),
                MemorySession.stream("a", bytes("first")),
                MemorySession.stream("a\0b", bytes("second")),
                MemorySession.stream(long90, bytes("third")));

        RestoreReport report = fixture.run();

        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        Path file = fixture.target.resolve("a.txt");
        for (String stream : List.of("a", "a\0b", long90)) {
            String content = List.of("first", "second", "third")
                    .get(List.of("a", "a\0b", long90).indexOf(stream));
            assertThat(StoredStreams.sha256(file, stream, TestHost.files(), JobMonitor.SILENT))
                    .isEqualTo(Hashes.hex(Hashes.sha256(bytes(content))));
        }
        RestoreReport verified =
                fixture.restorer.verify(fixture.target.resolve(FileRestorer.REPORT), JobMonitor.SILENT);
        assertThat(ExitCode.of(verified)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatEveryFileHasGoesIntoOneSidecarOfTheRestore() throws Exception {
        byte[] one = NtfsTargetTest.descriptor();
        byte[] other = one.clone();
        other[other.length - 1] = 0x13;
        int folder = session.folder(Catalog.NONE, "salvor-sidecar");
        for (int i = 0; i < 5; i++) {
            byte[] descriptor = i == 3 ? other : one;
            session.file(
                    i < 2 ? folder : Catalog.NONE,
                    "file " + i,
                    new MemorySession.Part(StreamType.SECURITY_DATA, "", descriptor.length, List.of(descriptor)),
                    MemorySession.data(bytes("content " + i)));
        }
        RestoreReport report = fixture.run();
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        try (Stream<Path> all = Files.list(fixture.target)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "salvor-sidecar", "salvor-sidecar_", "salvor-report.json", "file 2", "file 3", "file 4");
        }
        List<Json> lines = new ArrayList<>();
        for (String line : Files.readAllLines(fixture.target.resolve("salvor-sidecar/files.jsonl"))) {
            lines.add(Json.parse(line));
        }
        assertThat(lines).hasSize(1 + 2 + 6);
        Map<String, byte[]> descriptors = new HashMap<>();
        for (Json line : lines.subList(1, 3)) {
            assertThat(line.string("sddl")).startsWith("O:BAG:BAD:");
            descriptors.put(line.string("security"), Base64.getDecoder().decode(line.string("raw")));
        }
        for (int i = 0; i < 5; i++) {
            Json line = lines.get(4 + i);
            assertThat(line.string("target")).isEqualTo((i < 2 ? "salvor-sidecar_/" : "") + "file " + i);
            assertThat(line.string("sha256")).isEqualTo(Hashes.hex(Hashes.sha256(bytes("content " + i))));
            assertThat(line.number("attributes")).isEqualTo(0x20);
            assertThat(line.string("created"))
                    .isEqualTo(Times.instant(MemorySession.TIME).toString());
            assertThat(descriptors.get(line.string("security"))).isEqualTo(i == 3 ? other : one);
        }
    }

    @Test
    void verifyFindsChangedAndMissingFiles() throws Exception {
        session.file(Catalog.NONE, "changed", bytes("12345"));
        session.file(Catalog.NONE, "missing", bytes("12345"));
        session.file(Catalog.NONE, "whole", bytes("12345"));
        fixture.run();
        Files.writeString(fixture.target.resolve("changed"), "54321");
        Files.delete(fixture.target.resolve("missing"));
        RestoreReport found = fixture.restorer.verify(fixture.target.resolve(FileRestorer.REPORT), JobMonitor.SILENT);
        assertThat(file(found, "changed").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(file(found, "missing").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(file(found, "whole").outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(ExitCode.of(found)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    void whatAnEarlierRunBroughtBackUnderAnotherNameIsNotBroughtBackOnceMore() throws Exception {
        session.file(Catalog.NONE, "a.txt", bytes("new"));
        session.file(Catalog.NONE, "b.txt", bytes("one"));
        session.file(Catalog.NONE, "b.txt", bytes("two"));
        Files.createDirectories(fixture.target);
        Files.writeString(fixture.target.resolve("a.txt"), "old");
        fixture.run();
        for (int again = 0; again < 2; again++) {
            RestoreReport report = fixture.run();
            assertThat(report.files()).extracting(RestoredFile::outcome).containsOnly(Outcome.SKIPPED);
            assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        }
        assertThat(fixture.target.resolve("a (2).txt")).hasContent("new");
        assertThat(fixture.target.resolve("b (2).txt")).hasContent("two");
        assertThat(fixture.target.resolve("a (3).txt")).doesNotExist();
        assertThat(fixture.target.resolve("b (3).txt")).doesNotExist();
    }

    @Test
    void hardLinksStayOneFile() throws Exception {
        int first = session.file(Catalog.NONE, "first", bytes("content"));
        session.link(Catalog.NONE, "second", first);
        RestoreReport report = fixture.run();
        assertThat(fixture.plan().files()).extracting(PlannedFile::action).contains(PlannedFile.Action.SAME);
        assertThat(Files.isSameFile(fixture.target.resolve("first"), fixture.target.resolve("second")))
                .isTrue();
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aResumedRunStillTellsWhatTheSourceHasLost() throws Exception {
        for (int i = 0; i < 50; i++) {
            session.file(Catalog.NONE, "file " + i, bytes("content " + i));
        }
        session.lost("Two files of the backup are lost.");
        RestoreReport stopped = fixture.run(RestoreOptions.to(fixture.target), files(20));
        assertThat(stopped.stop()).isEqualTo(RestoreReport.Stop.CANCELLED);
        RestoreReport resumed = fixture.restorer.resume(
                fixture.target.resolve(".salvor-journal"), fixture.source, session, JobMonitor.SILENT);
        assertThat(resumed.files()).hasSize(50).allMatch(RestoredFile::there);
        assertThat(resumed.problems()).containsExactly("Two files of the backup are lost.");
        assertThat(ExitCode.of(resumed)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    void aStopOnRequestLeavesNoHalfFileAndCanBeResumed() throws Exception {
        for (int i = 0; i < 50; i++) {
            session.file(Catalog.NONE, "file " + i, bytes("content " + i));
        }
        RestoreReport stopped = fixture.run(RestoreOptions.to(fixture.target), files(20));
        assertThat(stopped.stop()).isEqualTo(RestoreReport.Stop.CANCELLED);
        assertThat(ExitCode.of(stopped)).isEqualTo(ExitCode.CANCELLED);
        Path journal = fixture.target.resolve(".salvor-journal");
        assertThat(journal).exists();
        assertThat(RestoreFixture.contents(fixture.target).keySet()).noneMatch(name -> name.endsWith(".salvor-part"));
        JournalInfo info = fixture.restorer.journal(journal);
        assertThat(info.files()).isEqualTo(50);
        assertThat(info.done()).isBetween(1L, 49L);
        RestoreReport resumed = fixture.restorer.resume(journal, fixture.source, session, JobMonitor.SILENT);
        assertThat(ExitCode.of(resumed)).isEqualTo(ExitCode.DONE);
        assertThat(resumed.files()).hasSize(50).allMatch(RestoredFile::there);
        assertThat(journal).doesNotExist();
        assertThat(fixture.restorer.journal(journal).finished()).isTrue();
    }

    @Test
    void aJournalHasItsNameOnlyOnceItIsWholeAndWhatAKillLeftBeforeIsNoHindrance() throws Exception {
        session.file(Catalog.NONE, "a", bytes("a"));
        Path path = Files.createDirectories(fixture.target).resolve(TargetNames.JOURNAL);
        try (Journal journal = Journal.create(path)) {
            assertThat(path).as("before it is begun").doesNotExist();
            assertThat(journal.path()).isEqualTo(path);
        }
        Files.writeString(path.resolveSibling(TargetNames.JOURNAL + ".new"), "half a li");

        RestoreReport report = fixture.run(RestoreOptions.to(fixture.target), JobMonitor.SILENT);

        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        assertThat(fixture.target.toFile().list())
                .contains("a")
                .noneMatch(name -> name.startsWith(TargetNames.JOURNAL));
    }

    @Test
    void noNameLeadsOutOfTheFolderItIsGivenTo() throws Exception {
        WriteGuard guard = new WriteGuard(TestHost.places(), new Source.Practice(), "practice:");
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Path beside = Files.writeString(folder.resolve("beside"), "is not ours");
        try (TargetFolders folders = new TargetFolders(inner, guard, false);
                TargetFolders.Folder root = folders.open("")) {
            for (String name : List.of("..", ".", "", "../beside", "a/b", "nul\0", "/tmp", beside.toString())) {
                assertThatThrownBy(() -> root.create(name)).as(name).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> root.delete(name)).as(name).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> root.path(name)).as(name).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> root.rename("a", name)).as(name).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> folders.open("../elsewhere")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> folders.open("a/../../elsewhere")).isInstanceOf(IOException.class);
            root.create("..a").close();
        }
        assertThat(beside).hasContent("is not ours");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(inner.resolve("..a")).exists();
    }

    @Test
    void aJournalOfAnotherSourceIsRefused() throws Exception {
        session.file(Catalog.NONE, "a", bytes("a"));
        session.file(Catalog.NONE, "b", bytes("b"));
        fixture.run(RestoreOptions.to(fixture.target), files(1));
        Path journal = fixture.target.resolve(".salvor-journal");
        MemorySession other = new MemorySession("other.img") {
            @Override
            public SourceIdentity identity() {
                return new SourceIdentity("other.img", "", "NTFS", "beef", 1, "11", Map.of());
            }
        };
        assertThatThrownBy(() -> fixture.restorer.resume(journal, fixture.source, other, JobMonitor.SILENT))
                .isInstanceOf(SourceMismatchException.class)
                .satisfies(e -> assertThat(ExitCode.of(e)).isEqualTo(ExitCode.MISMATCH));
    }

    @Test
    void theSourceIsNotTouched() throws Exception {
        session.file(Catalog.NONE, "disk.img", bytes("a file of the same name as the image"));
        var before = Files.getLastModifiedTime(fixture.image);
        RestoreOptions intoItsFolder = new RestoreOptions(
                folder,
                RestoreOptions.Layout.ORIGINAL,
                RestoreOptions.OnConflict.REPLACE,
                RestoreOptions.Partial.RENAME,
                false,
                false,
                false);
        RestoreReport report = fixture.run(intoItsFolder);
        assertThat(file(report, "disk.img").target()).isEqualTo("disk (2).img");
        assertThat(fixture.image).hasBinaryContent(new byte[4096]);
        assertThat(Files.getLastModifiedTime(fixture.image)).isEqualTo(before);
    }

    @Test
    void theReportPageShowsNamesAsTextOnly() throws Exception {
        session.file(Catalog.NONE, "<script>alert(1)</script>", bytes("x"));
        session.file(Catalog.NONE, "=cmd()", bytes("x"));
        RestoreReport report = fixture.run();
        Path html = folder.resolve("report.html");
        fixture.restorer.writeReport(report, html, ReportForm.HTML);
        assertThat(html).content().doesNotContain("<script").contains("&lt;script&gt;");
        Path csv = folder.resolve("report.csv");
        fixture.restorer.writeReport(report, csv, ReportForm.CSV);
        assertThat(csv).content().contains("'=cmd()").startsWith("outcome,path,");
    }

    @Test
    void aTableOfTheReportEndsWithWhatTheSourceHasLost() throws Exception {
        session.file(Catalog.NONE, "a.txt", bytes("x"));
        session.lost("Two files, of one folder, are lost.");
        Path csv = folder.resolve("report.csv");
        fixture.restorer.writeReport(fixture.run(), csv, ReportForm.CSV);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("RESTORED,a.txt,");
        assertThat(lines.get(2)).isEqualTo(",,,,,,,,\"Two files, of one folder, are lost.\"");
    }

    /** Asks for a stop once so many files are done: a restore asks twice for each small one. */
    private static StopAfter files(int files) {
        return new StopAfter(2 * files);
    }
}
