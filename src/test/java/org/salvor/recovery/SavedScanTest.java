package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;

class SavedScanTest {
    @TempDir
    Path folder;

    private final SourceIdentity source =
            new SourceIdentity("a.img", "2", "NTFS", "1c2a", 1 << 20, "00ff", Map.of("label", "Daten"));

    @Test
    void a_saved_scan_gives_the_same_rows_again() throws Exception {
        Catalog before = catalog(40_000);
        Path file = folder.resolve("a.salvorscan");
        SavedScan.save(file, source, ScanPlan.QUICK, 3, before, JobMonitor.SILENT);
        SavedScan.Loaded loaded = SavedScan.load(file, JobMonitor.SILENT);
        assertThat(loaded.header()).isEqualTo(new SavedScan.Header(source, ScanPlan.QUICK, 40_000, 3, true));
        assertThat(SavedScan.header(file)).isEqualTo(loaded.header());
        Catalog after = loaded.catalog();
        assertThat(after.size()).isEqualTo(before.size());
        for (int row = 0; row < before.size(); row++) {
            assertThat(describe(after, row)).isEqualTo(describe(before, row));
        }
        assertThat(after.find(new FileId("ntfs:1:77-1"))).isEqualTo(before.find(new FileId("ntfs:1:77-1")));
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void a_damaged_a_cut_and_a_foreign_file_are_refused_in_words() throws Exception {
        Path file = folder.resolve("a.salvorscan");
        SavedScan.save(file, source, ScanPlan.QUICK, 0, catalog(3000), JobMonitor.SILENT);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            tryLoad(file);
        }
        for (int length : new int[] {0, 5, 16, 200, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SavedScan.load(file, JobMonitor.SILENT))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("damaged");
        }
    }

    /** Either refused in words, or a harmless bit of the header was hit. */
    private static void tryLoad(Path file) {
        try {
            Catalog catalog = SavedScan.load(file, JobMonitor.SILENT).catalog();
            for (int row = 0; row < catalog.size(); row++) {
                assertThat(describe(catalog, row)).isNotEmpty();
            }
        } catch (RecoveryException e) {
            assertThat(e).hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void a_file_of_a_newer_version_is_refused() throws Exception {
        Path file = folder.resolve("a.salvorscan");
        SavedScan.save(file, source, ScanPlan.QUICK, 0, catalog(10), JobMonitor.SILENT);
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 4;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SavedScan.load(file, JobMonitor.SILENT)).hasMessageContaining("newer");
    }

    /** Version 2 does not tell what named streams take. */
    @Test
    void a_file_of_the_version_before_is_read() throws Exception {
        Path file = folder.resolve("a.salvorscan");
        try (InputStream in = SavedScanTest.class.getResourceAsStream("/scans/version2.salvorscan")) {
            Files.copy(Objects.requireNonNull(in), file);
        }
        Catalog catalog = SavedScan.load(file, JobMonitor.SILENT).catalog();
        assertThat(catalog.size()).isEqualTo(26);
        List<StreamInfo> streams = IntStream.range(0, catalog.size())
                .mapToObj(catalog::streams)
                .flatMap(List::stream)
                .toList();
        assertThat(streams)
                .hasSize(21)
                .contains(new StreamInfo("$Bad", 2047 * 4096))
                .allMatch(stream -> stream.filled() == stream.size());
    }

    private static String describe(Catalog catalog, int row) {
        return catalog.id(row)
                + catalog.path(row)
                + catalog.size(row)
                + catalog.streams(row)
                + catalog.rating(row)
                + catalog.otherPath(row)
                + catalog.locator(row)
                + catalog.modified(row)
                + catalog.provenance(row)
                + catalog.folder(row)
                + catalog.deleted(row)
                + catalog.linkOf(row)
                + catalog.fragments(row)
                + catalog.firstCluster(row)
                + catalog.allocated(row)
                + catalog.attributes(row);
    }

    static Catalog catalog(int rows) {
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));
        int owner = builder.otherPath("Windows/Temp/x.log");
        for (int i = 0; i < rows; i++) {
            boolean folder = i % 50 == 0;
            int row = builder.add(new FileRow(
                    i < 50 ? Catalog.NONE : (i / 50 - 1) * 50 % rows,
                    (i % 7 == 0 ? "\u65e5\u672c " : "report ") + i + ".docx",
                    folder,
                    i % 3 != 0,
                    Provenance.TABLE,
                    (long) i << 16 | 1,
                    i % 100 == 3 ? i * 512L : -1,
                    i % 1000 == 5 ? i * 4096L : Catalog.NO_LOCATOR,
                    Catalog.NONE,
                    i * 37L,
                    (i * 37L + 4095) / 4096 * 4096,
                    13_000_000_000_000_000L + i * 1_000_001L,
                    13_000_000_000_000_000L + i * 1_000_003L,
                    13_000_000_000_000_000L + i * 1_000_007L,
                    Catalog.NO_TIME,
                    0x20,
                    i % 4,
                    i * 3L,
                    i % 20 == 0 ? List.of(new StreamInfo("Zone.Identifier", 26, i % 40 == 0 ? 26 : 0)) : List.of()));
            if (i % 5 == 0) {
                builder.rating(row, Rating.of(RatingClass.PARTIAL, 33, ReasonKind.REUSED_BY_FILE), owner);
            } else {
                builder.rating(row, Rating.of(RatingClass.INTACT, 100, ReasonKind.CLUSTERS_FREE));
            }
        }
        builder.finished();
        return builder.catalog();
    }
}
