package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Workbench;
import org.salvor.ui.choose.FilterTiming;

/**
 * Measures against the budgets of docs/architecture.md and writes docs/benchmarks.md. The images are made by
 * src/test/scripts/make-speed-images.py (root, two minutes, 4 GB) in target/bench, or taken from {@code -Dbench.images=FOLDER}.
 */
@Tag("bench")
@DisplayName("Benchmarks")
class BenchmarkTest {
    private static final int RUNS = 9;
    private static final Path IMAGES = Path.of(System.getProperty("bench.images", "target/bench"));

    private final List<String> rows = new ArrayList<>();

    @Test
    void measures() throws Exception {
        if (!Files.exists(IMAGES.resolve("speed-large.img"))) {
            TestTools.requireRoot();
            TestTools.require("mkntfs");
            new ProcessBuilder("python3", "src/test/scripts/make-speed-images.py", IMAGES.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        Path many = IMAGES.resolve("speed-many.img");
        Path wide = IMAGES.resolve("speed-folder.img");
        Path large = IMAGES.resolve("speed-large.img");
        for (Path image : List.of(many, wide)) {
            warm(image);
        }
        reader(many);
        engine(many, "400 folders of 500");
        engine(wide, "one folder of 100,000");
        catalog();
        restoreSmall(many);
        restoreLarge(large);
        firstWindow("target/salvor/bin/salvor", "start to first window, from Maven's output", "≤ 2 s");
        firstWindow("target/dist/image/Salvor/bin/Salvor", "start to first window, from the package", "≤ 1 s");
        write();
    }

    private static void warm(Path image) throws IOException {
        TestTools.run("sh", "-c", "head -c 600000000 \"$0\" > /dev/null", image.toString());
    }

    private void reader(Path image) throws Exception {
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
                rates.add(volume.info().recordEstimate() / seconds(start));
                own.add(volume.info().recordEstimate() * 1e9 / (threads.getCurrentThreadCpuTime() - processor));
                assertThat(found.get()).isGreaterThan(200_000);
            }
        }
        row(
                "scan, reader alone, one thread",
                "≥ 1.0 million records/s",
                rate(rates),
                "warm, " + RUNS + " runs in one process: median, best " + million(best(rates))
                        + "; per second of its own processor time " + rate(own) + " (median)");
    }

    private void engine(Path image, String what) throws Exception {
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
                first.add(seconds(start));
                Catalog catalog = Road.done(scan.job());
                rates.add(catalog.size() / seconds(start));
            }
        }
        row(
                "scan to rated rows, all files, " + what,
                "",
                rate(rates).replace("records", "rows"),
                "median, best " + million(best(rates)));
        row(
                "first rows, " + what,
                "≤ 0.5 s",
                text("%.3f s", median(first)),
                "in a fresh process " + text("%.3f s", first.getFirst()));
        tool(image, "ntfsundelete", "scan by ntfsundelete, " + what, "ntfsundelete", image.toString());
        tool(image, "fls", "scan by fls -rd, " + what, "fls", "-rd", image.toString());
    }

    private void tool(Path image, String tool, String what, String... command) throws Exception {
        if (TestTools.find(tool).isEmpty()) {
            row(what, "", "not installed", "");
            return;
        }
        String[] whole = command.clone();
        whole[0] = TestTools.find(tool).orElseThrow().toString();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(whole)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        row(what, "", text("%.2f s", seconds(start)), "one run, " + Files.size(image) / (1 << 30) + " GiB image");
    }

    private void catalog() throws Exception {
        long before = used();
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:0", IdScheme.Form.values()[0]));
        for (int i = 0; i < 1_000_000; i++) {
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
        long heap = used() - before;
        Catalog catalog = builder.catalog();
        row(
                "heap of a catalog of 1,000,000 files",
                "≤ 200 MB",
                heap / 1_000_000 + " MB",
                heap / 1_000_000 + " bytes a file with its name of 37 characters");
        for (String filter : List.of("length 99", "*.docx", "size:>900000")) {
            double[] ms = FilterTiming.milliseconds(catalog, filter, RUNS);
            Arrays.sort(ms);
            row(
                    "filter 1,000,000 rows: `" + filter + "`",
                    "≤ 100 ms",
                    text("%.0f ms", ms[RUNS / 2]),
                    "median of " + RUNS + ", with sorting and counts");
        }
        assertThat(catalog.size()).isEqualTo(1_000_000);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void restoreSmall(Path image) throws Exception {
        Path work = Files.createTempDirectory("salvor-bench");
        try {
            Path target = work.resolve("ours");
            long start = System.nanoTime();
            RestoreReport report = Road.restore(image, ScanPlan.QUICK, target, catalog -> row -> !catalog.folder(row));
            double ours = seconds(start);
            long written = report.count(Outcome.RESTORED) + report.count(Outcome.PARTIAL);
            row(
                    "restore of many small files, SHA-256 on",
                    "≥ tsk_recover",
                    text("%.0f files/s", written / ours),
                    text("%d files, %.1f s, scan included; bytes %d", written, ours, report.bytes()));
            if (TestTools.find("tsk_recover").isPresent()) {
                Path theirs = Files.createDirectory(work.resolve("tsk"));
                long from = System.nanoTime();
                TestTools.run("tsk_recover", image.toString(), theirs.toString());
                double seconds = seconds(from);
                long count = count(theirs);
                row(
                        "the same by tsk_recover",
                        "",
                        text("%.0f files/s", count / seconds),
                        text("%d files, %.1f s", count, seconds));
            }
        } finally {
            TestTools.run("rm", "-rf", work.toString());
        }
    }

    private void restoreLarge(Path image) throws Exception {
        Path work = Files.createTempDirectory("salvor-bench");
        try {
            warm(image);
            long start = System.nanoTime();
            RestoreReport report = Road.restore(
                    image,
                    ScanPlan.QUICK,
                    work.resolve("ours"),
                    catalog -> row -> catalog.name(row).equals("large.bin"));
            double ours = report.bytes() / seconds(start) / 1e6;
            Path file = work.resolve("ours/large.bin");
            TestTools.run("sync", "-f", work.toString());
            long from = System.nanoTime();
            TestTools.run(
                    "sh",
                    "-c",
                    "cp \"$0\" \"$1\" && sync \"$1\"",
                    file.toString(),
                    work.resolve("copy").toString());
            double cp = Files.size(file) / seconds(from) / 1e6;
            row(
                    "restore of a file of 1 GiB, SHA-256 on, durable",
                    "≥ 80 % of cp",
                    text("%.0f MB/s", ours),
                    text("%.0f %% of cp with sync, which makes %.0f MB/s", 100 * ours / cp, cp));
        } finally {
            TestTools.run("rm", "-rf", work.toString());
        }
    }

    private void firstWindow(String program, String what, String budget) throws Exception {
        Path path = Path.of(program).toAbsolutePath();
        if (!Files.exists(path) || TestTools.find("Xvfb").isEmpty()) {
            row(what, budget, "not measured", "needs Xvfb, and the program built before");
            return;
        }
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            FirstWindow.seconds(path).ifPresent(seconds::add);
        }
        row(
                what,
                budget,
                text("%.1f s", median(seconds)),
                text(
                        "to the drawn page, software rendering; median of %d, best %.1f s",
                        seconds.size(),
                        seconds.stream().mapToDouble(s -> s).min().orElse(0)));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private void row(String what, String budget, String measured, String how) {
        rows.add("| " + what + " | " + budget + " | " + measured + " | " + how + " |");
        System.out.println(rows.getLast());
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Benchmarks

                Written by `mvn -Pbench verify`, which measures against the budgets of [architecture.md](architecture.md), section 6. The
                images come from `src/test/scripts/make-speed-images.py`: 200,000 files in 400 folders, every second deleted; 100,000 files
                in one folder, every second deleted; one deleted file of 1 GiB.

                """);
        text.append("Measured on ")
                .append(LocalDate.now())
                .append(": ")
                .append(machine())
                .append("\n\n");
        text.append("| what | budget | measured | how |\n|---|---|---|---|\n");
        rows.forEach(row -> text.append(row).append('\n'));
        text.append("\nHow long the UI thread is busy is printed by ChooseBenchTest.\n");
        Files.writeString(Path.of("docs/benchmarks.md"), text);
    }

    private static String machine() throws IOException {
        String cpu = Files.exists(Path.of("/proc/cpuinfo"))
                ? Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .findFirst()
                        .orElse("?")
                : System.getProperty("os.arch");
        String load = Files.exists(Path.of("/proc/loadavg"))
                ? Files.readString(Path.of("/proc/loadavg")).split(" ")[0]
                : "?";
        return Runtime.getRuntime().availableProcessors() + " cores of " + cpu + ", " + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version") + ", Java " + System.getProperty("java.version")
                + ", images in the page cache, system load at the end " + load + ".";
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String rate(List<Double> rates) {
        return million(median(rates)) + " records/s";
    }

    private static String million(double value) {
        return text("%.2f million", value / 1e6);
    }

    private static double best(List<Double> values) {
        return values.stream().mapToDouble(v -> v).max().orElse(0);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
