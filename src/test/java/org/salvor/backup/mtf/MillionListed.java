package org.salvor.backup.mtf;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupOpener;
import org.salvor.engine.backup.BackupEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;

/** Lists {@link ManyEntries} in a process of its own, as the program does, and tells what it found. */
public final class MillionListed {
    static final int IN_FOLDER = 1000;

    private MillionListed() {}

    /** @param arguments how many files */
    public static void main(String[] arguments) throws Exception {
        ManyEntries medium = new ManyEntries(Integer.parseInt(arguments[0]), IN_FOLDER, 2000);
        System.out.println("bytes " + medium.size());
        BackupOpener opener = path -> Optional.of(open(medium));
        BackupEngine engine = new BackupEngine(List.of(opener));
        Keyring keys = new Keyring();
        SourceNode tree = engine.recognise(new Source.ImageFile(Path.of("/nowhere/a.bkf")), keys)
                .orElseThrow();
        SourceNode set = SourceTrees.find(tree, "set-1").orElseThrow();
        try (RecoverySession session = engine.open(set, keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            Counting monitor = new Counting();
            session.scan(ScanPlan.QUICK, builder, monitor);
            Catalog catalog = builder.catalog();
            tell(catalog, session);
            System.out.println("problems " + monitor.problems);
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.out.println("busy " + system.getProcessCpuTime() / 1_000_000_000);
    }

    private static BackupArchive open(ManyEntries medium) throws RecoveryException {
        return new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(List.of(medium));
    }

    private static void tell(Catalog catalog, RecoverySession session) throws RecoveryException {
        int files = 0;
        int named = 0;
        int intact = 0;
        for (int row = 0; row < catalog.size(); row++) {
            if (!catalog.folder(row)) {
                named += catalog.name(row).equals(ManyEntries.name(files)) ? 1 : 0;
                intact += catalog.ratingClass(row) == RatingClass.INTACT ? 1 : 0;
                files++;
            }
        }
        System.out.println("files " + files);
        System.out.println("folders " + (catalog.size() - files));
        System.out.println("named " + named);
        System.out.println("intact " + intact);
        int right = 0;
        int last = catalog.size() - 1;
        for (int row : new int[] {2, last / 3, last / 2, last}) {
            int number = Integer.parseInt(catalog.name(row).replaceAll("\\D", ""));
            try (Content content = session.content(catalog.id(row))) {
                ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                Content.RandomAccess main = ((Content.Substreams) content).main();
                if (main != null && main.read(0, start) == 8 && start.getLong(0) == ManyEntries.content(number)) {
                    right++;
                }
            }
        }
        System.out.println("right " + right);
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
