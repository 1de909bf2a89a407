package org.salvor.backup.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.substream.WireBytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestImages;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.substream.WireBytes;

@Tag("core")
@DisplayName("Files and folders of backup streams")
class BackupStreamsTest {
    private static final byte[] REPORT = new WireBytes()
            .security()
            .data(text("the report"))
            .named("Zone.Identifier", text("[ZoneTransfer]"))
            .bytes();

    @TempDir
    Path folder;

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static Optional<BackupArchive> opened(Path path) throws RecoveryException {
        return new BackupStreams().open(path);
    }

    private Listing list() throws RecoveryException {
        try (BackupArchive archive = opened(folder).orElseThrow()) {
            return Listing.of(archive);
        }
    }

    private static String main(BackupContent content) throws RecoveryException {
        StringBuilder text = new StringBuilder();
        try (content) {
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                    if (stream.type() == StreamType.DATA && chunk instanceof Chunk.Bytes bytes) {
                        while (bytes.data().hasRemaining()) {
                            text.append((char) bytes.data().get());
                        }
                    }
                }
            }
        }
        return text.toString();
    }

    @Test
    void aFileIsABackupOfOneFile() throws Exception {
        try (BackupArchive archive =
                opened(write("report.docx.bkstream", REPORT)).orElseThrow()) {
            Listing listing = Listing.of(archive);
            assertThat(listing.entries).containsOnlyKeys("report.docx");
            BackupEntry entry = listing.entry("report.docx");
            assertThat(entry.size()).isEqualTo(10);
            assertThat(entry.stored()).isEqualTo(REPORT.length);
            assertThat(entry.streams()).containsExactly(new BackupEntry.NamedStream("Zone.Identifier", 14));
            assertThat(entry.state()).isInstanceOf(State.Whole.class);
            assertThat(entry.times()).isEqualTo(BackupEntry.Times.NONE);
            assertThat(main(archive.open(1, "report.docx"))).isEqualTo("the report");
            assertThatThrownBy(() -> archive.open(1, "another")).isInstanceOf(RecoveryException.class);
            assertThat(archive.info().format()).isEqualTo("Windows backup stream");
            assertThat(archive.info().serial()).hasSize(16);
        }
    }

    @Test
    void aNameWithoutTheEndingStaysAsItIs() throws Exception {
        try (BackupArchive archive = opened(write("saved.bin", REPORT)).orElseThrow()) {
            assertThat(Listing.of(archive).entries).containsOnlyKeys("saved.bin");
            assertThat(main(archive.open(1, "saved.bin"))).isEqualTo("the report");
        }
    }

    @Test
    void contentDecidesAndNoFileIsTakenForAStreamByChance() throws Exception {
        assertThat(opened(write("a", new WireBytes().data(text("x")).bytes()))).isPresent();
        assertThat(opened(write("b", new WireBytes().data(new byte[0]).bytes())))
                .isPresent();
        assertThat(opened(write("c", new WireBytes().named("s", text("x")).bytes())))
                .isPresent();
        assertThat(opened(write("d.bkstream", new byte[0]))).isPresent();
        for (byte[] other : List.of(
                new byte[0],
                new byte[19],
                new byte[4096],
                text("This is a text, whatever its name says."),
                // begins like a data stream, but what it promises neither ends the file nor is there
                new WireBytes()
                        .header(1, 0, 132_000_000_000_000_000L, "")
                        .raw(new byte[5000])
                        .bytes(),
                new WireBytes()
                        .header(1, 0, 3_000_000_000L, "")
                        .raw(new byte[5000])
                        .bytes(),
                new WireBytes().header(1, 0, 100, "").raw(new byte[5000]).bytes(),
                new WireBytes().header(1, 0x40, 5000, "").raw(new byte[5000]).bytes(),
                new WireBytes()
                        .stream(3, 2, "", new byte[100]).raw(new byte[500]).bytes(),
                new WireBytes().stream(12, 0, "", new byte[100]).bytes())) {
            assertThat(opened(write("other", other)))
                    .as("%d bytes", other.length)
                    .isEmpty();
        }
        assertThat(opened(write(
                        "e",
                        new WireBytes().named("s", text("x")).raw(new byte[3]).bytes())))
                .as("what follows something sure may be broken")
                .isPresent();
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            noise[0] = (byte) random.nextInt(1, 12);
            Arrays.fill(noise, 1, 1 + random.nextInt(12), (byte) 0);
            assertThat(opened(write("noise", noise))).isEmpty();
        }
        for (String image : TestImages.VOLUMES) {
            Path packed = Path.of("src/test/resources/images/" + image + ".img.gz");
            assertThat(opened(packed)).isEmpty();
        }
    }

    @Test
    void aCutFileIsStillKnownAndItsLossIsTold() throws Exception {
        byte[] all = new WireBytes().data(new byte[10_000]).bytes();
        try (BackupArchive archive =
                opened(write("cut", Arrays.copyOf(all, 5020))).orElseThrow()) {
            assertThat(Listing.of(archive).state("cut")).isInstanceOfSatisfying(State.Damaged.class, damaged -> {
                assertThat(damaged.lost()).isEqualTo(5000);
                assertThat(damaged.why()).contains("byte 0");
            });
            assertThat(archive.info().notes()).hasSize(1);
        }
        assertThat(opened(write("cut", Arrays.copyOf(all, 200)))).isEmpty();
        assertThat(opened(write("cut.bkstream", Arrays.copyOf(all, 200)))).isPresent();
    }

    @Test
    void aFolderKeepsItsFoldersAndStripsTheKnownEnding() throws Exception {
        write("report.docx.bkstream", REPORT);
        write("docs/a.txt.bkstream", new WireBytes().data(text("a")).bytes());
        write("docs/deep/empty.bkstream", new byte[0]);
        write("docs/deep/other", new WireBytes().data(text("other")).bytes());
        write(
                "docs/.bkstream",
                new WireBytes().security().named("n", text("of the folder")).bytes());
        write("salvor-report.json", text("{}"));
        write("salvor-sidecar/files.jsonl", text("{}"));
        Files.createSymbolicLink(folder.resolve("link.bkstream"), folder.resolve("report.docx.bkstream"));
        Listing listing = list();
        assertThat(listing.entries.keySet())
                .containsExactly(
                        "report.docx", "docs", "docs/a.txt", "docs/deep", "docs/deep/empty", "docs/deep/other");
        assertThat(listing.problems).isEmpty();
        assertThat(listing.entry("docs").folder()).isTrue();
        assertThat(listing.entry("docs").streams())
                .extracting(BackupEntry.NamedStream::name)
                .containsExactly("n");
        try (BackupArchive archive = opened(folder).orElseThrow()) {
            assertThat(main(archive.open(1, "docs/a.txt"))).isEqualTo("a");
            assertThat(main(archive.open(1, "docs/deep/other"))).isEqualTo("other");
            assertThat(main(archive.open(1, "docs/deep/empty"))).isEmpty();
            try (BackupContent own = archive.open(1, "docs");
                    BackupContent none = archive.open(1, "docs/deep")) {
                assertThat(own.next()).isNotNull();
                assertThat(none.next()).isNull();
            }
        }
    }

    @Test
    void noTwoEntriesOfAFolderHaveTheSamePath() throws Exception {
        write("a", new WireBytes().data(text("plain")).bytes());
        write("a.bkstream", new WireBytes().data(text("ending")).bytes());
        write("b.bkstream", new WireBytes().data(text("whole")).bytes());
        write("b.bkstream.partial", new WireBytes().data(text("partial")).bytes());
        write("c/d.bkstream", new WireBytes().data(text("in a folder")).bytes());
        write("c.bkstream", new WireBytes().data(text("like a folder")).bytes());
        Listing listing = list();
        assertThat(listing.entries.keySet())
                .containsExactly("a", "a.bkstream", "b", "b.bkstream.partial", "c.bkstream", "c", "c/d");
        try (BackupArchive archive = opened(folder).orElseThrow()) {
            assertThat(main(archive.open(1, "a"))).isEqualTo("plain");
            assertThat(main(archive.open(1, "a.bkstream"))).isEqualTo("ending");
            assertThat(main(archive.open(1, "b"))).isEqualTo("whole");
            assertThat(main(archive.open(1, "b.bkstream.partial"))).isEqualTo("partial");
            assertThat(main(archive.open(1, "c.bkstream"))).isEqualTo("like a folder");
        }
    }

    @Test
    void whatWasExportedWithLossesIsNeverWhole() throws Exception {
        write("a.txt.bkstream.partial", new WireBytes().data(text("zeros")).bytes());
        Listing listing = list();
        assertThat(listing.state("a.txt")).isInstanceOf(State.Damaged.class);
        try (BackupArchive archive = opened(folder).orElseThrow()) {
            assertThat(main(archive.open(1, "a.txt"))).isEqualTo("zeros");
        }
    }

    @Test
    void filesOfOtherKindsAreCountedAndAFolderMostlyOfThemIsNone() throws Exception {
        write("a", REPORT);
        write("b", REPORT);
        write("c.txt", text("This is no stream."));
        assertThat(list().entries).containsOnlyKeys("a", "b");
        assertThat(list().problems).singleElement().asString().contains("One file");
        write("d.txt", text("This is no stream."));
        write("e.txt", text("This is no stream."));
        assertThat(opened(folder)).isEmpty();
    }

    @Test
    void aPlaceHolderIsNoContent() throws Exception {
        int dedup = 0x80000013;
        WireBytes holes = new WireBytes().header(1, 8, 0, "").block(100_000, new byte[0]);
        write(
                "dedup",
                new WireBytes()
                        .raw(holes.bytes()).stream(8, 0, "", WireBytes.reparse(dedup, new byte[100]))
                                .bytes());
        write(
                "cloud",
                new WireBytes()
                        .stream(8, 0, "", WireBytes.reparse(0x9000301A, new byte[100]))
                                .raw(holes.bytes())
                                .bytes());
        write(
                "there",
                new WireBytes()
                        .data(text("here")).stream(8, 0, "", WireBytes.reparse(0x9000301A, new byte[9]))
                                .bytes());
        write(
                "link",
                new WireBytes()
                        .stream(8, 0, "", WireBytes.reparse(0xA000000C, new byte[40]))
                                .bytes());
        write(
                "cold",
                new WireBytes()
                        .stream(1, 0x10, "", text("part")).stream(11, 0, "", new byte[8])
                                .bytes());
        Listing listing = list();
        assertThat(listing.state("dedup")).isInstanceOf(State.Elsewhere.class);
        assertThat(listing.state("cloud")).isInstanceOf(State.Elsewhere.class);
        assertThat(listing.state("there")).isInstanceOf(State.Whole.class);
        assertThat(listing.state("link")).isInstanceOf(State.Whole.class);
        assertThat(listing.entry("link").attributes() & 0x400).isEqualTo(0x400);
        assertThat(listing.entry("dedup").attributes() & 0x200).isEqualTo(0x200);
        assertThat(listing.state("cold")).isInstanceOf(State.Damaged.class);
    }

    @Test
    void nothingOutsideTheFolderIsRead() throws Exception {
        Path inside = folder.resolve("in");
        write("in/a", REPORT);
        write("in/b/c", REPORT);
        write("secret", REPORT);
        Files.createDirectory(folder.resolve("elsewhere"));
        write("elsewhere/secret", REPORT);
        Files.createSymbolicLink(inside.resolve("way"), folder.resolve("elsewhere"));
        try (BackupArchive archive = opened(inside).orElseThrow()) {
            assertThat(main(archive.open(1, "b/c"))).isEqualTo("the report");
            for (String path : List.of(
                    "../secret",
                    "b/../../secret",
                    folder.resolve("secret").toString(),
                    "way/secret",
                    "",
                    ".",
                    "a\0b")) {
                assertThatThrownBy(() -> archive.open(1, path)).as(path).isInstanceOf(RecoveryException.class);
            }
            assertThat(Listing.of(archive).entries).containsOnlyKeys("a", "b", "b/c");
        }
    }

    @Test
    void theMainStreamIsReadAtAnyPosition() throws Exception {
        write(
                "sparse",
                new WireBytes()
                        .header(1, 8, 0, "")
                        .block(65536, text("ABCD"))
                        .block(100_000, new byte[0])
                        .bytes());
        try (BackupArchive archive = opened(folder.resolve("sparse")).orElseThrow();
                BackupContent content = archive.open(1, "sparse")) {
            assertThat(content.randomAccess()).isTrue();
            assertThat(content.mainSize()).isEqualTo(100_000);
            ByteBuffer target = ByteBuffer.allocate(8);
            assertThat(content.readMain(65534, target)).isEqualTo(8);
            assertThat(target.array()).isEqualTo(text("\0\0ABCD\0\0"));
            assertThat(content.readMain(100_000, target.clear())).isEqualTo(-1);
        }
    }

    @Test
    void theSerialTellsBackupsApart() throws Exception {
        write("x/a", REPORT);
        write("y/a", REPORT);
        assertThat(serial("x")).isEqualTo(serial("y")).isEqualTo(serial("x"));
        write("y/b", REPORT);
        assertThat(serial("y")).isNotEqualTo(serial("x"));
        assertThat(serial("x/a")).isEqualTo(serial("y/b")).isNotEqualTo(serial("x"));
    }

    private String serial(String name) throws RecoveryException {
        try (BackupArchive archive = opened(folder.resolve(name)).orElseThrow()) {
            return archive.info().serial();
        }
    }
}
