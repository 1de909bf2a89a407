package org.salvor.engine.volume;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundFile.Provenance;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundStream.Form;
import org.salvor.filesystem.ScanSink;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.LongIntMap;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.ScanPlan;
import org.salvor.text.Messages;

/**
 * Takes what a file system finds: makes rows at once, keeps claims and evidence for the ratings, and puts rows into their folders.
 * One thread.
 */
final class ScanCollector implements ScanSink {
    private static final long NANOS_BETWEEN_PROGRESS = 50_000_000L;
    private static final long NANOS_BETWEEN_SETTLING = 500_000_000L;

    private final ScanPlan plan;
    private final FileSystemInfo info;
    private final CatalogBuilder builder;
    private final JobMonitor monitor;
    private final Unlisted unlisted;
    final FolderPlaces places;
    final ClaimIndex claims = new ClaimIndex();
    final Evidence evidence = new Evidence();
    private @Nullable LongIntMap known;
    private final long clustersThere;
    private long records;
    private long tableBytes = -1;

    /** Files that may be missing because a part of the file table cannot be read. */
    private long lost;

    private long nextProgress;
    private long nextSettling = System.nanoTime() + NANOS_BETWEEN_SETTLING;

    /** @param sourceSize bytes of the volume that the source holds; less than the volume where an image was cut off */
    ScanCollector(ScanPlan plan, FileSystemInfo info, long sourceSize, CatalogBuilder builder, JobMonitor monitor) {
        this.clustersThere = Math.min(info.clusterCount(), sourceSize / info.clusterSize());
        this.plan = plan;
        this.info = info;
        this.builder = builder;
        this.monitor = monitor;
        this.unlisted = new Unlisted(builder.catalog().ids());
        this.places = new FolderPlaces(builder, unlisted, info.rootKey());
    }

    @Override
    public void found(FoundFile file) throws RecoveryException {
        records++;
        if (file.key() == info.rootKey()) {
            return;
        }
        if (file.provenance() != Provenance.TABLE && !news(file)) {
            return;
        }
        if (file.provenance() == Provenance.INDEX_ONLY && file.folder()) {
            int at = places.slackFolders().add(file, file.names().getFirst());
            places.slackName(file.folderKeys(), at);
        } else if (file.deleted() ? plan.deleted() : plan.existing()) {
            list(file);
        } else {
            keep(file);
        }
    }

    /** Records of the current table come first and are right; of others with the same key the first one counts. */
    private boolean news(FoundFile file) {
        if (file.provenance() == Provenance.SLACK_NAME) {
            return true;
        }
        LongIntMap keys = known;
        if (keys == null) {
            keys = new LongIntMap();
            for (Catalog catalog : List.of(builder.catalog(), unlisted.catalog())) {
                for (int row = 0; row < catalog.size(); row++) {
                    keys.putIfAbsent(catalog.key(row), row);
                }
            }
            known = keys;
        }
        return keys.putIfAbsent(file.key(), 0);
    }

    private void keep(FoundFile file) {
        List<FoundName> names = file.names();
        if (names.isEmpty() || file.deleted()) {
            return;
        }
        int at = unlisted.add(file, names.getFirst());
        if (file.folder()) {
            places.unlisted(file.folderKeys(), at);
        }
        claimUnlisted(file, LiveOwner.unlisted(at));
    }

    private void list(FoundFile file) {
        Rating rating = ratingAtOnce(file);
        List<FoundName> names = file.names();
        int first = Catalog.NONE;
        for (int i = 0; i < names.size(); i++) {
            FoundName name = names.get(i);
            int parent = places.parentOfNew(name.parentKey());
            int folder = parent == LongIntMap.ABSENT ? Catalog.NONE : parent;
            int row = builder.add(Rows.of(file, name.name(), folder, first, file.times()));
            if (parent == LongIntMap.ABSENT) {
                places.await(row, name.parentKey());
            }
            if (rating != null) {
                builder.rating(row, rating);
            }
            first = i == 0 ? row : first;
        }
        if (names.isEmpty()) {
            first = nameless(file);
            if (rating != null) {
                rating.reasons().add(ReasonKind.LOST_FOLDER);
                builder.rating(first, rating);
            }
        }
        if (file.folder()) {
            places.listed(file.folderKeys(), first);
        } else if (encrypted(file)) {
            builder.locked(first, true); // until its key record was read
        }
        if (!file.deleted()) {
            claimLive(file, first);
        } else if (rating == null) {
            claimDeleted(file, first);
        }
    }

    private static boolean encrypted(FoundFile file) {
        List<FoundStream> streams = file.streams();
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).form() == Form.ENCRYPTED) {
                return true;
            }
        }
        return false;
    }

    private int nameless(FoundFile file) {
        String number = places.number(file.key());
        String name = file.folder() ? Messages.get("lost.folder", number) : Messages.get("lost.file", number);
        return builder.add(Rows.of(file, name, places.lostRoot(), Catalog.NONE, file.times()));
    }

    /** The rating where nothing else must be known; null where claims decide. */
    private @Nullable Rating ratingAtOnce(FoundFile file) {
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

    private void claimUnlisted(FoundFile file, int owner) {
        List<FoundStream> streams = file.streams();
        for (int i = 0; i < streams.size(); i++) {
            ClusterRuns runs = streams.get(i).runs();
            for (int run = 0; run < runs.count(); run++) {
                claims.addLive(owner, runs.lcn()[run], runs.length()[run]);
            }
        }
    }

    /** All that the row has, and apart what its streams need of it. */
    private void claimLive(FoundFile file, int row) {
        FoundStream main = Rows.main(file);
        List<FoundStream> streams = file.streams();
        for (int i = 0; i < streams.size(); i++) {
            FoundStream stream = streams.get(i);
            ClusterRuns runs = stream.runs();
            int owner = stream == main ? LiveOwner.main(row) : LiveOwner.named(row);
            long needed = needed(stream);
            for (int run = 0; run < runs.count(); run++) {
                long start = runs.lcn()[run];
                long length = runs.length()[run];
                long used = Math.clamp(needed, 0, length);
                claims.addLive(owner, start, used);
                if (start >= 0) {
                    claims.addLive(LiveOwner.spare(row), start + used, length - used);
                }
                needed -= length;
            }
        }
    }

    /**
     * How many clusters the stream needs, holes included: those behind what was ever written of it hold nothing of it, whether
     * they lie behind its end or before it.
     */
    private long needed(FoundStream stream) {
        boolean bySize = stream.form() == Form.PLAIN || stream.form() == Form.SPARSE || stream.form() == Form.ENCRYPTED;
        return bySize ? Math.ceilDiv(stream.valid(), (long) info.clusterSize()) : Long.MAX_VALUE;
    }

    private void claimDeleted(FoundFile file, int row) {
        int flags = (file.provenance() == Provenance.OUTSIDE_TABLE ? Evidence.OUTSIDE_TABLE : 0)
                | (file.provenance() == Provenance.SLACK_NAME ? Evidence.SLACK_NAME : 0)
                | (file.recordValid() ? 0 : Evidence.RECORD_DAMAGED);
        int number = evidence.count();
        int firstClaim = claims.count();
        FoundStream main = Rows.main(file);
        if (main != null) {
            claim(number, main);
            flags |= main.complete() ? 0 : Evidence.MAIN_INCOMPLETE;
        }
        int firstNamed = claims.count();
        for (FoundStream stream : file.streams()) {
            if (stream != main) {
                claim(number, stream);
                flags |= stream.complete() ? 0 : Evidence.NAMED_INCOMPLETE;
            }
        }
        evidence.add(row, firstClaim, firstNamed, claims.count(), flags);
    }

    /** Claims what the stream needs. */
    private void claim(int number, FoundStream stream) {
        ClusterRuns runs = stream.runs();
        long needed = needed(stream);
        for (int run = 0; run < runs.count() && needed > 0; run++) {
            long length = Math.min(needed, runs.length()[run]);
            if (runs.lcn()[run] >= 0 && length > 0) {
                claims.addDeleted(number, runs.lcn()[run], length);
            }
            needed -= length;
        }
    }

    /** The clusters of the volume that the source holds are those before this one. */
    long clustersThere() {
        return clustersThere;
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
                long missing = Math.max(1, Math.ceilDiv(stream.size(), (long) info.clusterSize()) - described);
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

    /** Where a live file that has claims lies. @param owner as {@link ClaimIndex} gives it */
    String liveName(int owner) {
        int number = LiveOwner.number(owner);
        return LiveOwner.listed(owner) ? builder.catalog().path(number) : places.pathOfUnlisted(number);
    }

    /** Its row, {@link Catalog#NONE} if it is none. */
    static int liveRow(int owner) {
        return LiveOwner.listed(owner) ? LiveOwner.number(owner) : Catalog.NONE;
    }

    @Override
    public void skipped(RecoveryException problem) {
        monitor.problem(new Problem(Problem.Severity.WARNING, place(problem), String.valueOf(problem.getMessage())));
    }

    @Override
    public void lost(RecoveryException problem, long files) {
        if (problem instanceof SourceReadException) { // that the table reaches out of the source, its end has told
            skipped(problem);
        }
        lost += files;
    }

    static String place(RecoveryException problem) {
        long position = switch (problem) {
            case FormatException format -> format.position();
            case SourceReadException read -> read.position();
            default -> -1;
        };
        return position < 0 ? "" : Messages.get("scan.place", position);
    }

    @Override
    public void progress(long bytesRead, long total) throws CancelledException {
        monitor.checkpoint();
        long now = System.nanoTime();
        if (now - nextProgress >= 0 || bytesRead == total) {
            nextProgress = now + NANOS_BETWEEN_PROGRESS;
            tableBytes = tableBytes < 0 ? total : tableBytes;
            String phase = total == tableBytes ? "records" : "sweep";
            monitor.progress(new Progress(phase, bytesRead, total, records, info.recordEstimate()));
        }
        if (now - nextSettling >= 0) {
            places.settle(monitor);
            nextSettling = System.nanoTime() + NANOS_BETWEEN_SETTLING;
        }
    }

    /** Everything was found: no row stays without a folder. */
    void finish(JobMonitor watcher) throws CancelledException {
        places.buryLost(watcher);
        if (lost > 0) {
            String sentence = Messages.get("scan.lost-records", lost);
            monitor.problem(new Problem(Problem.Severity.WARNING, "", sentence));
            builder.lost(sentence);
            lost = 0;
        }
    }

    /** Reasons that have nothing to do with clusters. */
    void addOrigin(int file, Set<ReasonKind> reasons) {
        if (evidence.has(file, Evidence.SLACK_NAME)) {
            reasons.add(ReasonKind.NAME_FROM_SLACK);
        }
        if (places.lost(evidence.row(file))) {
            reasons.add(ReasonKind.LOST_FOLDER);
        }
    }
}
