package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.ChildJvm;
import org.salvor.Road;
import org.salvor.app.Wiring;
import org.salvor.bench.BenchRows;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.service.Workbench;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** How fast backups are read: large files against {@code cat}, side by side, and a medium of many small ones. */
@Tag("bench")
@DisplayName("Benchmarks of reading backups")
class BackupBenchTest {
    private static final int RUNS = 7;
    private static final int MIB = 1 << 20;
    private static final long GIB = 1L << 30;
    private static final int LARGE = 64 * MIB;

    /** As the restore has them. */
    private static final int SPACE = MIB;

    @TempDir
    Path folder;

    @Test
    @DisplayName("A medium of 2 GiB")
    void medium() throws Exception {
        ManyEntries medium = new ManyEntries((int) (2 * GIB / LARGE), 1, LARGE);
        Path file = folder.resolve("large.bkf");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer piece = ByteBuffer.allocate(LARGE);
            for (long at = 0; at < medium.size(); at += LARGE) {
                medium.read(at, piece.clear().limit((int) Math.min(LARGE, medium.size() - at)));
                writeAll(out, piece.flip());
            }
        }
        compare(file, "set-1", "a `.bkf` of 2 GiB");
    }

    @Test
    @DisplayName("A backup stream of 2 GiB")
    void streams() throws Exception {
        Path file = folder.resolve("large.bin.bkstream");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(out, header.putInt(1).putInt(0).putLong(2 * GIB).putInt(0).flip());
            byte[] noise = SetWriter.noise(LARGE, 3);
            for (long at = 0; at < 2 * GIB; at += LARGE) {
                writeAll(out, ByteBuffer.wrap(noise));
            }
        }
        compare(file, "", "a backup stream of 2 GiB");
    }

    @Test
    @DisplayName("A medium with a million files is listed in 256 MB")
    void listing() throws Exception {
        long start = System.nanoTime();
        var found = ChildJvm.run(MillionListed.class, List.of("-Xmx256m"), "1000000").stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertThat(found).containsEntry("files", "1000000");
        new BenchRows("backup-million")
                .row(
                        "listing a medium of 2.4 GiB with 1,000,000 files",
                        "heap ≤ 256 MB",
                        true,
                        "done in 256 MB",
                        "%.1f s in a process just started, sets looked for and medium made as it is read included, without a catalogue"
                                .formatted((System.nanoTime() - start) / 1e9));
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Both read the same file, one after the other, again and again: what disturbs one disturbs the other. */
    private static void compare(Path file, String at, String what) throws Exception {
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(file);
        try (RecoverySession session =
                workbench.open(Road.find(workbench.recognise(source, new Keyring()), at), new Keyring())) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            session.scan(ScanPlan.QUICK, builder, JobMonitor.SILENT);
            for (int run = -1; run < RUNS; run++) {
                long start = System.nanoTime();
                cat(file);
                long between = System.nanoTime();
                long read = read(session, builder.catalog());
                long end = System.nanoTime();
                assertThat(read).isEqualTo(2 * GIB);
                if (run >= 0) {
                    theirs.add(Files.size(file) * 1e3 / (between - start));
                    ours.add(Files.size(file) * 1e3 / (end - between));
                }
            }
        }
        double ratio = median(ours) / median(theirs);
        new BenchRows("backup-read" + (at.isEmpty() ? "-stream" : ""))
                .row(
                        "reading " + what,
                        "≥ 80 % of cat",
                        ratio >= 0.8,
                        String.format(Locale.ROOT, "%.0f MB/s, %.0f %%", median(ours), 100 * ratio),
                        String.format(
                                Locale.ROOT,
                                "in the page cache, medians of %d runs by turns, one thread; cat %.0f MB/s",
                                RUNS,
                                median(theirs)));
    }

    private static void cat(Path file) throws Exception {
        Process cat = new ProcessBuilder("cat", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(cat.waitFor()).isZero();
    }

    /** As a restore asks for the bytes, which nobody looks at here: cat does not either. */
    private static long read(RecoverySession session, Catalog catalog) throws Exception {
        ByteBuffer space = ByteBuffer.allocateDirect(SPACE);
        long read = 0;
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.folder(row)) {
                continue;
            }
            try (Content content = session.content(catalog.id(row))) {
                Content.Substreams streams = (Content.Substreams) content;
                for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
                    for (Chunk chunk = stream.next(space.clear());
                            chunk instanceof Chunk.Bytes bytes;
                            chunk = stream.next(space.clear())) {
                        read += stream.type() == StreamType.DATA ? bytes.length() : 0;
                    }
                }
            }
        }
        return read;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
