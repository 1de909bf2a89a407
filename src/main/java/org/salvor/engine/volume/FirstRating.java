package org.salvor.engine.volume;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundFile.Provenance;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundStream.Form;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;

/**
 * The rating of a file as it is found, where nothing of the other files must be known (contract, section 3).
 *
 * @param clusterSize bytes
 * @param clustersThere the clusters of the volume that the source holds are those before this one
 */
record FirstRating(int clusterSize, long clustersThere) {
    /** Null where claims decide. */
    @Nullable
    Rating of(FoundFile file) {
        Rating rating = certain(file);
        if (rating != null && file.provenance() == Provenance.SLACK_NAME) {
            rating.reasons().add(ReasonKind.NAME_FROM_SLACK);
        }
        return rating;
    }

    private @Nullable Rating certain(FoundFile file) {
        FoundStream main = Rows.main(file);
        if (!file.contentKnown()) {
            return Rating.of(RatingClass.OVERWRITTEN, 0, ReasonKind.NAME_ONLY);
        }
        if (main != null && main.form() == Form.STUB) {
            return Rating.of(RatingClass.STUB, 0, ReasonKind.NO_STORE);
        }
        boolean clusters = false;
        for (FoundStream stream : file.streams()) {
            if (!stream.complete() && file.deleted()) {
                return null;
            }
            clusters |= stream.runs().count() > 0 || !stream.complete();
        }
        if (!file.deleted()) {
            return live(file, clusters);
        }
        if (clusters) {
            return null;
        }
        if (!file.recordValid()) {
            return Rating.of(RatingClass.PROBABLE, 100, ReasonKind.RECORD_DAMAGED);
        }
        ReasonKind reason = file.folder()
                ? ReasonKind.FOLDER
                : file.size() == 0 && file.streams().size() < 2 ? ReasonKind.EMPTY : ReasonKind.RESIDENT;
        return Rating.of(RatingClass.INTACT, 100, reason);
    }

    private Rating live(FoundFile file, boolean clusters) {
        Rating cut = clusters ? cutOff(file) : null;
        if (cut == null) {
            return file.recordValid()
                    ? Rating.of(RatingClass.INTACT, 100, ReasonKind.LIVE)
                    : Rating.of(RatingClass.PROBABLE, 100, ReasonKind.RECORD_DAMAGED);
        }
        if (!file.recordValid()) {
            cut.reasons().add(ReasonKind.RECORD_DAMAGED);
        }
        return cut;
    }

    /**
     * How many clusters the stream needs, holes included: those behind what was ever written of it hold nothing of it, whether
     * they lie behind its end or before it.
     */
    long needed(FoundStream stream) {
        boolean bySize = stream.form() == Form.PLAIN || stream.form() == Form.SPARSE || stream.form() == Form.ENCRYPTED;
        return bySize ? Math.ceilDiv(stream.valid(), (long) clusterSize) : Long.MAX_VALUE;
    }

    /**
     * Of a live file a part of which lies nowhere: where the source holds no clusters any more, or where the runs themselves are
     * lost; null where all is there.
     */
    private @Nullable Rating cutOff(FoundFile file) {
        FoundStream main = Rows.main(file);
        long clusters = 0;
        long lost = 0;
        boolean namedLost = false;
        Set<ReasonKind> reasons = EnumSet.noneOf(ReasonKind.class);
        for (FoundStream stream : file.streams()) {
            ClusterRuns runs = stream.runs();
            long gone = 0;
            long described = 0;
            long needed = needed(stream);
            for (int run = 0; run < runs.count(); run++) {
                long length = Math.clamp(needed - described, 0, runs.length()[run]);
                long start = runs.lcn()[run];
                gone += start < 0 ? 0 : length - Math.clamp(clustersThere - start, 0, length);
                described += runs.length()[run];
                clusters += stream == main && start >= 0 ? length : 0;
            }
            if (gone > 0) {
                reasons.add(ReasonKind.UNREADABLE);
            }
            if (!stream.complete()) {
                long missing = Math.max(1, Math.ceilDiv(stream.size(), (long) clusterSize) - described);
                gone += missing;
                clusters += stream == main ? missing : 0;
                reasons.add(ReasonKind.RUNS_MISSING);
            }
            lost += stream == main ? gone : 0;
            namedLost |= stream != main && gone > 0;
        }
        if (lost == 0 && !namedLost) {
            return null;
        }
        if (namedLost) {
            reasons.add(ReasonKind.STREAM_LOST);
        }
        boolean nothing = lost > 0 && lost >= clusters;
        int percent = clusters == 0 ? 100 : (int) ((clusters - lost) * 100 / clusters);
        return new Rating(
                nothing ? RatingClass.OVERWRITTEN : RatingClass.PARTIAL,
                nothing ? 0 : Math.max(1, percent),
                reasons,
                Catalog.NONE);
    }
}
