package org.salvor.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Availability;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.FileId;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.RecoveryEngine;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanCost;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SessionCapabilities;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SourceNode;

/** Made-up sources with chosen states, so that each state of a page can be shown and judged. Walks use the real engine. */
final class SyntheticEngine implements RecoveryEngine {
    private static final long GB = 1L << 30;

    /** How many files a scan finds. */
    int files = 2_412;
    /** Milliseconds between two hundred rows; the scan then waits at three quarters for {@link #finish}. */
    volatile boolean hold;

    boolean problems;
    boolean noDisks;

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public Availability availability() {
        return Availability.HERE;
    }

    private static Source.Device disk(
            String path,
            String model,
            String bus,
            long size,
            boolean ssd,
            boolean removable,
            boolean readable,
            List<Path> mounts,
            String fs,
            String label) {
        return new Source.Device(
                Path.of(path),
                new DiskDetails(
                        model,
                        "S5XNR0" + path.length() + "A917",
                        bus,
                        size,
                        512,
                        removable,
                        ssd,
                        readable,
                        mounts,
                        fs,
                        label,
                        List.of()));
    }

    @Override
    public List<Source> discover() {
        return noDisks
                ? List.of()
                : List.of(
                        disk(
                                "/dev/nvme0n1",
                                "Samsung SSD 980 PRO 1TB",
                                "NVMe",
                                931 * GB,
                                true,
                                false,
                                true,
                                List.of(Path.of("/")),
                                "ext4",
                                "root"),
                        disk(
                                "/dev/sda",
                                "WDC WD40EFRX-68N32N0",
                                "SATA",
                                3726 * GB,
                                false,
                                false,
                                true,
                                List.of(),
                                "NTFS",
                                "Archive"),
                        disk(
                                "/dev/sdb",
                                "Kingston DataTraveler 3.0",
                                "USB",
                                57 * GB,
                                false,
                                true,
                                true,
                                List.of(Path.of("/media/stick")),
                                "NTFS",
                                "PHOTOS"),
                        disk("/dev/sdc", "SanDisk Extreme", "USB", 119 * GB, true, true, false, List.of(), "", ""));
    }

    @Override
    public Optional<SourceNode> recognise(Source source, Keyring keys) throws RecoveryException {
        if (source.text().contains("broken")) {
            throw new RecoveryException("The file broken.img is empty. There is nothing in it to look at.");
        }
        SourceNode system = node(
                source,
                "1",
                SourceNode.Kind.PARTITION,
                "Partition 1",
                2048L * 512,
                500L << 20,
                "FAT32",
                "EFI",
                SourceNode.State.UNKNOWN,
                "This file system cannot be read yet.");
        SourceNode data = node(
                source,
                "2",
                SourceNode.Kind.PARTITION,
                "Partition 2",
                501L << 20,
                820 * GB,
                "NTFS",
                "Archive",
                SourceNode.State.READABLE,
                "");
        SourceNode locked = node(
                source,
                "3",
                SourceNode.Kind.PARTITION,
                "Partition 3",
                821 * GB,
                1400 * GB,
                "BitLocker",
                "",
                SourceNode.State.LOCKED,
                "A recovery key is needed.");
        SourceNode lost = node(
                source,
                "lost-4198400",
                SourceNode.Kind.LOST_VOLUME,
                "Lost volume",
                2300 * GB,
                1200 * GB,
                "NTFS",
                "Old photos",
                SourceNode.State.READABLE,
                "");
        return Optional.of(new SourceNode(
                source,
                "",
                SourceNode.Kind.DISK,
                "Whole disk",
                0,
                3726 * GB,
                "GPT",
                "",
                SourceNode.State.CONTAINER,
                "",
                List.of(system, data, locked, lost)));
    }

    private static SourceNode node(
            Source source,
            String id,
            SourceNode.Kind kind,
            String title,
            long offset,
            long length,
            String format,
            String label,
            SourceNode.State state,
            String detail) {
        return new SourceNode(source, id, kind, title, offset, length, format, label, state, detail, List.of());
    }

    @Override
    public RecoverySession open(SourceNode node, Keyring keys) {
        return new Session(node);
    }

    private final class Session implements RecoverySession {
        private final SourceNode node;

        Session(SourceNode node) {
            this.node = node;
        }

        @Override
        public SourceIdentity identity() {
            return new SourceIdentity(
                    node.source().text(),
                    node.id(),
                    node.format(),
                    "1c2a90b72a908e3c",
                    node.length(),
                    "00",
                    Map.of("label", node.label(), "model", "WDC WD40EFRX-68N32N0"));
        }

        @Override
        public SessionCapabilities capabilities() {
            return new SessionCapabilities(true, true, true, true);
        }

        @Override
        public IdScheme ids() {
            return new IdScheme("ntfs:1c2a90b72a908e3c", IdScheme.Form.RECORD_AND_SEQUENCE);
        }

        @Override
        public ScanCost cost(JobMonitor monitor) {
            return new ScanCost(1_300_000_000L, 820 * GB, 184e6, false);
        }

        @Override
        public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
            long total = 820 * GB;
            int folder = Catalog.NONE;
            for (int i = 0; i < files; i++) {
                monitor.checkpoint();
                if (i % 100 == 0) {
                    folder = into.add(row(Catalog.NONE, "Folder " + i / 100, true, i, 0));
                    into.rating(folder, Rating.of(RatingClass.INTACT, 100, ReasonKind.RESIDENT));
                }
                int row = into.add(row(
                        folder,
                        "Holiday picture " + i + (i % 3 == 0 ? ".jpg" : ".docx"),
                        false,
                        i,
                        20_000L * (i % 700 + 1)));
                into.rating(row, rating(i));
                monitor.progress(new Progress("scan", total / files * i, total, i, -1));
                if (problems && i % 401 == 7) {
                    monitor.problem(new Problem(
                            Problem.Severity.WARNING,
                            "Folder 3/Holiday picture " + i + ".jpg",
                            "24 KB at 81,200 could not be read. The rest of the file is fine."));
                }
                while (hold && i > files * 3 / 4) {
                    monitor.checkpoint();
                    sleep();
                }
            }
            into.finished();
        }

        private static void sleep() {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }

        private static Rating rating(int i) {
            return switch (i % 12) {
                case 3 -> Rating.of(RatingClass.PARTIAL, 62, ReasonKind.CLUSTERS_REUSED);
                case 5 -> Rating.of(RatingClass.PROBABLE, 100, ReasonKind.CLAIMED_BY_DELETED);
                case 7 -> Rating.of(RatingClass.OVERWRITTEN, 0, ReasonKind.CLUSTERS_REUSED);
                default -> Rating.of(RatingClass.INTACT, 100, ReasonKind.CLUSTERS_FREE);
            };
        }

        private static FileRow row(int parent, String name, boolean folder, int i, long size) {
            long time = 17_000_000_000_000_000L + i * 60_000_000_000L;
            return new FileRow(
                    parent,
                    name,
                    folder,
                    true,
                    Provenance.values()[0],
                    (long) (i + 64) << 16 | (folder ? 1 : 2),
                    -1,
                    (long) (i + 64) << 16 | (folder ? 1 : 2),
                    Catalog.NONE,
                    size,
                    size,
                    time,
                    time,
                    time,
                    time,
                    32,
                    1,
                    4_000L + i,
                    List.of());
        }

        @Override
        public void adopt(Catalog saved) {}

        @Override
        public Content content(FileId file) throws RecoveryException {
            throw new RecoveryException("A made-up file has no content.");
        }

        @Override
        public Rating rateContent(Catalog catalog, int row) {
            return catalog.rating(row);
        }

        @Override
        public void close() {}
    }
}
