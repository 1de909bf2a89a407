package org.salvor.made;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.LongFunction;
import org.salvor.Road;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.substream.Substream;

/**
 * The program of a process with little memory: scans a volume with a million records of one kind of garbage and reads some of what it
 * finds. Writes how many rows there are, how many deleted files with clusters are called intact, how much was skipped, and how many seconds of the processor it took.
 */
public final class MillionRecords {
    static final int COUNT = 1_000_000;

    private static final long ROOT = MadeRecord.reference(MadeRecord.ROOT, MadeRecord.ROOT);

    /** What the million records are. */
    public enum Kind {
        /** A record whose write was never finished. */
        BAAD(number -> torn(number, "BAAD")),
        /** The right start, and noise behind it. */
        NOISE(MillionRecords::noise),
        /** Fixups fit, the attributes are noise. */
        NOISY_ATTRIBUTES(MillionRecords::noisyAttributes),
        /** Deleted, without a name or anything else. */
        NAMELESS(number ->
                MadeRecord.deleted(number, 1).standard().data(new byte[8]).bytes()),
        /** Names that lead up or aside. */
        BAD_NAMES(number -> MadeRecord.file(number, 1)
                .standard()
                .name(ROOT, number % 2 == 0 ? ".." : "a/b")
                .bytes()),
        /** In folders that lie in each other. */
        RINGS(number -> MadeRecord.folder(number, 1)
                .standard()
                .name(MadeRecord.reference(number ^ 1, 1), "ring" + number)
                .bytes()),
        /** Extensions of one file, which has a list of attributes. */
        EXTENSIONS_OF_ONE(number -> number == MadeVolume.FIRST_FILE
                ? MadeRecord.file(number, 1)
                        .standard()
                        .name(ROOT, "one")
                        .list(entry(number), entry(number + 1))
                        .bytes()
                : MadeRecord.file(number, 1)
                        .of(MadeRecord.reference(MadeVolume.FIRST_FILE, 1))
                        .data("s" + number, 0, 4096, MadeVolume.run(1, 5))
                        .bytes()),
        /** Each is the extension of the next. */
        EXTENSIONS_OF_THE_NEXT(number -> MadeRecord.file(number, 1)
                .of(MadeRecord.reference(number + 1, 1))
                .list(entry(number - 1), entry(number + 1))
                .bytes()),
        /** Each has a list of attributes that names many others. */
        LISTS(MillionRecords::lists),
        /** Deleted files that all claim the whole volume. */
        CLAIMS_OF_ALL(number -> MadeRecord.deleted(number, 1)
                .standard()
                .name(ROOT, "all" + number)
                .data(240_000L * MadeVolume.CLUSTER, MadeVolume.run(240_000, number % 1000))
                .bytes()),
        /** Half of them live files, each with a cluster, the others deleted ones that claim all of these. */
        CLAIMS_OF_THE_LIVING(number -> number % 2 == 0
                ? MadeRecord.file(number, 1)
                        .standard()
                        .name(ROOT, "live" + number)
                        .data(MadeVolume.CLUSTER, MadeVolume.run(1, number / 8))
                        .bytes()
                : MadeRecord.deleted(number, 1)
                        .standard()
                        .name(ROOT, "gone" + number)
                        .data(240_000L * MadeVolume.CLUSTER, MadeVolume.run(240_000, number % 1000))
                        .bytes()),
        /** Files in a hundred pieces each. */
        PIECES(number -> MadeRecord.deleted(number, 1)
                .standard()
                .name(ROOT, "pieces" + number)
                .data(100L * MadeVolume.CLUSTER, "110164" + "110102".repeat(99))
                .bytes()),
        /** Sizes of two to the power of sixty. */
        SIZES(number -> MadeRecord.deleted(number, 1)
                .standard()
                .name(ROOT, "size" + number + ".zip")
                .data(1L << 60, MadeVolume.run(1L << 40, 7))
                .bytes());

        private final LongFunction<byte[]> record;

        Kind(LongFunction<byte[]> record) {
            this.record = record;
        }
    }

    private MillionRecords() {}

    /** @param arguments the kind, and "table" or "outside" */
    public static void main(String[] arguments) throws Exception {
        LongFunction<byte[]> record = Kind.valueOf(arguments[0]).record;
        boolean outside = arguments[1].equals("outside");
        MadeVolume volume = outside
                ? new MadeVolume(64, number -> null, COUNT, piece -> record.apply(scattered(piece)))
                : new MadeVolume(MadeVolume.FIRST_FILE + COUNT, record, 0, piece -> null);
        Counting monitor = new Counting();
        try (RecoverySession session = Road.open(volume, "")) {
            Catalog catalog = Road.scan(session, new ScanPlan(outside, true, true), monitor);
            long read = 0;
            for (int row = 0; row < catalog.size(); row += 1 + catalog.size() / 500) {
                read += read(session, catalog, row);
            }
            int intact = 0;
            for (int row = 0; row < catalog.size(); row++) {
                boolean clusters = catalog.firstCluster(row) >= 0 && catalog.deleted(row);
                intact += clusters && catalog.ratingClass(row) == RatingClass.INTACT ? 1 : 0;
            }
            System.out.println("rows " + catalog.size());
            System.out.println("intact " + intact);
            System.out.println("skipped " + monitor.problems);
            System.out.println("read " + read);
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.out.println("busy " + system.getProcessCpuTime() / 1_000_000_000);
    }

    /** How many substreams could be read, each up to its first megabyte. */
    private static long read(RecoverySession session, Catalog catalog, int row) {
        long count = 0;
        try (Content content = session.content(catalog.id(row))) {
            if (content instanceof Content.Substreams streams) {
                for (Substream s = streams.next(); s != null; s = streams.next()) {
                    for (var chunk = s.next(); chunk != null && chunk.offset() < 1 << 20; ) {
                        chunk = s.next();
                    }
                    count++;
                }
            }
        } catch (RecoveryException e) {
            return count; // garbage may say that it is
        }
        return count;
    }

    /** Numbers far apart, as garbage has them. */
    private static long scattered(long piece) {
        return MadeVolume.FIRST_FILE + (piece * 0x9e3779b1L & 0xffff_ff00L);
    }

    private static MadeRecord.Entry entry(long number) {
        return new MadeRecord.Entry(0x80, 0, MadeRecord.reference(number, 1));
    }

    private static byte[] torn(long number, String magic) {
        byte[] record = MadeRecord.file(number, 1).standard().bytes();
        System.arraycopy(magic.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, record, 0, 4);
        return record;
    }

    private static byte[] noise(long number) {
        byte[] record = new byte[MadeRecord.SIZE];
        new Random(number).nextBytes(record);
        System.arraycopy(MadeRecord.file(number, 1).bytes(), 0, record, 0, 4);
        return record;
    }

    private static byte[] noisyAttributes(long number) {
        byte[] record = MadeRecord.file(number, 1).standard().bytes();
        byte[] noise = new byte[510 - 0x38];
        new Random(number).nextBytes(noise);
        System.arraycopy(noise, 0, record, 0x38, noise.length);
        return record;
    }

    private static byte[] lists(long number) {
        MadeRecord.Entry[] entries = new MadeRecord.Entry[20];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(number + 1 + i);
        }
        return MadeRecord.file(number, 1)
                .standard()
                .list(entries)
                .name(ROOT, "list" + number)
                .bytes();
    }

    private static final class Counting implements JobMonitor {
        private long problems;

        @Override
        public void progress(Progress progress) {}

        @Override
        public void problem(Problem problem) {
            problems++;
        }

        @Override
        public void checkpoint() {}
    }
}
