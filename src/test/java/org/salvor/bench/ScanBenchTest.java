package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.Road;
import org.salvor.TestTools;
import org.salvor.app.Wiring;
import org.salvor.device.BlockDevice;
import org.salvor.device.Images;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.ScanSink;
import org.salvor.filesystem.ntfs.NtfsFileSystem;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Workbench;

/** How fast a volume is scanned: by the reader alone, and with all that makes rated rows of what it found. */
@Tag("bench")
@DisplayName("Benchmarks of scans")
class ScanBenchTest {
    private static final int RUNS = 9;

    @Test
    @DisplayName("The reader alone")
    void reader() throws Exception {
        Path image = SpeedImages.MANY.ready();
        List<Double> rates = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int run = 0; run < RUNS; run++) {
            try (BlockDevice device = Images.open(image);
                    NtfsFileSystem volume = NtfsFileSystem.open(device)) {
                AtomicLong found = new AtomicLong();
                long processor = threads.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                volume.scan(false, new ScanSink() {
                    @Override
                    public void found(FoundFile file) {
                        found.incrementAndGet();
                    }

                    @Override
                    public void skipped(RecoveryException problem) {}

                    @Override
                    public void progress(long bytesRead, long total) {}
                });
                rates.add(volume.info().recordEstimate() / Bench.seconds(start));
                own.add(volume.info().recordEstimate() * 1e9 / (threads.getCurrentThreadCpuTime() - processor));
                assertThat(found.get()).isGreaterThan(200_000);
            }
        }
        new BenchRows("scan-reader")
                .row(
                        "scan, reader alone, one thread",
                        "≥ 1.0 million records/s",
                        Bench.median(rates) >= 1e6,
                        Bench.million(Bench.median(rates)) + " records/s",
                        Bench.text(
                                "warm, %d runs in one process: median, best %s; per second of its own processor time %s (median)",
                                RUNS, Bench.million(Bench.best(rates)), Bench.million(Bench.median(own))));
    }

    @Test
    @DisplayName("400 folders of 500 files")
    void many() throws Exception {
        engine(SpeedImages.MANY.ready(), "400 folders of 500", new BenchRows("scan-many"));
    }

    @Test
    @DisplayName("One folder of 100,000 files")
    void folder() throws Exception {
        engine(SpeedImages.FOLDER.ready(), "one folder of 100,000", new BenchRows("scan-one-folder"));
    }

    private static void engine(Path image, String what, BenchRows rows) throws Exception {
        List<Double> rates = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(image);
        SourceNode node = Road.readable(workbench.recognise(source, new Keyring()));
        for (int run = 0; run < RUNS; run++) {
            try (RecoverySession session = workbench.open(node, new Keyring())) {
                long start = System.nanoTime();
                Workbench.Scan scan = workbench.scan(session, new ScanPlan(false, true, true));
                while (scan.catalog().size() == 0 && !scan.job().result().isDone()) {
                    Thread.onSpinWait();
                }
                first.add(Bench.seconds(start));
                Catalog catalog = Road.done(scan.job());
                rates.add(catalog.size() / Bench.seconds(start));
                assertThat(catalog.size()).isGreaterThan(100_000);
            }
        }
        rows.row(
                "scan to rated rows, all files, " + what,
                Bench.million(Bench.median(rates)) + " rows/s",
                "median of " + RUNS + ", best " + Bench.million(Bench.best(rates)));
        rows.row(
                "first rows, " + what,
                "≤ 0.5 s",
                first.stream().allMatch(seconds -> seconds <= 0.5),
                Bench.text("%.3f s", Bench.median(first)),
                Bench.text("median, the first of all %.3f s", first.getFirst()));
        tool(rows, "scan by ntfsundelete, " + what, "ntfsundelete", image.toString());
        tool(rows, "scan by fls -rd, " + what, "fls", "-rd", image.toString());
    }

    private static void tool(BenchRows rows, String what, String... command) throws Exception {
        Optional<Path> tool = TestTools.find(command[0]);
        if (tool.isEmpty()) {
            rows.row(what, "not installed", "");
            return;
        }
        command[0] = tool.get().toString();
        Timed timed = Timed.run(command);
        rows.row(what, Bench.text("%.2f s", timed.seconds()), "one run");
    }
}
