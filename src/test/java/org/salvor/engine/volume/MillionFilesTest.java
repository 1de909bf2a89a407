package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.bench.BenchRows;
import org.salvor.device.ResilientDevice;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundTimes;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ScanPlan;

/** What a scan of a million files costs in the engine alone: memory while it is rated, and time. */
@Tag("bench")
class MillionFilesTest {
    private static final int FILES = 1_000_000;

    @Test
    void a_million_files_are_collected_and_rated_in_less_than_200_megabytes() throws Exception {
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));
        FileSystemInfo info =
                new FileSystemInfo("NTFS", "", "1", "ntfs:1", 1L << 40, 4096, 1L << 28, ScriptedVolume.ROOT, FILES);
        long before = used();
        long start = System.nanoTime();
        ScanCollector collector =
                new ScanCollector(new ScanPlan(false, true, false), info, info.size(), builder, JobMonitor.SILENT);
        for (int i = 0; i < FILES; i++) {
            collector.found(file(i));
            if ((i & 0xfff) == 0) {
                collector.progress(i, FILES);
            }
        }
        long collected = System.nanoTime();
        collector.finish(JobMonitor.SILENT);
        ScriptedVolume volume = new ScriptedVolume();
        Unreadable nothing = new Unreadable(new ResilientDevice(volume.disk()), ScriptedVolume.CLUSTER);
        Rater rater = new Rater(collector, builder, volume.allocation(), nothing, info, true);
        rater.run(JobMonitor.SILENT);
        long rated = System.nanoTime();
        long bytes = used() - before;
        new BenchRows("scan-million")
                .row(
                        "scan of 1,000,000 files in the engine alone, heap at its end",
                        (bytes >> 20) + " MiB",
                        "collected in %d ms, rated in %d ms, in a process just started"
                                .formatted((collected - start) / 1_000_000, (rated - collected) / 1_000_000));
        assertThat(bytes).isLessThan(200L << 20);
        assertThat(builder.catalog().ratingClass(builder.catalog().size() - 1)).isEqualTo(RatingClass.INTACT);
        assertThat(collector.claims.count()).isPositive();
    }

    /** Every tenth is live; two runs each; a folder for a hundred. */
    private static FoundFile file(int i) {
        boolean folder = i % 100 == 0;
        boolean deleted = i % 10 != 5;
        long folderRecord = 100 + i / 100 * 100;
        long parent = folder ? ScriptedVolume.ROOT : ScriptedVolume.key(folderRecord);
        FoundStream main = new FoundStream(
                "",
                8192,
                8192,
                FoundStream.Form.PLAIN,
                new ClusterRuns(new long[] {i * 4L, i * 4L + 2}, new long[] {1, 1}),
                true);
        long record = 100 + i;
        return new FoundFile(
                ScriptedVolume.key(record),
                -1,
                -1,
                folder,
                deleted,
                FoundFile.Provenance.TABLE,
                folder ? new long[] {ScriptedVolume.key(record)} : new long[0],
                List.of(new FoundName(parent, "IMG_" + i + ".dat")),
                folder ? 0 : 8192,
                new FoundTimes(i, i, i, i),
                0x20,
                folder ? List.of() : List.of(main),
                true,
                true);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
