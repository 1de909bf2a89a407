package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.windows.NativeDouble;
import org.salvor.windows.WindowsException;

@DisplayName("Encrypted files are put back and saved without a key (against the strict double)")
class EncryptedFileRawTest {
    @TempDir
    Path folder;

    private NativeDouble windows;
    private EncryptedFileRaw efs;
    private Path target;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = NativeDouble.fresh("efs_double");
        efs = EncryptedFileRaw.of(windows.library, windows.library);
        target = folder.resolve("secret.txt");
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(windows.violations()).isEmpty();
    }

    static byte[] export(int length) {
        byte[] all = new byte[length];
        new Random(length).nextBytes(all);
        byte[] head = {0, 1, 0, 0, 'R', 0, 'O', 0, 'B', 0, 'S', 0, 0, 0, 0, 0, 0, 0, 0, 0};
        System.arraycopy(head, 0, all, 0, Math.min(length, head.length));
        return all;
    }

    private void give(byte[] export) throws IOException, RecoveryException {
        efs.importTo(target, false, new ByteArrayInputStream(export), JobMonitor.SILENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 4096, 4097, 69_633, 300_001})
    @DisplayName("Every byte arrives, whatever buffers Windows offers, and ends with length 0")
    void imports(int length) throws Exception {
        byte[] export = export(length);
        give(export);
        assertThat(Files.readAllBytes(target)).isEqualTo(export);
        assertThat(windows.count("complete")).isEqualTo(1);
    }

    @Test
    @DisplayName("A source that gives a few bytes at a time is no end")
    void slowSource() throws Exception {
        byte[] export = export(10_000);
        InputStream slow = new ByteArrayInputStream(export) {
            @Override
            public synchronized int read(byte[] to, int from, int length) {
                return super.read(to, from, Math.min(length, 7));
            }
        };
        efs.importTo(target, false, slow, JobMonitor.SILENT);
        assertThat(Files.readAllBytes(target)).isEqualTo(export);
    }

    @Test
    @DisplayName("Callbacks of another thread are served")
    void anotherThread() throws Exception {
        windows.knob("another-thread", 1);
        byte[] export = export(50_000);
        give(export);
        assertThat(Files.readAllBytes(target)).isEqualTo(export);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        efs.exportFrom(target, false, saved, JobMonitor.SILENT);
        assertThat(saved.toByteArray()).isEqualTo(export);
    }

    @Test
    @DisplayName("A folder is made by Windows, and is given back")
    void folders() throws Exception {
        byte[] export = export(5000);
        efs.importTo(target, true, new ByteArrayInputStream(export), JobMonitor.SILENT);
        assertThat(target).isDirectory();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        assertThat(efs.exportFrom(target, true, saved, JobMonitor.SILENT)).isEqualTo(5000);
        assertThat(saved.toByteArray()).isEqualTo(export);
    }

    @Test
    @DisplayName("An export is saved whole; the flush of no bytes at its end is nothing")
    void exports() throws Exception {
        byte[] export = export(200_000);
        Files.write(target, export);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        assertThat(efs.exportFrom(target, false, saved, JobMonitor.SILENT)).isEqualTo(export.length);
        assertThat(saved.toByteArray()).isEqualTo(export);
    }

    @Test
    @DisplayName("An error while saving is thrown with its own cause")
    void exportFails() throws Exception {
        Files.write(target, export(200_000));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no room here");
            }
        };
        assertThatThrownBy(() -> efs.exportFrom(target, false, full, JobMonitor.SILENT))
                .isInstanceOf(IOException.class)
                .hasMessage("no room here");
        windows.knob("error-at", 1);
        assertThatThrownBy(() -> efs.exportFrom(target, false, OutputStream.nullOutputStream(), JobMonitor.SILENT))
                .isInstanceOfSatisfying(
                        WindowsException.class, e -> assertThat(e.code()).isEqualTo(6000));
    }

    @Test
    @DisplayName("A source that breaks is thrown as it is, and nothing stays on the target")
    void sourceBreaks() {
        IOException broken = new IOException("the stick is gone");
        InputStream source = new ByteArrayInputStream(export(100_000)) {
            @Override
            public int readNBytes(byte[] to, int from, int length) {
                return available() < 60_000 ? sneak(broken) : super.readNBytes(to, from, length);
            }
        };
        assertThatThrownBy(() -> efs.importTo(target, false, source, JobMonitor.SILENT))
                .isSameAs(broken);
        assertThat(target).doesNotExist();
        InputStream bug = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("a bug");
            }
        };
        assertThatThrownBy(() -> efs.importTo(target, false, bug, JobMonitor.SILENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        assertThat(target).doesNotExist();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> int sneak(Throwable e) throws E {
        throw (E) e;
    }

    @Test
    @DisplayName("A cancel ends the import, and nothing stays on the target")
    void cancelled() {
        int[] asked = {0};
        JobMonitor impatient = new JobMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void problem(Problem problem) {}

            @Override
            public void checkpoint() throws CancelledException {
                if (++asked[0] == 3) {
                    throw new CancelledException();
                }
            }
        };
        assertThatThrownBy(() -> efs.importTo(target, false, new ByteArrayInputStream(export(100_000)), impatient))
                .isInstanceOf(CancelledException.class);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "error-at, 2, 6000, number 6000",
        "full-at, 5000, 112, no room",
        "short, 3, 0, only a part",
        "sharing, 2, 32, Another program",
        "open-code, 5, 5, administrator",
        "open-code, 87, 87, larger clusters",
        "open-code, 6015, 6015, switched off",
        "open-code, 120, 120, not available on this system",
        "open-code, 6016, 6016, another Windows"
    })
    @DisplayName("Each fault is told in words, and nothing stays on the target")
    void faults(String knob, long value, int code, String words) throws IOException {
        Files.createFile(target);
        windows.knob(knob, value);
        assertThatThrownBy(() -> give(export(100_000)))
                .isInstanceOfSatisfying(
                        WindowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
        assertThat(target).doesNotExist();
    }

    @Test
    @DisplayName("Who holds the file for a moment is waited for once")
    void heldForAMoment() throws Exception {
        windows.knob("sharing", 1);
        give(export(100));
        assertThat(Files.size(target)).isEqualTo(100);
    }

    @Test
    @DisplayName("What is no export is refused by Windows and told so")
    void noExport() {
        assertThatThrownBy(() -> give(new byte[50_000])).hasMessageContaining("damaged");
        assertThatThrownBy(() -> give(new byte[0])).hasMessageContaining("damaged");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"volume-flags, 0", "refs, 1", "csvfs, 1"})
    @DisplayName("A volume without encryption is refused before the first byte")
    void noEncryption(String knob, long value) {
        windows.knob(knob, value);
        assertThatThrownBy(() -> give(export(100))).hasMessageContaining("NTFS");
        assertThat(windows.count("opened")).isZero();
    }

    @Test
    @DisplayName("A volume that gives no answer is refused")
    void noAnswer() {
        windows.knob("no-answer", 21);
        assertThatThrownBy(() -> give(export(100))).hasMessageContaining("21");
        assertThat(windows.count("opened")).isZero();
    }

    @Test
    @DisplayName("What is there already is never replaced, and stays")
    void alreadyThere() throws Exception {
        Files.writeString(target, "mine");
        assertThatThrownBy(() -> give(export(100))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(target)).isEqualTo("mine");
    }

    @Test
    @DisplayName("Elsewhere than on Windows there is none")
    void elsewhere() {
        assertThat(EncryptedFileRaw.ofSystem() != EncryptedFiles.NONE)
                .isEqualTo(System.getProperty("os.name").startsWith("Windows"));
    }

    @Test
    @DisplayName("A library without these functions is refused when it is bound")
    void otherLibrary() {
        assertThatThrownBy(() -> EncryptedFileRaw.of(Native.class.getName(), "no-such-library"))
                .isInstanceOf(UnsatisfiedLinkError.class);
    }
}
