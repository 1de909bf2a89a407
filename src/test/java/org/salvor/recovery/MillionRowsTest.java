package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.bench.BenchRows;

/** What a catalog of a million files costs. */
@Tag("bench")
class MillionRowsTest {
    @TempDir
    Path folder;

    @Test
    void a_million_files_stay_within_their_memory_and_open_in_a_fraction_of_a_second() throws Exception {
        long before = used();
        Catalog catalog = SavedScanTest.catalog(1_000_000);
        long bytes = used() - before;
        Path file = folder.resolve("million.salvorscan");
        SourceIdentity source = new SourceIdentity("a", "", "NTFS", "1", 1, "", Map.of());
        long start = System.nanoTime();
        SavedScan.save(file, source, ScanPlan.QUICK, 0, catalog, JobMonitor.SILENT);
        long saved = System.nanoTime();
        long opened = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long from = System.nanoTime();
            SavedScan.load(file, JobMonitor.SILENT);
            opened = Math.min(opened, System.nanoTime() - from);
        }
        new BenchRows("catalog-saved")
                .row(
                        "saved scan of 1,000,000 files opened",
                        opened / 1_000_000 + " ms",
                        "best of 3; saved in %d ms as %d MB; %d bytes a file in memory"
                                .formatted((saved - start) / 1_000_000, Files.size(file) >> 20, bytes / 1_000_000));
        // 99 in columns, and here about 21 of names, 2 of streams and few of side tables
        assertThat(bytes / 1_000_000).isLessThanOrEqualTo(140);
        assertThat(opened).isLessThan(2_000_000_000L);
        assertThat(catalog.size()).isEqualTo(1_000_000);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
