package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.Provenance;
import org.salvor.ui.choose.FilterTiming;

/** What a catalog of a million files costs, and how fast it is filtered. */
@Tag("bench")
@DisplayName("Benchmarks of a catalog of a million files")
class CatalogBenchTest {
    private static final int FILES = 1_000_000;
    private static final int RUNS = 9;

    @Test
    @DisplayName("Heap and filters")
    void million() throws Exception {
        BenchRows rows = new BenchRows("catalog");
        long before = used();
        Catalog catalog = catalog();
        long heap = used() - before;
        rows.row(
                "heap of a catalog of 1,000,000 files",
                "≤ 200 MB",
                heap <= 200_000_000,
                heap / FILES + " MB",
                heap / FILES + " bytes a file with its name of 37 characters");
        for (String filter : List.of("length 99", "*.docx", "998877", "size:>900000")) {
            double[] ms = FilterTiming.milliseconds(catalog, filter, RUNS);
            Arrays.sort(ms);
            rows.row(
                    "filter 1,000,000 rows: `" + filter + "`",
                    "≤ 100 ms",
                    ms[RUNS / 2] <= 100,
                    Bench.text("%.0f ms", ms[RUNS / 2]),
                    Bench.text("median of %d, best %.0f ms; a kept order is filtered; counts included", RUNS, ms[0]));
        }
        assertThat(catalog.size()).isEqualTo(FILES);
    }

    private static Catalog catalog() {
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:0", IdScheme.Form.values()[0]));
        for (int i = 0; i < FILES; i++) {
            builder.add(new FileRow(
                    Catalog.NONE,
                    "some file of usual length " + i + ".docx",
                    false,
                    true,
                    Provenance.TABLE,
                    (long) i << 16 | 1,
                    -1,
                    Catalog.NO_LOCATOR,
                    Catalog.NONE,
                    i,
                    i,
                    i,
                    i,
                    i,
                    i,
                    32,
                    1,
                    i,
                    List.of()));
        }
        return builder.catalog();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
