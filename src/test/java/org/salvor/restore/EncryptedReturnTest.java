package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.salvor.Road;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.service.Workbench;

/** The system is one that stores an export as it is, so that its bytes tell what a file is. */
@DisplayName("A restore that puts encrypted files back, ended at any moment")
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "the folder is copied while its journal is open, which Windows keeps to itself")
class EncryptedReturnTest {
    private static final String JOURNAL = ".salvor-journal";

    private final Workbench workbench = Wiring.assemble();
    private final Returning system = new Returning();

    @TempDir
    Path folder;

    private Source source = new Source.Practice();
    private Path target = Path.of("");

    /** What puts a file back; told before each. */
    private final class Returning implements EncryptedFiles {
        private int calls;
        private int stopAt = -1;
        private int copyAt = -1;
        private final List<Path> made = new ArrayList<>();

        @Override
        public boolean on(Path on) {
            return true;
        }

        @Override
        public void put(Path file, InputStream export, int attributes, JobMonitor monitor)
                throws IOException, RecoveryException {
            if (calls == stopAt) {
                throw new CancelledException();
            }
            if (calls++ == copyAt) {
                copy(target, folder.resolve("killed"));
            }
            made.add(file);
            assertThat(file).as("the job's own name, and nothing there").doesNotExist();
            Files.copy(export, file);
        }

        @Override
        public void putFolder(Path folder, InputStream export, JobMonitor monitor) {
            throw new AssertionError("no folder of this image is encrypted");
        }

        @Override
        public void save(Path file, OutputStream to, JobMonitor monitor) throws IOException {
            Files.copy(file, to);
        }
    }

    @BeforeEach
    void image() throws Exception {
        source = new Source.ImageFile(TestImages.file("efs", folder));
        target = folder.resolve("target");
    }

    private FileRestorer restorer() {
        return new FileRestorer(
                TestHost.places(),
                TestHost.files(),
                new SystemTarget() {
                    @Override
                    public Optional<TargetCapabilities> on(TargetCapabilities portable) {
                        return Optional.of(portable);
                    }

                    @Override
                    public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
                        return new PortableTarget(capabilities, TestHost.files(), (Aside) keeping);
                    }
                },
                system);
    }

    private RecoverySession open(Keyring keys) throws Exception {
        return workbench.open(Road.readable(workbench.recognise(source, keys)), keys);
    }

    private RestoreReport run() throws Exception {
        try (Keyring keys = new Keyring();
                RecoverySession session = open(keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            session.scan(new ScanPlan(false, true, true), builder, JobMonitor.SILENT);
            Catalog catalog = builder.catalog();
            RestorePlan plan = restorer()
                    .plan(
                            source,
                            session,
                            catalog,
                            Road.select(
                                    catalog,
                                    row -> !catalog.folder(row)
                                            && catalog.path(row).matches("kept/.*")),
                            RestoreOptions.to(target),
                            JobMonitor.SILENT);
            return restorer().run(source, session, catalog, plan, JobMonitor.SILENT);
        }
    }

    private RestoreReport resume(Path at) throws Exception {
        try (Keyring keys = new Keyring();
                RecoverySession session = open(keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            session.scan(new ScanPlan(false, true, true), builder, JobMonitor.SILENT);
            target = at;
            return restorer().resume(at.resolve(JOURNAL), source, session, JobMonitor.SILENT);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** All files of the restore with their hashes, the report of the program left out. */
    private static Map<String, String> files(Path root) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("salvor-")) {
                    all.put(name, Road.hash(file));
                }
            }
        }
        return all;
    }

    private static List<String> told(RestoreReport report) {
        return report.files().stream()
                .map(file -> file.id() + " " + file.outcome() + " " + file.target() + " " + file.size() + " "
                        + file.sha256())
                .toList();
    }

    /** Moments in the return of one file. */
    enum Killed {
        HALF_PUT,
        WRITTEN,
        RENAMED,
        EXPORT_GONE,
        DONE
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("goes on to the same files and the same report, and no file is there twice")
    void killed(Killed moment) throws Exception {
        system.copyAt = 1;
        RestoreReport whole = run();
        assertThat(whole.stop()).isEqualTo(RestoreReport.Stop.NONE);
        assertThat(system.calls).isGreaterThan(5);
        Map<String, String> expected = files(target);
        assertThat(expected.keySet()).noneMatch(name -> name.endsWith(".efsraw"));
        wound(folder.resolve("killed"), moment);
        system.copyAt = -1;
        RestoreReport resumed = resume(folder.resolve("killed"));
        assertThat(resumed.stop()).isEqualTo(RestoreReport.Stop.NONE);
        assertThat(files(folder.resolve("killed"))).isEqualTo(expected);
        assertThat(told(resumed)).isEqualTo(told(whole));
    }

    /** Makes of a run that was ended when one file was back, and the next begun, one that was ended earlier. */
    private void wound(Path at, Killed moment) throws IOException {
        Path temporary = at.resolve(target.relativize(system.made.getFirst()));
        Path parent = Objects.requireNonNull(temporary.getParent());
        Path back;
        try (Stream<Path> all = Files.list(parent)) {
            back = all.filter(path -> isExport(path) && !path.toString().endsWith(".efsraw"))
                    .findFirst()
                    .orElseThrow();
        }
        Path export = back.resolveSibling(back.getFileName() + ".efsraw");
        assertThat(export).as("removed when the file had its name").doesNotExist();
        List<String> lines = new ArrayList<>(Files.readAllLines(at.resolve(JOURNAL)));
        assertThat(lines.removeLast()).contains("\"done\"");
        switch (moment) {
            case HALF_PUT -> {
                assertThat(lines.removeLast()).contains("\"written\"");
                Files.move(back, export);
                Files.write(temporary, new byte[100]);
            }
            case WRITTEN -> {
                Files.copy(back, export);
                Files.move(back, temporary);
            }
            case RENAMED -> Files.copy(back, export);
            case EXPORT_GONE -> {
                // as it is
            }
            case DONE -> {
                return;
            }
        }
        Files.write(at.resolve(JOURNAL), lines);
    }

    private static boolean isExport(Path file) {
        try {
            byte[] all = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            return all.length > 100 && all[1] == 1 && all[4] == 'R' && all[6] == 'O';
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("leaves exports where it was stopped, says so, and puts them back when it goes on")
    void stopped() throws Exception {
        system.stopAt = 2;
        RestoreReport report = run();
        assertThat(report.stop()).isEqualTo(RestoreReport.Stop.CANCELLED);
        assertThat(report.files())
                .filteredOn(file -> file.outcome() == Outcome.KEPT_ENCRYPTED)
                .allSatisfy(file -> assertThat(target.resolve(file.target()))
                        .as(file.path())
                        .exists())
                .filteredOn(file -> !file.target().endsWith(".efsraw"))
                .hasSize(2);
        assertThat(files(target).keySet()).noneMatch(name -> name.endsWith(".salvor-part"));
        system.stopAt = -1;
        RestoreReport resumed = resume(target);
        assertThat(resumed.stop()).isEqualTo(RestoreReport.Stop.NONE);
        assertThat(resumed.files())
                .filteredOn(file -> file.outcome() == Outcome.KEPT_ENCRYPTED)
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(file.target()).doesNotContain(".efsraw"));
    }
}
