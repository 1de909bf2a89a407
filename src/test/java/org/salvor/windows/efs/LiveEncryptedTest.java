package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.Road;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.backup.efs.LiveOpener;
import org.salvor.backup.streams.BackupStreams;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.engine.backup.BackupEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.SystemTarget;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Workbench;
import org.salvor.windows.NativeDouble;
import org.salvor.windows.backup.NtfsDouble;

@DisplayName(
        "An encrypted file of this computer is a source, and is saved as Windows gives it (against the strict doubles)")
class LiveEncryptedTest {
    /** What is done before Windows is asked for the file; told how often it gave all of it. */
    @FunctionalInterface
    private interface Before {
        void saving(int whole) throws IOException;
    }

    private static final FileTime MODIFIED = FileTime.fromMillis(1_500_000_000_000L);

    @TempDir
    Path folder;

    private NativeDouble efs;
    private NativeDouble backup;
    private SystemTarget target = SystemTarget.NONE;
    private SalvorCli cli;
    private Path export;
    private Path secret;
    private String out = "";
    private String err = "";
    private Before before = whole -> {};
    private int whole;

    @BeforeEach
    void fresh() throws Exception {
        efs = NativeDouble.fresh("efs_double");
        backup = NativeDouble.fresh("backupwrite_double");
        Path image = TestImages.file("efs", folder);
        run(Wiring.assemble(), "restore", "" + image, "--to", "" + folder.resolve("exports"), "--match", "aes.txt");
        export = folder.resolve("exports/gone/aes.txt.efsraw");
        secret = folder.resolve("secret.docx");
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.copy(export, secret);
        Files.write(secret, noise, StandardOpenOption.APPEND); // more than any buffer on the way
        Files.setLastModifiedTime(secret, MODIFIED);
    }

    /** Neither a context nor a thread stays behind. */
    @AfterEach
    void nothingWasWrong() throws Exception {
        assertThat(efs.violations()).isEmpty();
        assertThat(backup.violations()).isEmpty();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("efs-export")) {
                thread.join(5000); // it has told its end, and may take a moment to be gone
                assertThat(thread.isAlive()).isFalse();
            }
        }
        assertThat(names(".salvor-part")).isEmpty();
    }

    private Workbench workbench() {
        EncryptedFiles windows = EncryptedFileRaw.of(efs.library, efs.library);
        LiveOpener.Saving saving = (file, to) -> {
            before.saving(whole);
            save(windows, file, to);
        };
        return new Workbench(
                List.of(new BackupEngine(
                        List.of(new LiveOpener(windows::attributes, saving), new BackupStreams(), EfsArchive::open))),
                new FileRestorer(TestHost.places(), TestHost.files(), target, windows));
    }

    private void save(EncryptedFiles windows, Path file, OutputStream to) throws IOException, RecoveryException {
        windows.save(file, to, JobMonitor.SILENT);
        whole++;
    }

    private int run(Workbench workbench, String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        cli = new SalvorCli(workbench, Terminal.piped(new PrintWriter(outText, true), new PrintWriter(errText, true)));
        int code = cli.run(arguments);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, secret.toString()));
        arguments.addAll(List.of(more));
        return run(workbench(), arguments.toArray(String[]::new));
    }

    private int to(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--to", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return run(command, arguments.toArray(String[]::new));
    }

    private RestoredFile only() throws RecoveryException {
        RestoreReport report = workbench().readReport(folder.resolve("out/salvor-report.json"));
        assertThat(report.files()).hasSize(1);
        return report.files().getFirst();
    }

    private List<String> names(String ending) throws IOException {
        Path to = folder.resolve("out");
        if (!Files.exists(to)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(to)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> to.relativize(path).toString())
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "restore"})
    @DisplayName("What is written is what Windows gave, byte for byte; it is kept encrypted, never called restored")
    void saved(String command) throws Exception {
        assertThat(to(command, "--verify")).as(err + out).isEqualTo(1);
        Path saved = folder.resolve("out/secret.docx.efsraw");
        assertThat(saved).hasSameBinaryContentAs(secret);
        assertThat(Files.getLastModifiedTime(saved)).isEqualTo(MODIFIED);
        RestoredFile file = only();
        assertThat(file.outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
        assertThat(file.rating()).isEqualTo(RatingClass.LOCKED);
        assertThat(saved).hasDigest("SHA-256", file.sha256());
        assertThat(String.join(" ", file.reasons())).contains("ann(ann@EXAMPLE)");
        assertThat(whole).as("read once to list it, once to write it").isEqualTo(2);
        assertThat(to(command)).as("it is there already: " + err + out).isIn(0, 1);
        assertThat(names(".efsraw")).containsExactly("secret.docx.efsraw");
    }

    @Test
    @DisplayName("Windows may give it on threads of its own")
    void anotherThread() {
        efs.knob("another-thread", 1);
        assertThat(to("export")).isEqualTo(1);
        assertThat(folder.resolve("out/secret.docx.efsraw")).hasSameBinaryContentAs(secret);
    }

    @Test
    @DisplayName("It is shown as locked, with its size, attributes and the certificate that opens it")
    void shown() {
        assertThat(run("probe")).isZero();
        assertThat(out).contains("EFS file").contains("still encrypted");
        assertThat(whole).as("looking at it does not read it to its end").isZero();
        assertThat(run("scan", "--json")).isZero();
        assertThat(out)
                .contains("\"path\":\"secret.docx\"")
                .contains("\"rating\":\"LOCKED\"")
                .contains("ann(ann@EXAMPLE)");
    }

    @Test
    @DisplayName("Onto a volume that takes encrypted files it comes as one, under its own name")
    void putBack() throws Exception {
        target = NtfsDouble.target(backup.library);
        assertThat(to("restore", "--verify")).as(err + out).isEqualTo(1);
        assertThat(folder.resolve("out/secret.docx")).hasSameBinaryContentAs(secret);
        assertThat(names(".efsraw")).isEmpty();
        assertThat(only().outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
    }

    @Test
    @DisplayName("With its certificate it is decrypted, as from an export")
    void decrypted() throws Exception {
        Files.copy(export, secret, StandardCopyOption.REPLACE_EXISTING);
        Path password = Files.writeString(folder.resolve("password.txt"), TestKeys.PASSWORD);
        int code = to("restore", "--pfx", "" + TestKeys.file("ann", folder), "--pfx-password-file", "" + password);
        assertThat(code).as(err + out).isZero();
        assertThat(Road.hash(folder.resolve("out/secret.docx")))
                .isEqualTo(TestImages.manifest("efs").at("gone/aes.txt").sha256());
    }

    @Test
    @DisplayName("A file that is not encrypted is left to the others, and a folder too")
    void others() throws Exception {
        Files.writeString(secret, "anybody may read this, and no format is like it");
        assertThat(run("probe")).isEqualTo(3);
        Files.delete(secret);
        Files.createDirectory(secret);
        assertThat(run("probe")).isEqualTo(3);
        Files.delete(secret);
        assertThat(run("probe")).isEqualTo(3);
        assertThat(efs.count("opened")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "open-code, 5, administrator",
        "open-code, 50, not available",
        "sharing, 9, in use",
        "error-at, 0, 6000",
        "error-at, 60, 6000"
    })
    @DisplayName("What Windows does not give is not begun: the reason is said, and nothing is written")
    void notGiven(String knob, long value, String why) throws Exception {
        efs.knob(knob, value);
        assertThat(to("export")).as(err + out).isEqualTo(3);
        assertThat(err).contains(why.equals("in use") ? "Another program" : why).contains("secret.docx");
        assertThat(names("")).isEmpty();
    }

    @Test
    @DisplayName("Where Windows stops in the middle of writing it, a part is called a part")
    void faultInTheMiddle() throws Exception {
        before = times -> efs.knob("error-at", times > 0 ? 60 : -1);
        assertThat(to("export")).as(err + out).isNotZero();
        partOnly("6000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    @DisplayName("A file that grew or shrank after it was listed is never taken for whole")
    void changed(int by) throws Exception {
        before = times -> {
            if (times > 0) {
                byte[] now = Files.readAllBytes(secret);
                Files.write(secret, Arrays.copyOf(now, now.length + by));
            }
        };
        assertThat(to("export")).as(err + out).isNotZero();
        partOnly("changed while it was read");
    }

    private void partOnly(String why) throws Exception {
        assertThat(names(".efsraw")).isEmpty();
        RestoredFile file = only();
        assertThat(file.target()).isEqualTo("secret.docx.efsraw.partial");
        assertThat(file.outcome()).isEqualTo(Outcome.KEPT_ENCRYPTED);
        assertThat(String.join(" ", file.reasons())).contains(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName("Cancelled while it is listed or written, it ends at once and leaves nothing")
    void cancelled(int after) throws Exception {
        before = times -> {
            if (times == after) {
                cli.cancel();
            }
        };
        assertThat(to("export")).as(err + out).isEqualTo(7);
        assertThat(names(".efsraw")).isEmpty();
        assertThat(names(".partial")).isEmpty();
        assertThat(whole).isEqualTo(after);
    }
}
