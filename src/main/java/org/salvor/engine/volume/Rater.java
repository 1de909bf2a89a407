package org.salvor.engine.volume;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.LongIntMap;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.text.Messages;

/** Rates the deleted files with clusters by who owns or claims these: the contract, section 3, steps 4, 7 and 8. */
final class Rater {
    /** So many paths of files that are no rows are kept for reasons; further owners stay without a name. */
    private static final int MAX_OTHER_PATHS = 50_000;

    /** So many contested files are proved by their content; further ones stay PROBABLE. */
    private static final int MAX_UNDECIDED = 200_000;

    private static final Set<ReasonKind> DOUBTS = EnumSet.of(
            ReasonKind.CLAIMED_BY_DELETED,
            ReasonKind.OUTSIDE_TABLE,
            ReasonKind.RECORD_DAMAGED,
            ReasonKind.ALLOCATION_UNKNOWN,
            ReasonKind.SCAN_STOPPED,
            ReasonKind.NOT_COMPARED);

    /** So often the map of the whole volume is looked through; files that claim still more are garbage and stay uncompared. */
    private static final long MAPS = 64;

    private static final long LEAST_ASKED = 1L << 34;
    private static final long ASKED_BETWEEN_CHECKPOINTS = 1L << 28;

    private final ScanCollector scan;
    private final CatalogBuilder builder;
    private final Catalog catalog;
    private final @Nullable AllocationMap allocation;
    private final Unreadable unreadable;
    private final FileSystemInfo info;
    private final boolean complete;
    private @Nullable RecoveryException mapProblem;
    private final List<Undecided> undecided = new ArrayList<>();
    private final LongIntMap otherPaths = new LongIntMap();

    /** Clusters looked up in the map of the volume. */
    private long asked;

    /**
     * @param allocation null where the volume's map of used clusters cannot be read
     * @param complete false where the scan was stopped and further claims may exist
     */
    Rater(
            ScanCollector scan,
            CatalogBuilder builder,
            @Nullable AllocationMap allocation,
            Unreadable unreadable,
            FileSystemInfo info,
            boolean complete) {
        this.scan = scan;
        this.builder = builder;
        this.catalog = builder.catalog();
        this.allocation = allocation;
        this.unreadable = unreadable;
        this.info = info;
        this.complete = complete;
    }

    void run(JobMonitor monitor) throws CancelledException {
        int count = scan.evidence.count();
        unreadable.look();
        scan.claims.arrange(count);
        if (scan.claims.full()) {
            monitor.problem(new Problem(Problem.Severity.WARNING, "", Messages.get("scan.too-many-pieces")));
        }
        long askedBefore = 0;
        for (int file = 0; file < count; file++) {
            if ((file & 0x3ff) == 0 || asked - askedBefore > ASKED_BETWEEN_CHECKPOINTS) {
                askedBefore = asked;
                monitor.checkpoint();
                monitor.progress(new Progress("rating", 0, -1, file, count));
            }
            rate(file);
        }
        RecoveryException problem = mapProblem;
        if (problem != null) {
            monitor.problem(new Problem(
                    Problem.Severity.WARNING,
                    ScanCollector.place(problem),
                    Messages.get("scan.map-gap", String.valueOf(problem.getMessage()))));
        }
    }

    /** A contested file whose type can prove that its whole content is right; its rating waits for that proof. */
    record Undecided(int row, Rating doubtful) {}

    /** The files that wait for the content pass. */
    List<Undecided> undecided() {
        return undecided;
    }

    /** After more of the source was read: files that have lost clusters to places that cannot be read. */
    void rateUnreadable(JobMonitor monitor) throws CancelledException {
        unreadable.look();
        if (unreadable.isEmpty()) {
            return;
        }
        for (int file = 0; file < scan.evidence.count(); file++) {
            if ((file & 0x3ff) == 0) {
                monitor.checkpoint();
            }
            if (unreadable(scan.evidence.firstClaim(file), scan.evidence.endOfClaims(file))) {
                int row = scan.evidence.row(file);
                Rating before = catalog.evidence(row);
                rate(file);
                if (before.reasons().contains(ReasonKind.BAD_START)) {
                    apply(row, badStart(catalog.evidence(row), before.intactPercent()));
                }
            }
        }
    }

    private static Rating badStart(Rating rating, int percent) {
        Set<ReasonKind> reasons = EnumSet.copyOf(rating.reasons());
        reasons.add(ReasonKind.BAD_START);
        return new Rating(rating.ratingClass(), Math.min(rating.intactPercent(), percent), reasons, rating.otherRow());
    }

    private boolean unreadable(int from, int to) {
        for (int claim = from; claim < to; claim++) {
            if (!unreadable
                    .in(scan.claims.start(claim), scan.claims.length(claim))
                    .isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What is known of a stretch of claims. */
    private static final class Losses {
        long clusters;
        long lost;
        boolean reused;
        boolean unreadable;
        boolean unknown;
        boolean uncompared;
        int owner = ClaimIndex.NOBODY;
    }

    private void rate(int file) {
        Evidence evidence = scan.evidence;
        int row = evidence.row(file);
        Losses main = losses(evidence.firstClaim(file), evidence.firstNamedClaim(file));
        Losses named = losses(evidence.firstNamedClaim(file), scan.evidence.endOfClaims(file));
        Set<ReasonKind> reasons = EnumSet.noneOf(ReasonKind.class);
        scan.addOrigin(file, reasons);
        if (evidence.has(file, Evidence.MAIN_INCOMPLETE)) {
            reasons.add(ReasonKind.RUNS_MISSING);
            long expected = Math.ceilDiv(catalog.size(row), (long) info.clusterSize());
            main.lost += Math.max(1, expected - main.clusters);
            main.clusters = Math.max(main.clusters + 1, expected);
        }
        boolean namedLost = named.lost > 0 || evidence.has(file, Evidence.NAMED_INCOMPLETE);
        if (main.lost == 0 && !namedLost) {
            Rating rating = free(file, main, named, reasons);
            boolean contested = rating.ratingClass() == RatingClass.PROBABLE
                    && rating.reasons().contains(ReasonKind.CLAIMED_BY_DELETED);
            if (contested && WholeContent.knows(catalog.name(row)) && undecided.size() < MAX_UNDECIDED) {
                undecided.add(new Undecided(row, rating));
            } else {
                apply(row, rating);
            }
            return;
        }
        if (main.reused) {
            reasons.add(ReasonKind.CLUSTERS_REUSED);
        }
        if (main.unreadable || named.unreadable) {
            reasons.add(ReasonKind.UNREADABLE);
        }
        if (namedLost) {
            reasons.add(ReasonKind.STREAM_LOST);
        }
        int owner = main.owner != ClaimIndex.NOBODY ? main.owner : named.owner;
        if (owner != ClaimIndex.NOBODY) {
            reasons.add(ReasonKind.REUSED_BY_FILE);
        }
        boolean nothing = main.clusters > 0 && main.lost >= main.clusters;
        int percent = main.clusters == 0 ? 100 : (int) ((main.clusters - main.lost) * 100 / main.clusters);
        int shown = nothing ? 0 : Math.max(1, percent);
        RatingClass ratingClass = nothing ? RatingClass.OVERWRITTEN : RatingClass.PARTIAL;
        apply(row, new Rating(ratingClass, shown, reasons, other(owner)), owner);
    }

    /** Steps 7 and 8: nobody owns its clusters now. Contested content that may prove itself waits for the content pass. */
    private Rating free(int file, Losses main, Losses named, Set<ReasonKind> reasons) {
        int rival = scan.claims.rival(file);
        int otherRow = Catalog.NONE;
        if (rival != ClaimIndex.NOBODY) {
            reasons.add(ReasonKind.CLAIMED_BY_DELETED);
            otherRow = scan.evidence.row(rival);
        }
        if (scan.evidence.has(file, Evidence.OUTSIDE_TABLE)) {
            reasons.add(ReasonKind.OUTSIDE_TABLE);
        }
        if (scan.evidence.has(file, Evidence.RECORD_DAMAGED)) {
            reasons.add(ReasonKind.RECORD_DAMAGED);
        }
        if (main.unknown || named.unknown) {
            reasons.add(ReasonKind.ALLOCATION_UNKNOWN);
        }
        if (!complete) {
            reasons.add(ReasonKind.SCAN_STOPPED);
        }
        if (main.uncompared || named.uncompared || scan.claims.full()) {
            reasons.add(ReasonKind.NOT_COMPARED);
        }
        Set<ReasonKind> doubts = EnumSet.copyOf(DOUBTS);
        doubts.retainAll(reasons);
        if (doubts.isEmpty()) {
            reasons.add(ReasonKind.CLUSTERS_FREE);
            return new Rating(RatingClass.INTACT, 100, reasons, Catalog.NONE);
        }
        return new Rating(RatingClass.PROBABLE, 100, reasons, otherRow);
    }

    /** The rating without the doubt of a rival claim: its whole content passed the check of its type. */
    static Rating proved(Rating doubtful) {
        Set<ReasonKind> reasons = EnumSet.copyOf(doubtful.reasons());
        reasons.remove(ReasonKind.CLAIMED_BY_DELETED);
        reasons.add(ReasonKind.CONTENT_VALIDATED);
        boolean intact = reasons.stream().noneMatch(DOUBTS::contains);
        return new Rating(intact ? RatingClass.INTACT : RatingClass.PROBABLE, 100, reasons, Catalog.NONE);
    }

    private Losses losses(int from, int to) {
        Losses sum = new Losses();
        for (int claim = from; claim < to; claim++) {
            add(sum, scan.claims.start(claim), scan.claims.length(claim));
        }
        return sum;
    }

    private void add(Losses sum, long start, long length) {
        sum.clusters += length;
        long inside = Math.clamp(scan.clustersThere() - start, 0, length);
        if (inside < length) {
            sum.lost += length - inside;
            sum.unreadable = true;
        }
        if (inside == 0) {
            return;
        }
        long taken = taken(sum, start, inside);
        if (taken > 0) {
            sum.lost += taken;
            sum.reused = true;
            if (sum.owner == ClaimIndex.NOBODY) {
                sum.owner = firstOwner(sum, start, inside);
            }
        }
        for (Unreadable.Clusters bad : unreadable.in(start, inside)) {
            long more = bad.length() - (taken == 0 ? 0 : taken(sum, bad.start(), bad.length()));
            sum.lost += more;
            sum.unreadable |= more > 0;
        }
    }

    /** How many of the clusters belong to somebody else now. */
    private long taken(Losses sum, long start, long length) {
        long claimed = scan.claims.liveClaimed(start, length);
        if (allocation == null) {
            sum.unknown = true;
            return claimed;
        }
        if (asked > Math.max(LEAST_ASKED, MAPS * info.clusterCount())) {
            sum.uncompared = true;
            return claimed;
        }
        asked += length;
        try {
            return Math.max(claimed, allocation.allocated(start, length));
        } catch (RecoveryException e) {
            unknown(sum, e);
            return claimed;
        }
    }

    private int firstOwner(Losses sum, long start, long length) {
        long first = scan.claims.firstLiveClaimed(start, length);
        try {
            first = first < 0 && allocation != null ? allocation.firstAllocated(start, length) : first;
        } catch (RecoveryException e) {
            unknown(sum, e);
        }
        return first < 0 ? ClaimIndex.NOBODY : scan.claims.liveOwner(first);
    }

    private void unknown(Losses sum, RecoveryException why) {
        sum.unknown = true;
        mapProblem = mapProblem == null ? why : mapProblem;
    }

    private int other(int owner) {
        return owner == ClaimIndex.NOBODY ? Catalog.NONE : ScanCollector.liveRow(owner);
    }

    void apply(int row, Rating rating) {
        apply(row, rating, ClaimIndex.NOBODY);
    }

    /** To all names of the file. */
    private void apply(int row, Rating rating, int owner) {
        int other = rating.otherRow();
        if (owner != ClaimIndex.NOBODY && other == Catalog.NONE) {
            other = otherPath(owner);
            if (other == Catalog.NONE) {
                rating.reasons().remove(ReasonKind.REUSED_BY_FILE);
            }
        }
        builder.rating(row, rating, other);
        for (int link = row + 1; link < catalog.size() && catalog.linkOf(link) == row; link++) {
            builder.rating(link, rating, other);
        }
    }

    private int otherPath(int claimed) {
        int owner = LiveOwner.file(claimed);
        int known = otherPaths.get(owner);
        if (known == LongIntMap.ABSENT) {
            if (otherPaths.size() >= MAX_OTHER_PATHS) {
                return Catalog.NONE;
            }
            known = builder.otherPath(scan.liveName(owner));
            otherPaths.put(owner, known);
        }
        return known;
    }
}
