package org.salvor.windows.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.Substream;

@DisplayName("Files of Windows are read through BackupRead (against the strict double)")
class LiveFilesTest {
    @TempDir
    Path folder;

    private BackupDouble windows;
    private LiveFixture file;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = BackupDouble.fresh();
        file = new LiveFixture(folder.resolve("from"));
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(windows.violations()).isEmpty();
    }

    private List<LiveFixture.Read> read() throws RecoveryException {
        return file.read(windows.kernel, windows.token);
    }

    private byte[] beside(String ending) throws IOException {
        return Files.readAllBytes(file.path.resolveSibling(file.path.getFileName() + ending));
    }

    @Test
    @DisplayName("Everything that belongs to a file comes, in the order of Windows, byte for byte")
    void everything() throws Exception {
        List<LiveFixture.Read> all = read();
        assertThat(all)
                .extracting(LiveFixture.Read::what)
                .containsExactly("SECURITY_DATA", "DATA", ":Zone.Identifier", ":zweiter Strom", "EA_DATA", "OBJECT_ID");
        List<String> places = List.of(".sd", "", ".ads.Zone.Identifier", ".ads.zweiter Strom", ".ea", ".oid");
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).bytes()).as(all.get(i).what()).isEqualTo(beside(places.get(i)));
            assertThat(all.get(i).lost()).isZero();
        }
        assertThat(windows.count("privileges")).isEqualTo(1 << 17 | 1 << 8);
        assertThat(windows.count("seeks"))
                .as("data are passed over while the streams are counted")
                .isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 4097, 65_535})
    @DisplayName("However few bytes Windows gives at a time, all come")
    void shortReads(int most) throws Exception {
        windows.knob("read-short", most);
        if (most < 100) {
            Files.write(file.path, BackupWriteTargetTest.random(700)); // so few at a time take long
            Files.delete(file.path.resolveSibling(file.path.getFileName() + ".ads.zweiter Strom"));
        }
        byte[] expected = Files.readAllBytes(file.path);
        assertThat(read())
                .anySatisfy(stream -> assertThat(stream.bytes()).isEqualTo(expected))
                .hasSizeGreaterThan(4);
    }

    @Test
    @DisplayName("The documented rule, a buffer larger than a header, is kept")
    void bufferRule() throws Exception {
        windows.knob("strict-24", 1);
        assertThat(read()).hasSize(6);
    }

    @Test
    @DisplayName("Sparse data come as such, with their holes and their whole length, also in a named stream")
    void sparse() throws Exception {
        byte[] main = file.sparse("", LiveFixture.SIZE);
        byte[] stream = file.sparse(".ads.zweiter Strom", 400_000);
        List<LiveFixture.Read> all = read();
        assertThat(all.get(1).bytes()).isEqualTo(main);
        assertThat(all.get(1).sparse()).isTrue();
        assertThat(all.get(3).bytes()).isEqualTo(stream);
        assertThat(all.get(3).sparse()).isTrue();
        windows.knob("one-extent", 1);
        assertThat(read().get(1).bytes())
                .as("the form that newer systems give of one extent")
                .isEqualTo(main);
    }

    @Test
    @DisplayName("A file with only a hole, an empty one, and a folder")
    void littleInIt() throws Exception {
        try (var out = new java.io.RandomAccessFile(file.path.toFile(), "rw")) {
            out.setLength(0);
            out.setLength(1 << 20);
        }
        file.beside(".is-sparse", new byte[0]);
        assertThat(read().get(1).bytes()).isEqualTo(new byte[1 << 20]);
        Files.write(file.path, new byte[0]);
        assertThat(read().get(1).bytes()).isEmpty();
        Path inside = Files.createDirectory(folder.resolve("from/Ordner"));
        Files.write(inside.resolveSibling("Ordner.sd"), BackupWriteTargetTest.descriptor(false));
        try (Content.Substreams content =
                LiveFiles.of(windows.kernel, windows.token).open(inside, JobMonitor.SILENT)) {
            assertThat(content.next()).isNotNull();
            assertThat(content.next()).isNull();
        }
    }

    @Test
    @DisplayName("Without the right to them, the auditing rules are left out, and the rest comes")
    void withoutAuditing() throws Exception {
        byte[] without = BackupWriteTargetTest.descriptor(false);
        file.beside(".sd-without-sacl", without);
        windows.knob("no-sacl", 1);
        assertThat(read().getFirst().bytes()).isEqualTo(without);
        windows.knob("missing-privileges", 1 << 17 | 1 << 8);
        assertThat(LiveFiles.of(windows.kernel, windows.token).held()).isEmpty();
    }

    @Test
    @DisplayName("Sectors that give no answer cost what lies on them, and nothing else; they are asked only once a run")
    void badSectors() throws Exception {
        long header = 20 + beside(".sd").length + 20;
        windows.knob("bad-at", header + 1_000_000);
        windows.knob("bad-length", 512);
        List<LiveFixture.Read> all = read();
        LiveFixture.Read main = all.get(1);
        assertThat(main.lost()).isBetween(512L, 64L << 10);
        byte[] expected = beside("");
        assertThat(Arrays.mismatch(main.bytes(), expected)).isEqualTo(1_000_000);
        assertThat(Arrays.copyOfRange(main.bytes(), 1_000_000 + (64 << 10), expected.length))
                .isEqualTo(Arrays.copyOfRange(expected, 1_000_000 + (64 << 10), expected.length));
        assertThat(all.get(3).bytes()).isEqualTo(beside(".ads.zweiter Strom"));
    }

    @Test
    @DisplayName("What Windows refuses is told in words, and the context and the handle are released")
    void faults() {
        windows.knob("read-error-stream", 1);
        assertThatThrownBy(this::read).isInstanceOf(RecoveryException.class).hasMessageContaining("administrator");
        windows.knob("read-error-code", 1392);
        assertThatThrownBy(this::read).hasMessageContaining("number 1392");
        windows.knob("read-error-stream", -1);
        windows.knob("sharing", 1);
        assertThatThrownBy(this::read).hasMessageContaining("Another program");
        windows.knob("seek-short", 1000);
        assertThatThrownBy(this::read).hasMessageContaining("number 25");
    }

    @Test
    @DisplayName("A file that has less than it had is said to have changed")
    void endsEarly() throws Exception {
        windows.knob("read-end", 20 + beside(".sd").length + 20 + 500_000);
        try (Content.Substreams content =
                LiveFiles.of(windows.kernel, windows.token).open(file.path, JobMonitor.SILENT)) {
            assertThat(content.next()).isNotNull();
            Substream main = Objects.requireNonNull(content.next());
            assertThatThrownBy(() -> LiveFixture.read(main))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("was changed");
        }
    }

    @Test
    @DisplayName(
            "A file read through BackupRead and written through BackupWrite is the same: streams, permissions, sparse")
    void roundTrip() throws Exception {
        byte[] main = file.sparse("", LiveFixture.SIZE);
        byte[] stream = file.sparse(".ads.zweiter Strom", 400_000);
        TargetFixture to = new TargetFixture(Files.createDirectory(folder.resolve("to")));
        WrittenStreams written;
        try (Content.Substreams content =
                LiveFiles.of(windows.kernel, windows.token).open(file.path, JobMonitor.SILENT)) {
            written = to.write(BackupWriteTarget.of(windows.kernel, windows.token, TargetFixture.NTFS, to), content);
        }
        assertThat(written.lost()).isZero();
        assertThat(written.notes()).isEmpty();
        assertThat(Files.readAllBytes(to.path)).isEqualTo(main);
        assertThat(to.beside(".ads.zweiter Strom")).isEqualTo(stream);
        for (String ending : List.of(".ads.Zone.Identifier", ".sd", ".ea", ".oid")) {
            assertThat(to.beside(ending)).as(ending).isEqualTo(beside(ending));
        }
        assertThat(to.has(".is-sparse")).isTrue();
        assertThat(to.has(".ads.zweiter Strom.is-sparse")).isTrue();
        List<LiveFixture.Read> again = new LiveFixture(to).read(windows.kernel, windows.token);
        assertThat(again.equals(read())).as("read again").isTrue();
    }

    @Test
    @DisplayName("Elsewhere than on Windows there is none, and a library without the function is refused")
    void elsewhere() {
        assertThat(LiveFiles.ofSystem().isPresent())
                .isEqualTo(System.getProperty("os.name").startsWith("Windows"));
        String none = Path.of("no-such-library").toString();
        assertThatThrownBy(() -> LiveFiles.of(none, none)).isInstanceOf(UnsatisfiedLinkError.class);
    }
}
