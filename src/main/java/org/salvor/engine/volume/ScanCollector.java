package org.salvor.engine.volume;

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
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.ScanPlan;
import org.salvor.text.Messages;

/**
 * Takes what a file system finds: makes rows at once, keeps claims and evidence for the ratings, and puts rows into their folders.
 * One thread.
 */
final class ScanCollector implements ScanSink {
    /** Such files hold older records of this volume itself. */
    private static final String SHADOW_COPIES = "System Volume Information/";

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
    private @Nullable LiveContents contents;
    private final FirstRating firstRating;
    private long records;
    private long tableBytes = -1;

    /** Files that may be missing because a part of the file table cannot be read. */
    private long lost;

    private long nextProgress;
    private long nextSettling = System.nanoTime() + NANOS_BETWEEN_SETTLING;

    /** @param sourceSize bytes of the volume that the source holds; less than the volume where an image was cut off */
    ScanCollector(ScanPlan plan, FileSystemInfo info, long sourceSize, CatalogBuilder builder, JobMonitor monitor) {
        this.firstRating =
                new FirstRating(info.clusterSize(), Math.min(info.clusterCount(), sourceSize / info.clusterSize()));
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
        if (file.provenance() != Provenance.TABLE && (insideFile(file) || !news(file))) {
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

    /**
     * Whether it was found in the content of a live file. Records outside the table come when all live files are known; the names of index
     * blocks come after them, and those of the table's own folders before.
     */
    private boolean insideFile(FoundFile file) {
        LiveContents known = contents;
        if (known == null) {
            if (file.provenance() != Provenance.OUTSIDE_TABLE) {
                return false;
            }
            known = new LiveContents(claims, owner -> !liveName(owner).startsWith(SHADOW_COPIES));
            contents = known;
        }
        long position = Math.max(file.locator(), file.slackOffset());
        return position >= 0 && known.hold(position / info.clusterSize());
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
        Rating rating = firstRating.of(file);
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
            long needed = firstRating.needed(stream);
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
        long needed = firstRating.needed(stream);
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
        return firstRating.clustersThere();
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
