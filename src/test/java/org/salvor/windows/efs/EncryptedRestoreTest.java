package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.EntrySink;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.SystemTarget;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Workbench;
import org.salvor.windows.NativeDouble;
import org.salvor.windows.backup.NtfsDouble;

@DisplayName("A whole restore puts encrypted files back encrypted (against the strict doubles)")
class EncryptedRestoreTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");

    @TempDir
    Path folder;

    private NativeDouble efs;
    private NativeDouble backup;
    private Path image;
    private String said = "";

    /** Handles below the target folder while a file was put back. */
    private final List<String> held = new ArrayList<>();

    /** What lay in a folder when it was put back. */
    private final List<String> there = new ArrayList<>();

    @BeforeEach
    void fresh() throws Exception {
        efs = NativeDouble.fresh("efs_double");
        backup = NativeDouble.fresh("backupwrite_double");
        image = TestImages.file("efs", folder);
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(efs.violations()).isEmpty();
        assertThat(backup.violations()).isEmpty();
        assertThat(held).isEmpty();
    }

    private Workbench workbench() {
        SystemTarget target = NtfsDouble.target(backup.library);
        EncryptedFiles system = EncryptedFileRaw.of(efs.library, efs.library);
        return new Workbench(
                List.of(new VolumeEngine(List.of(), () -> {
                    throw new RecoveryException("no practice disk here");
                })),
                new FileRestorer(TestHost.places(), TestHost.files(), target, looking(system)));
    }

    /** Windows refuses what is held open; the double cannot know, so it is looked at here. */
    private EncryptedFiles looking(EncryptedFiles system) {
        return new EncryptedFiles() {
            @Override
            public boolean on(Path on) {
                return system.on(on);
            }

            @Override
            public void put(Path file, InputStream export, int attributes, JobMonitor monitor)
                    throws IOException, RecoveryException {
                look(file);
                system.put(file, export, attributes, monitor);
            }

            @Override
            public void putFolder(Path folder, InputStream export, JobMonitor monitor)
                    throws IOException, RecoveryException {
                look(folder);
                try (Stream<Path> inside = Files.list(folder)) {
                    inside.map(path -> "" + path.getFileName())
                            .filter(name -> !name.endsWith(".basic")) // the double's own
                            .sorted()
                            .forEach(there::add);
                }
                system.putFolder(folder, export, monitor);
            }

            /** Linux tells what the process holds. */
            private void look(Path file) throws IOException {
                if (!OS.LINUX.isCurrentOs()) {
                    return;
                }
                try (Stream<Path> handles = Files.list(HANDLES)) {
                    for (Path handle : handles.toList()) {
                        Path open = Files.exists(handle) ? Files.readSymbolicLink(handle) : handle;
                        boolean above = file.startsWith(open) && !open.equals(Path.of("/"));
                        if (above || open.equals(file)) {
                            held.add(open.toString());
                        }
                    }
                }
            }

            @Override
            public void save(Path file, OutputStream to, JobMonitor monitor) throws IOException, RecoveryException {
                system.save(file, to, monitor);
            }
        };
    }

    private RestoreReport restore(String name, String... more) throws Exception {
        StringWriter text = new StringWriter();
        Path to = folder.resolve(name);
        List<String> arguments =
                new ArrayList<>(List.of("restore", image.toString(), "--to", to.toString(), "--what", "all"));
        arguments.addAll(List.of(more));
        Workbench workbench = workbench();
        new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text)))
                .run(arguments.toArray(String[]::new));
        said = text.toString();
        return workbench.readReport(to.resolve("salvor-report.json"));
    }

    private static Map<String, RestoredFile> kept(RestoreReport report) {
        Map<String, RestoredFile> kept = new TreeMap<>();
        for (RestoredFile file : report.files()) {
            if (file.outcome() == Outcome.KEPT_ENCRYPTED) {
                kept.put(file.id() + " " + file.path(), file);
            }
        }
        return kept;
    }

    private RestoreReport verify() throws RecoveryException {
        return new FileRestorer(TestHost.places(), TestHost.files())
                .verify(folder.resolve("back/salvor-report.json"), JobMonitor.SILENT);
    }

    private List<String> names(String name, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            return all.map(Path::toString).filter(path -> path.endsWith(ending)).toList();
        }
    }

    @Test
    @DisplayName("Each has its own name, is what its export was, and is never called restored; no export is left")
    void putBack() throws Exception {
        Map<String, RestoredFile> exports = kept(restore("portable", "--engine", "portable"));
        assertThat(names("portable", ".efsraw")).hasSizeGreaterThan(5);
        assertThat(said).contains("kept as exports").doesNotContain("Windows is asked");
        Map<String, RestoredFile> back = kept(restore("back", "--verify"));
        assertThat(said)
                .contains("Windows is asked to put them back encrypted")
                .doesNotContain("opened. They are kept");
        assertThat(back.keySet()).as(said).isEqualTo(exports.keySet());
        exports.forEach((id, export) -> {
            RestoredFile file = Objects.requireNonNull(back.get(id));
            if (export.target().endsWith(".partial")) {
                assertThat(file.target()).isEqualTo(export.target());
                return;
            }
            assertThat(file.target() + ".efsraw").isEqualTo(export.target());
            assertThat(folder.resolve("back").resolve(file.target()))
                    .hasSameBinaryContentAs(folder.resolve("portable").resolve(export.target()));
            assertThat(file.sha256()).isEmpty();
            assertThat(String.join(" ", file.reasons()))
                    .contains("put it back encrypted")
                    .doesNotContain("EFS export (.efsraw)");
        });
        assertThat(names("back", ".efsraw")).isEmpty();
        assertThat(names("back", ".salvor-part")).isEmpty();
        assertThat(efs.count("opened")).isGreaterThan(5);
        RestoreReport verified = verify();
        assertThat(kept(verified).keySet()).isEqualTo(back.keySet());
        Files.write(
                folder.resolve("back").resolve(back.values().iterator().next().target()), new byte[1]);
        RestoreReport changed = verify();
        assertThat(kept(changed)).hasSize(back.size() - 1);
    }

    @Test
    @DisplayName("The name of a file that is there already is not taken from it")
    void nameTaken() throws Exception {
        RestoredFile one = kept(restore("first", "--engine", "portable"))
                .values()
                .iterator()
                .next();
        Path mine = folder.resolve("back")
                .resolve(one.target().substring(0, one.target().length() - ".efsraw".length()));
        Files.createDirectories(mine.getParent());
        Files.writeString(mine, "mine");
        RestoredFile file = Objects.requireNonNull(kept(restore("back")).get(one.id() + " " + one.path()));
        assertThat(Files.readString(mine)).isEqualTo("mine");
        assertThat(file.target()).contains(" (2)").doesNotEndWith(".efsraw");
    }

    @ParameterizedTest
    @CsvSource({"volume-flags, 0, 0", "refs, 1, 0", "no-answer, 21, 0"})
    @DisplayName("A volume that takes no encrypted files gets exports, and is not asked for more")
    void otherVolume(String knob, long value, long opened) throws Exception {
        efs.knob(knob, value);
        assertThat(kept(restore("back")).values())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.target()).contains(".efsraw"));
        assertThat(efs.count("opened")).isEqualTo(opened);
    }

    @ParameterizedTest
    @CsvSource({
        "error-at, 0, number 6000",
        "full-at, 100, no room",
        "open-code, 5, administrator",
        "open-code, 6015, switched off",
        "short, 0, only a part"
    })
    @DisplayName("What Windows does not take stays an export, whole, and the report says why")
    void refused(String knob, long value, String why) throws Exception {
        efs.knob(knob, value);
        Map<String, RestoredFile> kept = kept(restore("back"));
        assertThat(kept.values()).hasSizeGreaterThan(5).allSatisfy(file -> {
            Path export = folder.resolve("back").resolve(file.target());
            assertThat(file.target()).contains(".efsraw");
            assertThat(export).hasDigest("SHA-256", file.sha256());
            if (file.target().endsWith(".efsraw")) {
                assertThat(String.join(" ", file.reasons()))
                        .contains("stays an export")
                        .contains(why);
            }
        });
        assertThat(names("back", ".salvor-part")).isEmpty();
        assertThat(said).contains("encrypted");
    }

    @Test
    @DisplayName("With --verify, a file that does not give its export again is not left in its place")
    void verified() throws Exception {
        efs.knob("save-differs", 1);
        assertThat(kept(restore("back", "--verify")).values())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.target()).contains(".efsraw"));
        assertThat(kept(restore("trusting")).values())
                .anySatisfy(file -> assertThat(file.target()).doesNotContain(".efsraw"));
    }

    /** What the report tells of the folder. */
    private static String told(RestoreReport report) {
        RestoredFile secret = report.files().stream()
                .filter(file -> file.path().equals("secret"))
                .findFirst()
                .orElseThrow();
        assertThat(secret.outcome()).isEqualTo(Outcome.RESTORED);
        return String.join(" ", secret.reasons());
    }

    @Test
    @DisplayName("A folder is encrypted again when all that belongs in it is there, and others are not")
    void folderBack() throws Exception {
        image = TestImages.file("efsfolder", folder);
        assertThat(told(restore("back"))).as(said).contains("encrypted the folder again");
        assertThat(there).containsExactly("inside.txt", "open.txt");
        Path export = folder.resolve("back/secret.folder-raw");
        try (BackupArchive archive = EfsArchive.open(export).orElseThrow()) {
            List<String> folders = new ArrayList<>();
            archive.list(1, new EntrySink() {
                @Override
                public int folder(List<String> path, BackupEntry entry) {
                    folders.add(path.getLast());
                    return 0;
                }

                @Override
                public void file(int in, BackupEntry entry) {
                    throw new AssertionError("a file");
                }

                @Override
                public void skipped(RecoveryException problem) {
                    throw new AssertionError(problem);
                }

                @Override
                public void progress(long bytes, long total) {}
            });
            assertThat(folders).hasSize(1);
        }
        assertThat(folder.resolve("back/plain.folder-raw")).doesNotExist();
        assertThat(efs.count("opened")).isEqualTo(2);
    }

    @Test
    @DisplayName("A folder that Windows does not encrypt stays with all that is in it, and the report says why")
    void folderRefused() throws Exception {
        image = TestImages.file("efsfolder", folder);
        efs.knob("open-code", 5);
        assertThat(told(restore("back"))).contains("did not encrypt it again").contains("administrator");
        assertThat(folder.resolve("back/secret/open.txt")).isNotEmptyFile();
        assertThat(folder.resolve("back/secret/inside.txt.efsraw")).isNotEmptyFile();
    }

    @Test
    @DisplayName(
            "Elsewhere, and in an export, a folder is plain and said to be; whoever has its key gets a plain one with nothing to say")
    void folderElsewhere() throws Exception {
        image = TestImages.file("efsfolder", folder);
        assertThat(told(restore("portable", "--engine", "portable"))).contains("was encrypted; here it is not");
        efs.knob("refs", 1);
        assertThat(told(restore("refs"))).contains("was encrypted; here it is not");
        efs.knob("refs", 0);
        Path pfx = TestKeys.file("owner", folder);
        Path password = Files.writeString(folder.resolve("password"), TestKeys.PASSWORD);
        assertThat(told(restore("open", "--pfx", "" + pfx, "--pfx-password-file", "" + password)))
                .as(said)
                .doesNotContain("encrypted");
        assertThat(efs.count("opened")).isZero();
    }
}
