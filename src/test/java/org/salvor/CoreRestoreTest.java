package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Workbench;

/** The whole road on the reference objects: image file, recognition, scan, plan, restore, report. */
@Tag("core")
class CoreRestoreTest {
    private static final int SEEK_HOLE = 4;
    /** Bytes of the clusters of the volume "ads". */
    private static final long VOLUME = 2047 * 4096;

    @TempDir
    Path folder;

    private RestoreReport restore(String image) throws Exception {
        return Road.restore(
                TestImages.file(image, folder), ScanPlan.QUICK, folder.resolve("target"), catalog -> catalog::deleted);
    }

    @Test
    void eighteenOfEighteenReferenceObjectsComeBackByteForByte() throws Exception {
        Manifest manifest = TestImages.manifest("objects");
        restore("objects");
        Set<String> restored = contents(folder.resolve("target"));
        assertThat(Manifest.contents(manifest.deleted())).hasSize(18);
        assertThat(restored).containsAll(Manifest.contents(manifest.deleted()));
    }

    @Test
    void everyReferenceObjectLiesWhereItLayAndTheReportSaysTheSame() throws Exception {
        RestoreReport report = restore("objects");
        Map<String, String> files = Road.hashes(folder.resolve("target"));
        for (Manifest.Entry entry : TestImages.manifest("objects").deleted()) {
            if (!entry.text("link").isEmpty()) {
                continue; // removing a link takes its name out of the record; the other name is checked
            }
            assertThat(files).containsEntry(entry.path(), entry.sha256());
            RestoredFile line = line(report, entry.path());
            assertThat(line.outcome()).isEqualTo(Outcome.RESTORED);
            assertThat(line.rating()).isEqualTo(RatingClass.INTACT);
            assertThat(line.sha256()).isEqualTo(entry.sha256());
            assertThat(line.streams().stream().map(s -> s.name() + " " + s.sha256()))
                    .containsExactlyInAnyOrderElementsOf(entry.streams().stream()
                            .map(s -> s.name() + " " + s.sha256())
                            .toList());
        }
    }

    @Test
    void theTimeOfTheLastChangeComesBack() throws Exception {
        restore("objects");
        assertThat(Files.getLastModifiedTime(folder.resolve("target/docs/plain1m.bin"))
                        .toInstant())
                .isEqualTo(Instant.parse("2019-05-06T07:08:09Z"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "stat tells the blocks that a file takes")
    void aSparseFileStaysSparse() throws Exception {
        restore("objects");
        Path sparse = folder.resolve("target/docs/sparse.bin");
        assertThat(Files.size(sparse)).isEqualTo(16 << 20);
        assertThat(firstHole(sparse)).isBetween(1L, 1L << 20);
        assertThat(firstHole(folder.resolve("target/docs/plain1m.bin"))).isEqualTo(1 << 20);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "whether holes stay holes is up to the system")
    void aNamedStreamOfHolesNeedsNoSpaceOfTheTarget() throws Exception {
        Path image = TestImages.file("ads", folder);
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(image);
        SourceNode node = Road.readable(workbench.recognise(source, new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            Catalog catalog = Road.done(workbench.scan(session, Road.EVERYTHING).job());
            Selection chosen = Road.select(catalog, row -> catalog.path(row).equals("$BadClus"));
            RestoreOptions options = RestoreOptions.to(folder.resolve("target"));
            RestorePlan plan = Road.done(workbench.plan(source, session, catalog, chosen, options));
            assertThat(plan.bytes()).as("as large as the volume").isEqualTo(VOLUME);
            assertThat(plan.needed()).isLessThan(64 << 10);
            Road.done(workbench.restore(source, session, catalog, plan));
        }
        try (Stream<Path> written = Files.walk(folder.resolve("target"))) {
            Path stream = written.filter(path -> path.toString().contains("$Bad") && Files.isRegularFile(path))
                    .max(Comparator.comparing(CoreRestoreTest::size))
                    .orElseThrow();
            assertThat(Files.size(stream)).isEqualTo(VOLUME);
            assertThat(firstHole(stream)).isZero();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesWhoseClustersWereTakenAreMarkedAndNeverWrittenAsIfWhole() throws Exception {
        Manifest manifest = TestImages.manifest("reused");
        RestoreReport report = restore("reused");
        List<String> wrong = new ArrayList<>();
        for (RestoredFile line : report.files()) {
            Set<String> truth = new HashSet<>();
            for (Manifest.Entry entry : manifest.entries()) {
                if (line.path().endsWith("/" + entry.name()) || line.path().equals(entry.path())) {
                    truth.add(entry.sha256());
                }
            }
            if (line.outcome() == Outcome.RESTORED && !truth.isEmpty() && !truth.contains(line.sha256())) {
                wrong.add(line.path());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(report.files())
                .filteredOn(f -> f.path().endsWith("/plain1m.bin"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.outcome()).isEqualTo(Outcome.PARTIAL);
                    assertThat(f.target()).endsWith(".partial");
                });
    }

    private static RestoredFile line(RestoreReport report, String path) {
        return report.files().stream()
                .filter(f -> f.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the report: " + path));
    }

    /** The hashes of all that was written: files, what lies in sidecars, and named streams kept as extended attributes. */
    private static Set<String> contents(Path target) throws Exception {
        Set<String> all = new HashSet<>(Road.hashes(target).values());
        for (String file : Road.hashes(target).keySet()) {
            UserDefinedFileAttributeView view =
                    Files.getFileAttributeView(target.resolve(file), UserDefinedFileAttributeView.class);
            for (String name : view == null ? List.<String>of() : view.list()) {
                ByteBuffer value = ByteBuffer.allocate(view.size(name));
                view.read(name, value);
                all.add(HexFormat.of().formatHex(Harvest.sha256().digest(value.array())));
            }
        }
        return all;
    }

    /** Where the first hole of a file begins; its size if it has none. */
    private static long firstHole(Path file) {
        NativeLibrary c = NativeLibrary.getInstance("c");
        Function open = c.getFunction("open");
        int descriptor = open.invokeInt(new Object[] {file.toString(), 0});
        try {
            return (Long) c.getFunction("lseek").invoke(Long.class, new Object[] {descriptor, 0L, SEEK_HOLE});
        } finally {
            c.getFunction("close").invokeInt(new Object[] {descriptor});
        }
    }
}
