package org.salvor.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Availability;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
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
import org.salvor.text.ByteNames;

/** Made-up sources with chosen states, so that each state of a page can be shown and judged. Walks use the real engine. */
final class SyntheticEngine implements RecoveryEngine {
    static final String LONG_NAME =
            "Rechnungen und Vertr\u00e4ge der Gemeinde Oberammergau, Jahrg\u00e4nge 1998 bis 2026, "
                    + "letzte Fassung nach R\u00fccksprache mit dem Steuerb\u00fcro (Kopie 3 von 7) - gepr\u00fcft und unterschrieben";
    static final String UNBROKEN_NAME = "IMG_20261120_" + "1234567890".repeat(20);

    private static final long PLACE_BYTES = 820 * SyntheticDisks.GB;

    /** What does not answer. */
    final Failing failing = new Failing();

    List<Source> disks = SyntheticDisks.usual();
    Function<Source, SourceNode> places = SyntheticDisks::places;
    ScanCost cost = new ScanCost(1_300_000_000L, PLACE_BYTES, 184e6, false);
    /** How many files a scan finds. */
    int files = 2_412;
    /** How many notes it tells. */
    int notes;

    /** How many problems it tells. */
    int problems;

    boolean allOverwritten;
    boolean allIntact;
    boolean longNames;
    /** The scan waits at three quarters. */
    volatile boolean hold;

    /** Listing, recognising, measuring wait until it is false. */
    volatile boolean slow;

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public Availability availability() {
        return Availability.HERE;
    }

    @Override
    public List<Source> discover() {
        failing.unchecked("discover");
        while (slow) {
            rest();
        }
        return disks;
    }

    @Override
    public Optional<SourceNode> recognise(Source source, Keyring keys) throws RecoveryException {
        failing.at("recognise");
        while (slow) {
            rest();
        }
        return Optional.of(places.apply(source));
    }

    @Override
    public Optional<SourceNode> sweep(Source source, Keyring keys, JobMonitor monitor) throws RecoveryException {
        failing.at("sweep");
        monitor.progress(new Progress("sweep", 12 * SyntheticDisks.GB, 3726 * SyntheticDisks.GB, 0, -1));
        while (slow) {
            monitor.checkpoint();
            rest();
        }
        return Optional.of(places.apply(source));
    }

    @Override
    public RecoverySession open(SourceNode node, Keyring keys) throws RecoveryException {
        failing.at("open");
        return new Session(node);
    }

    /** Names of the places that are in no code page that is told. */
    @Nullable
    ByteNames names;

    private static void rest() {
        LockSupport.parkNanos(20_000_000);
    }

    private final class Session implements RecoverySession {
        private final SourceNode node;

        Session(SourceNode node) {
            this.node = node;
        }

        @Override
        public Optional<ByteNames> byteNames() {
            return Optional.ofNullable(names);
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
        public ScanCost cost(JobMonitor monitor) throws RecoveryException {
            failing.at("cost");
            while (slow) {
                monitor.checkpoint();
                rest();
            }
            return cost;
        }

        @Override
        public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) throws RecoveryException {
            failing.at("scan");
            int folder = Catalog.NONE;
            for (int i = 0; i < files; i++) {
                monitor.checkpoint();
                if (i % 100 == 0) {
                    folder = into.add(row(Catalog.NONE, name("Folder " + i / 100), true, i, 0));
                    into.rating(folder, Rating.of(RatingClass.INTACT, 100, ReasonKind.RESIDENT));
                }
                String name = name("Holiday picture " + i) + (i % 3 == 0 ? ".jpg" : ".docx");
                into.rating(into.add(row(folder, name, false, i, 20_000L * (i % 700 + 1))), rating(i));
                monitor.progress(new Progress("records", PLACE_BYTES / files * i, PLACE_BYTES, i, -1));
                if (i == files / 2) {
                    failing.at("scan, half");
                    tellProblems(monitor);
                }
                while (hold && i > files * 3 / 4) {
                    monitor.checkpoint();
                    rest();
                }
            }
            into.finished();
        }

        private void tellProblems(JobMonitor monitor) {
            for (int i = 0; i < notes; i++) {
                monitor.problem(new Problem(
                        Problem.Severity.NOTE,
                        "",
                        "Names are read as Windows, Western European: that fits them best."));
            }
            for (int i = 0; i < problems; i++) {
                monitor.problem(new Problem(
                        Problem.Severity.WARNING,
                        name("Folder 3/Holiday picture " + i) + ".jpg",
                        "24 KB at 81,200 could not be read. The rest of the file is fine."));
            }
        }

        private String name(String name) {
            return !longNames ? name : name + " " + (name.hashCode() % 2 == 0 ? LONG_NAME : UNBROKEN_NAME);
        }

        private Rating rating(int i) {
            return switch (allOverwritten ? 7 : allIntact ? 0 : i % 12) {
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
            failing.unchecked("content");
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
