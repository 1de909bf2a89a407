package org.salvor.engine.volume;

import java.util.EnumSet;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;

/** Rates the files that are there by what of them cannot be read: the contract, section 3, step 3 asks that, and step 4 follows. */
final class LiveRater {
    private final ScanCollector scan;
    private final Catalog catalog;
    private final Rater rater;
    private final Unreadable unreadable;
    private int row = Catalog.NONE;
    private long clusters;
    private long lost;
    private boolean namedLost;

    LiveRater(ScanCollector scan, Catalog catalog, Rater rater, Unreadable unreadable) {
        this.scan = scan;
        this.catalog = catalog;
        this.rater = rater;
        this.unreadable = unreadable;
    }

    /** The claims of one file follow each other. */
    void run(JobMonitor monitor) throws CancelledException {
        if (unreadable.isEmpty()) {
            return;
        }
        ClaimIndex claims = scan.claims;
        for (int claim = 0; claim < claims.count(); claim++) {
            if ((claim & 0xffff) == 0) {
                monitor.checkpoint();
            }
            if (claims.live(claim) && LiveOwner.content(claims.owner(claim))) {
                add(claims.owner(claim), claims.start(claim), claims.length(claim));
            }
        }
        rate();
    }

    private void add(int owner, long start, long length) {
        if (LiveOwner.number(owner) != row) {
            rate();
            row = LiveOwner.number(owner);
            clusters = 0;
            lost = 0;
            namedLost = false;
        }
        long inside = Math.clamp(scan.clustersThere() - start, 0, length);
        long gone = length - inside + unreadable.count(start, inside);
        if (LiveOwner.mainStream(owner)) {
            clusters += length;
            lost += gone;
        } else {
            namedLost |= gone > 0;
        }
    }

    private void rate() {
        if (row == Catalog.NONE || lost == 0 && !namedLost) {
            return;
        }
        Set<ReasonKind> reasons = EnumSet.copyOf(catalog.evidence(row).reasons());
        reasons.remove(ReasonKind.LIVE);
        reasons.add(ReasonKind.UNREADABLE);
        if (namedLost) {
            reasons.add(ReasonKind.STREAM_LOST);
        }
        boolean nothing = lost > 0 && lost >= clusters;
        int percent = clusters == 0 ? 100 : (int) ((clusters - lost) * 100 / clusters);
        rater.apply(
                row,
                new Rating(
                        nothing ? RatingClass.OVERWRITTEN : RatingClass.PARTIAL,
                        nothing ? 0 : Math.max(1, percent),
                        reasons,
                        Catalog.NONE));
    }
}
