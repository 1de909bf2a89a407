package org.salvor.windows.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestHost;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.device.BlockDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.engine.backup.BackupEngine;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Workbench;
import org.salvor.substream.WireBytes;
import org.salvor.text.Json;
import org.salvor.windows.Wine;

@DisplayName("A whole restore through BackupWrite (against the strict double)")
class WholeRestoreTest {
    @TempDir
    Path folder;

    private BackupDouble windows;
    private String said = "";

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = BackupDouble.fresh();
    }

    private RestoreReport restore(SystemTarget target, String name, String... more) throws Exception {
        Workbench workbench = new Workbench(
                List.of(new VolumeEngine(List.of(), WholeRestoreTest::practice)),
                new FileRestorer(TestHost.places(), TestHost.files(), target, EncryptedFiles.NONE));
        StringWriter text = new StringWriter();
        Path to = folder.resolve(name);
        List<String> arguments = new java.util.ArrayList<>(
                List.of("restore", "practice:", "--to", to.toString(), "--what", "all", "--permissions"));
        arguments.addAll(List.of(more));
        new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text)))
                .run(arguments.toArray(String[]::new));
        said = text.toString();
        return workbench.readReport(to.resolve("salvor-report.json"));
    }

    private RestoreReport restoreStreams(Path streams, String name) throws Exception {
        Workbench workbench = new Workbench(
                List.of(new BackupEngine(List.of(new org.salvor.backup.streams.BackupStreams()))),
                new FileRestorer(
                        TestHost.places(), new Pointed(), NtfsDouble.target(windows.library), EncryptedFiles.NONE));
        StringWriter text = new StringWriter();
        Path to = folder.resolve(name);
        new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text)))
                .run("restore", streams.toString(), "--to", to.toString());
        said = text.toString();
        return workbench.readReport(to.resolve("salvor-report.json"));
    }

    private static BlockDevice practice() throws RecoveryException {
        try (InputStream in = Wiring.class.getResourceAsStream("/org/salvor/practice/practice.img.gz")) {
            return MemoryDevice.gunzip(Objects.requireNonNull(in), 512, "practice:");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> files(RestoreReport report) {
        Map<String, String> files = new TreeMap<>();
        for (RestoredFile file : report.files()) {
            files.put(file.id() + file.path(), file.outcome() + " " + file.sha256() + " " + file.streams());
        }
        return files;
    }

    @Test
    @DisplayName("Every file of the practice disk has the outcome, the bytes and the streams of the portable way")
    void sameAsPortable() throws Exception {
        RestoreReport portable = restore(SystemTarget.NONE, "portable");
        RestoreReport own = restore(NtfsDouble.target(windows.library), "own", "--engine", "windows");
        assertThat(files(own)).as(said).isEqualTo(files(portable)).hasSizeGreaterThan(20);
        assertThat(windows.violations()).isEmpty();
        assertThat(windows.count("streams")).isGreaterThan(20);
        for (RestoredFile file : own.files()) {
            if (!file.folder() && !file.target().isEmpty() && !file.sha256().isEmpty()) {
                assertThat(folder.resolve("own").resolve(file.target())).hasDigest("SHA-256", file.sha256());
            }
        }
    }

    @Test
    @DisplayName(
            "The portable way is taken where it is asked for, and the way of Windows is refused where there is none")
    void engines() throws Exception {
        restore(NtfsDouble.target(windows.library), "portable", "--engine", "portable");
        assertThat(windows.count("streams")).isZero();
        Path none = folder.resolve("none");
        StringWriter text = new StringWriter();
        Workbench workbench = new Workbench(
                List.of(new VolumeEngine(List.of(), WholeRestoreTest::practice)),
                new FileRestorer(TestHost.places(), TestHost.files()));
        int code = new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text)))
                .run("restore", "practice:", "--to", none.toString(), "--engine", "windows");
        assertThat(code).isEqualTo(2);
        assertThat(text.toString()).contains("not available on this system");
        assertThat(Files.exists(none)).isFalse();
    }

    @Test
    @DisplayName(
            "What the portable way kept aside comes onto the files through BackupWrite later, times and attributes last")
    void applied() throws Exception {
        RestoreReport report = restore(NtfsDouble.target(windows.library), "own", "--engine", "portable");
        assertThat(windows.count("streams")).isZero();
        Workbench workbench = new Workbench(
                List.of(new VolumeEngine(List.of(), WholeRestoreTest::practice)),
                new FileRestorer(
                        TestHost.places(), TestHost.files(), NtfsDouble.target(windows.library), EncryptedFiles.NONE));
        StringWriter text = new StringWriter();
        SalvorCli cli = new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text)));
        Path own = folder.resolve("own");
        assertThat(cli.run("apply", own.resolve("salvor-sidecar").toString(), "--dry-run"))
                .as(text.toString())
                .isZero();
        assertThat(windows.count("streams")).isZero();
        assertThat(cli.run("apply", own.resolve("salvor-sidecar").toString()))
                .as(text.toString())
                .isZero();
        assertThat(windows.violations()).isEmpty();
        int put = 0;
        for (String line : Files.readAllLines(own.resolve("salvor-sidecar/files.jsonl"))) {
            Json json = Json.parse(line);
            if (json.has("target")) {
                Path file = own.resolve(json.string("target"));
                assertThat(file.resolveSibling(file.getFileName() + ".basic")).exists();
                if (json.has("security")) {
                    byte[] descriptor = Files.readAllBytes(file.resolveSibling(file.getFileName() + ".sd"));
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(descriptor);
                    assertThat(HexFormat.of().formatHex(hash)).startsWith(json.string("security"));
                    put++;
                }
            }
        }
        assertThat(put).isGreaterThan(20).isLessThanOrEqualTo(report.files().size());
    }

    @Test
    @DisplayName("On a file system that BackupWrite is not for, --engine windows says that the portable way is taken")
    void otherFileSystem() throws Exception {
        SystemTarget elsewhere = new SystemTarget() {
            @Override
            public Optional<TargetCapabilities> on(TargetCapabilities portable) {
                return Optional.empty();
            }

            @Override
            public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
                throw new AssertionError("not for this file system");
            }
        };
        restore(elsewhere, "fat", "--engine", "windows");
        assertThat(said).contains("the portable way");
        restore(elsewhere, "auto");
        assertThat(said).doesNotContain("the portable way");
        restore(NtfsDouble.target(windows.library), "ntfs", "--engine", "windows");
        assertThat(said).doesNotContain("the portable way");
        assertThat(windows.violations()).isEmpty();
    }

    @Test
    @DisplayName("A disk that gets full ends the restore as it does the portable one")
    void full() throws Exception {
        windows.knob("full-at", 300_000);
        RestoreReport report = restore(NtfsDouble.target(windows.library), "full");
        assertThat(report.files())
                .anySatisfy(file -> assertThat(file.reasons())
                        .anySatisfy(reason -> assertThat(reason).contains("no room left")));
        assertThat(windows.violations()).isEmpty();
    }

    @Test
    @DisplayName("An empty function (Wine's) is taken for none, one that looks at its handle is taken")
    void emptyFunction() {
        BackupWriteSystem system = BackupWriteSystem.of(windows.library, windows.library);
        assertThat(system.answers()).isTrue();
        windows.knob("empty", 1);
        assertThat(system.answers()).isFalse();
    }

    @Test
    @DisplayName("Only file systems that keep what BackupWrite writes are written that way")
    void fileSystems() {
        BackupWriteSystem system = BackupWriteSystem.of(windows.library, windows.library);
        TargetCapabilities fat = new TargetCapabilities(
                "exfat", TargetCapabilities.NamedStreams.NONE, false, false, false, true, 255, Long.MAX_VALUE);
        assertThat(system.on(fat)).isEmpty();
        assertThat(system.on(NtfsDouble.ntfs(fat))).get().satisfies(has -> {
            assertThat(has.security()).isTrue();
            assertThat(has.namedStreams()).isEqualTo(TargetCapabilities.NamedStreams.COLON);
        });
    }

    /** The files of the host, where a file to which the double gave a reparse point tells it as Windows would. */
    private static final class Pointed implements HostFiles {
        private final HostFiles host = TestHost.files();
        private final Map<Object, byte[]> points = new HashMap<>();

        @Override
        public byte @Nullable [] attribute(Path file, String name) throws IOException {
            if (!name.equals("system.ntfs_reparse_data")) {
                return host.attribute(file, name);
            }
            Object key = Objects.requireNonNull(
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .fileKey());
            Path point = file.resolveSibling(file.getFileName() + ".reparse");
            if (Files.exists(point)) {
                points.put(key, Files.readAllBytes(point));
            }
            return points.get(key);
        }

        @Override
        public void attribute(Path file, String name, byte[] value) throws IOException {
            host.attribute(file, name, value);
        }

        @Override
        public List<String> attributes(Path file) throws IOException {
            return host.attributes(file);
        }

        @Override
        public void sync(Path in, List<Path> files) throws IOException {
            host.sync(in, files);
        }

        @Override
        public HeldFolder hold(Path root, List<String> steps) throws IOException {
            return host.hold(root, steps);
        }

        @Override
        public void forget(Path file) throws IOException {
            host.forget(file);
        }
    }

    /** A symbolic link (MS-FSCC 2.1.2.4): names at 20, flags at 16 say that it is relative. */
    private static byte[] symbolicLink(String to) {
        byte[] name = to.getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(20 + 2 * name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xA000000C)
                .putShort((short) (12 + 2 * name.length))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) name.length)
                .putShort((short) name.length)
                .putShort((short) name.length)
                .putInt(1)
                .put(name)
                .put(name)
                .array();
    }

    @Test
    @DisplayName(
            "Links that stay inside get their own reparse points, of files and of folders; where Windows refuses, links are made; others never")
    void links() throws Exception {
        Wine.lacks("makes no symbolic links");
        Path streams = Files.createDirectories(folder.resolve("streams"));
        Path linked = Files.createDirectories(streams.resolve("linked"));
        Files.createDirectories(streams.resolve("docs"));
        Files.write(
                streams.resolve("docs/a.txt.bkstream"),
                new WireBytes().data(new byte[] {1, 2, 3}).bytes());
        byte[] toFile = symbolicLink("docs\\a.txt");
        byte[] toFolder = symbolicLink("docs");
        Files.write(
                streams.resolve("link.bkstream"),
                new WireBytes().stream(8, 0, "", toFile).bytes());
        Files.write(
                linked.resolve(".bkstream"),
                new WireBytes().stream(8, 0, "", toFolder).bytes());
        byte[] out = symbolicLink("..\\..\\outside");
        Files.write(
                streams.resolve("out.bkstream"),
                new WireBytes().stream(8, 0, "", out).bytes());

        RestoreReport report = restoreStreams(streams, "back");
        assertThat(report.files()).as(said).allMatch(file -> file.outcome() == Outcome.RESTORED);
        Path back = folder.resolve("back");
        List<byte[]> points = new ArrayList<>();
        try (Stream<Path> all = Files.walk(back)) {
            for (Path path :
                    all.filter(path -> path.toString().endsWith(".reparse")).toList()) {
                points.add(Files.readAllBytes(path));
            }
        }
        assertThat(points).containsExactlyInAnyOrder(toFile, toFolder);
        assertThat(Files.isSymbolicLink(back.resolve("link"))).isFalse();
        assertThat(back.resolve("linked")).isEmptyDirectory();
        assertThat(back.resolve("out.sidecar/reparse.bin")).hasBinaryContent(out);
        assertThat(windows.violations()).isEmpty();

        windows.knob("no-reparse", 1);
        RestoreReport refused = restoreStreams(streams, "refused");
        assertThat(refused.files()).as(said).allMatch(file -> file.outcome() == Outcome.RESTORED);
        assertThat(Files.readSymbolicLink(folder.resolve("refused/link"))).hasToString("docs/a.txt");
        assertThat(Files.readSymbolicLink(folder.resolve("refused/linked"))).hasToString("docs");
        assertThat(folder.resolve("refused/link.sidecar")).doesNotExist();
    }
}
