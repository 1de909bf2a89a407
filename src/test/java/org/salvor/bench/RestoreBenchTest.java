package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.Road;
import org.salvor.TestTools;
import org.salvor.recovery.ScanPlan;
import org.salvor.restore.FileRestorer;

/**
 * Restores beside other programs that bring the same bytes to the same kind of target. The programs take turns, so that whatever
 * else the machine does concerns all of them, and the median counts.
 */
@Tag("bench")
@DisplayName("Benchmarks of restores")
class RestoreBenchTest {
    private static final Path PROGRAM = Path.of("target/salvor/bin/salvor").toAbsolutePath();
    private static final int LARGE_ROUNDS = 5;
    private static final int SMALL_ROUNDS = 3;
    private static final double SHARE_OF_CP = 0.8;
    private static final long SMALL_NEEDS = 4L << 30;

    private Path disk = Path.of("");

    /** On the file system of the project, which lies on a disk more often than that of temporary files. */
    @BeforeEach
    void disk() throws IOException {
        assumeTrue(Files.exists(PROGRAM), "The program must be built before: mvn package");
        disk = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-restore");
    }

    @AfterEach
    void remove() throws Exception {
        Timed.run("rm", "-rf", disk.toString());
    }

    @Test
    @DisplayName("One file of 1 GiB beside cp")
    void large() throws Exception {
        Path image = SpeedImages.LARGE.ready();
        List<Timed> started = new ArrayList<>();
        List<Timed> warm = new ArrayList<>();
        List<Timed> copied = new ArrayList<>();
        List<Double> hashed = new ArrayList<>();
        Path model = disk.resolve("model");
        warm(image);
        Files.move(disk.resolve("back").resolve(SpeedImages.LARGE_FILE), model);
        warm(image);
        for (int round = 0; round < LARGE_ROUNDS; round++) {
            started.add(program(image, SpeedImages.LARGE_FILE));
            copied.add(copy(model));
            warm.add(warm(image));
            copied.add(copy(model));
            hashed.add(hash());
        }
        clean();
        double bytes = Files.size(model);
        double cp = Bench.median(copied, Timed::seconds);
        String beside = Bench.text(
                "in turns with cp and sync -f of the same bytes on the same %s, medians of %d: %%.2f s beside %.2f s;"
                        + " processor time %%.2f s beside %.2f s",
                Files.getFileStore(disk).type(), LARGE_ROUNDS, cp, Bench.median(copied, Timed::processor));
        double ours = Bench.median(warm, Timed::seconds);
        BenchRows rows = new BenchRows("restore-large");
        rows.row(
                "restore of a file of 1 GiB, SHA-256 on, durable",
                "≥ 80 % of cp",
                cp / ours >= SHARE_OF_CP,
                Bench.text("%.0f MB/s, %.0f %% of cp", bytes / 1e6 / ours, 100 * cp / ours),
                "warm, scan included; " + Bench.text(beside, ours, Bench.median(warm, Timed::processor)));
        double person = Bench.median(started, Timed::seconds);
        rows.row(
                "the same by a program just started, from the command to its end",
                Bench.text("%.0f MB/s, %.0f %% of cp", bytes / 1e6 / person, 100 * cp / person),
                Bench.text(beside, person, Bench.median(started, Timed::processor)));
        double hash = Bench.median(hashed);
        rows.row(
                "SHA-256 of 1 GiB in memory, which a restore cannot be faster than",
                Bench.text("%.0f MB/s, %.0f %% of cp", bytes / 1e6 / hash, 100 * cp / hash),
                Bench.text("one core, in turns with the rows before; median of %d: %.2f s", LARGE_ROUNDS, hash));
    }

    /** Seconds for as many bytes as the large file has, none of them read from anywhere. */
    private static double hash() throws NoSuchAlgorithmException {
        byte[] piece = new byte[256 << 10];
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long start = System.nanoTime();
        for (long left = 1L << 30; left > 0; left -= piece.length) {
            digest.update(piece);
        }
        assertThat(digest.digest()).isNotEmpty();
        return Bench.seconds(start);
    }

    /** A restore by this process, which has done it before. */
    private Timed warm(Path image) throws Exception {
        clean();
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = machine.getProcessCpuTime();
        long start = System.nanoTime();
        Road.restore(
                image,
                ScanPlan.QUICK,
                disk.resolve("back"),
                catalog -> row -> catalog.name(row).equals(SpeedImages.LARGE_FILE));
        Timed timed = new Timed(Bench.seconds(start), (machine.getProcessCpuTime() - processor) / 1e9);
        assertThat(disk.resolve("back").resolve(SpeedImages.LARGE_FILE)).hasSize(1L << 30);
        return timed;
    }

    private Timed program(Path image, String match) throws Exception {
        clean();
        return restore(image, disk.resolve("back"), match);
    }

    private static Timed restore(Path image, Path target, String match) throws Exception {
        return Timed.run(
                PROGRAM.toString(), "restore", image.toString(), "--to", target.toString(), "--match", match, "--yes");
    }

    private Timed copy(Path model) throws Exception {
        clean();
        return Timed.run(
                "sh",
                "-c",
                "cp \"$0\" \"$1\" && sync -f \"$1\"",
                model.toString(),
                disk.resolve("copy").toString());
    }

    /** What the last run left is gone, also from the journal of the file system. */
    private void clean() throws Exception {
        Timed.run(
                "rm",
                "-rf",
                disk.resolve("back").toString(),
                disk.resolve("copy").toString());
        Timed.settle(disk);
    }

    @Test
    @DisplayName("Many small files beside tsk_recover, to a disk")
    void smallToDisk() throws Exception {
        small(disk, new BenchRows("restore-small-disk"));
    }

    @Test
    @DisplayName("Many small files beside tsk_recover, to memory")
    void smallToMemory() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > SMALL_NEEDS,
                "There is no file system in memory with 4 GiB of space");
        Path folder = Files.createTempDirectory(memory, "salvor-bench");
        try {
            small(folder, new BenchRows("restore-small-memory"));
        } finally {
            Timed.run("rm", "-rf", folder.toString());
        }
    }

    private static void small(Path folder, BenchRows rows) throws Exception {
        Path image = SpeedImages.MANY.ready();
        String type = Files.getFileStore(folder).type();
        boolean other = TestTools.find("tsk_recover").isPresent();
        List<Timed> ours = new ArrayList<>();
        List<Timed> scans = new ArrayList<>();
        List<Timed> theirs = new ArrayList<>();
        Path target = folder.resolve("back");
        long files = 0;
        for (int round = 0; round < SMALL_ROUNDS; round++) {
            ours.add(restore(image, target, "*"));
            files = count(target);
            clean(folder, target);
            scans.add(Timed.run(PROGRAM.toString(), "scan", image.toString(), "--match", SpeedImages.ONE_OF_MANY));
            if (other) {
                Files.createDirectory(target);
                theirs.add(Timed.run("tsk_recover", image.toString(), target.toString()));
                assertThat(files).isGreaterThanOrEqualTo(count(target));
                clean(folder, target);
            }
        }
        double seconds = Bench.median(ours, Timed::seconds);
        double tsk = Bench.median(theirs, Timed::seconds);
        String what = "restore of many small files to " + type;
        rows.row(
                what + ", SHA-256 on",
                "≥ tsk_recover",
                !other || seconds <= tsk,
                Bench.text(
                        "%.0f files/s%s",
                        files / seconds, other ? Bench.text(", %.0f %% of tsk_recover", 100 * tsk / seconds) : ""),
                Bench.text(
                        "%d files, by a program just started, start and scan included; in turns, medians of %d: %.1f s, processor"
                                + " time %.1f s; without start and scan %.0f files/s",
                        files,
                        SMALL_ROUNDS,
                        seconds,
                        Bench.median(ours, Timed::processor),
                        files / (seconds - Bench.median(scans, Timed::seconds))));
        rows.row(
                "the same by tsk_recover",
                other ? Bench.text("%.0f files/s", files / tsk) : "not installed",
                other
                        ? Bench.text(
                                "%.1f s, processor time %.1f s; not durable, no hashes, no times",
                                tsk, Bench.median(theirs, Timed::processor))
                        : "");
    }

    private static void clean(Path folder, Path target) throws Exception {
        Timed.run("rm", "-rf", target.toString());
        Timed.settle(folder);
    }

    /** Restored files; not what is written about them. */
    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(FileRestorer.REPORT)
                            && !file.toString().contains("salvor-sidecar"))
                    .count();
        }
    }
}
