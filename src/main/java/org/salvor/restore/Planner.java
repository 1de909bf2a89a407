package org.salvor.restore;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.restore.PlannedFile.Action;
import org.salvor.substream.StreamFileNames;
import org.salvor.text.Messages;

/** The dry run: decides for each chosen row what becomes of it. Reads, and writes nothing. */
final class Planner {
    private final RecoverySession session;
    private final Catalog catalog;
    private final RestoreOptions options;
    private final WriteGuard guard;
    private final JobMonitor monitor;
    private final Path target;
    private final Path existing;

    /** Null where the system does not tell. */
    private final @Nullable FileStore store;

    private final TargetCapabilities capabilities;
    private final PlannedNames names;
    private final PlanSums sums;
    private final Conflicts conflicts;

    /** Where the first name of each file with several goes, by the row of the file. */
    private final Map<Integer, String> firstNames = new HashMap<>();

    /** @param encryptedAgain whether the system is asked to put encrypted files back as they were */
    Planner(
            RecoverySession session,
            Catalog catalog,
            RestoreOptions options,
            WriteGuard guard,
            PlaceResolver places,
            HostFiles host,
            SystemTarget system,
            boolean encryptedAgain,
            JobMonitor monitor) {
        this.session = session;
        this.catalog = catalog;
        this.options = options;
        this.guard = guard;
        this.monitor = monitor;
        target = options.target().toAbsolutePath().normalize();
        existing = nearest(target);
        store = store(existing);
        capabilities =
                TargetProbe.of(real(existing), places.holding(target).fileSystem(), host, system, options.form());
        names = new PlannedNames(catalog, target, new TargetNames(capabilities));
        sums = new PlanSums(capabilities, encryptedAgain);
        SameContent comparison = new SameContent(session, host, monitor);
        conflicts = new Conflicts(catalog, options, target, names, sums, guard, comparison);
    }

    static Path nearest(Path path) {
        Path at = path;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** Where links lead to. */
    private static Path real(Path existing) {
        try {
            return existing.toRealPath();
        } catch (IOException e) {
            return existing;
        }
    }

    private static @Nullable FileStore store(Path existing) {
        try {
            return Files.getFileStore(existing);
        } catch (IOException e) {
            return null;
        }
    }

    RestorePlan plan(Selection selection) throws RecoveryException {
        BitSet rows = selection.rows();
        List<PlanIssue> issues = new ArrayList<>();
        if (rows.isEmpty()) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.NOTHING_CHOSEN,
                    true,
                    ExitCode.NOTHING_MATCHED.code(),
                    Messages.get("plan.nothing")));
        }
        place(issues);
        Map<Integer, PlannedFile> files = new HashMap<>();
        boolean flat = options.layout() == RestoreOptions.Layout.FLAT;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            if (catalog.folder(row)) {
                files.put(row, folder(row, flat));
            } else if (!flat) {
                names.folder(catalog.parent(row));
            }
        }
        // Files that are there keep their names before deleted ones do; otherwise the catalog's order decides.
        int done = 0;
        for (boolean deleted : new boolean[] {false, true}) {
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                if (!catalog.folder(row) && catalog.deleted(row) == deleted) {
                    monitor.checkpoint();
                    files.put(row, file(row, flat ? "" : names.folder(catalog.parent(row))));
                    if (++done % 64 == 0) {
                        monitor.progress(new Progress("plan", 0, -1, done, rows.cardinality()));
                    }
                }
            }
        }
        List<PlannedFile> ordered = new ArrayList<>(files.size());
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            PlannedFile file = files.get(row);
            if (file != null) {
                ordered.add(file);
            }
        }
        long space = space();
        sums.issues(ordered, options, space, target, issues);
        return new RestorePlan(
                session.identity(),
                options,
                List.copyOf(ordered),
                List.copyOf(issues),
                sums.bytes(),
                sums.needed(),
                space,
                target.resolve(TargetNames.free(target, TargetNames.JOURNAL)),
                everything(rows) ? catalog.losses() : List.of());
    }

    /** Who chooses every file that was found wants all that the source held, and so also what is lost of it. */
    private boolean everything(BitSet rows) {
        for (int row = rows.nextClearBit(0); row < catalog.size(); row = rows.nextClearBit(row + 1)) {
            if (!catalog.folder(row)) {
                return false;
            }
        }
        return !rows.isEmpty();
    }

    private void place(List<PlanIssue> issues) {
        WriteGuard.Answer answer = guard.check(target);
        switch (answer.verdict()) {
            case FREE -> {
                // Nothing stands against it.
            }
            case SAME_DISK ->
                issues.add(new PlanIssue(
                        PlanIssue.Kind.SAME_DISK,
                        !options.confirmed(),
                        ExitCode.TARGET_ON_SOURCE.code(),
                        answer.text()));
            case ON_SOURCE ->
                issues.add(new PlanIssue(
                        PlanIssue.Kind.TARGET_ON_SOURCE, true, ExitCode.TARGET_ON_SOURCE.code(), answer.text()));
            case UNKNOWN ->
                issues.add(new PlanIssue(
                        PlanIssue.Kind.PLACE_UNKNOWN, true, ExitCode.TARGET_ON_SOURCE.code(), answer.text()));
        }
        String why = "";
        if (!Files.isDirectory(existing)) {
            why = Messages.get("plan.no-folder", existing);
        } else if (readOnly()) {
            why = Messages.get("plan.not-writable", existing);
        } else {
            for (Path at = target; at != null && !at.equals(existing); at = at.getParent()) {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    why = Messages.get("plan.dangling", at);
                }
            }
        }
        if (!why.isEmpty()) {
            issues.add(new PlanIssue(PlanIssue.Kind.NOT_WRITABLE, true, ExitCode.TARGET_GONE.code(), why));
        }
        if (Files.exists(target.resolve(TargetNames.JOURNAL))) {
            issues.add(new PlanIssue(PlanIssue.Kind.CONFLICT, false, 0, Messages.get("plan.journal-there", target)));
        }
    }

    private boolean readOnly() {
        return store == null || store.isReadOnly() || !Files.isWritable(existing) || keepsNothing(store);
    }

    /** What has no size at all (/proc, /sys) is a view of the system, and no place for files. */
    private static boolean keepsNothing(FileStore store) {
        try {
            return store.getTotalSpace() == 0;
        } catch (IOException e) {
            return false; // the space is unknown, which says nothing about writing
        }
    }

    private long space() {
        try {
            return store == null ? -1 : store.getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    private PlannedFile folder(int row, boolean flat) {
        List<String> notes = new ArrayList<>();
        String path = flat ? "" : names.folder(row);
        if (flat) {
            notes.add(Messages.get("plan.flat-folder"));
        } else if (!name(path).equals(catalog.name(row))) {
            sums.changed();
            notes.add(Messages.get("plan.name-changed", catalog.name(row)));
        }
        return planned(row, path, flat ? Action.SKIP : Action.WRITE, 0, catalog.rating(row), notes);
    }

    private PlannedFile file(int row, String parent) throws RecoveryException {
        List<String> notes = new ArrayList<>();
        Rating rating = rated(row, notes);
        boolean locked = rating.ratingClass() == RatingClass.LOCKED;
        Rating evidence = locked ? catalog.evidence(row) : rating;
        String why = impossible(row, rating, evidence);
        if (!why.isEmpty()) {
            sums.impossible();
            return planned(row, "", Action.IMPOSSIBLE, 0, rating, with(notes, why));
        }
        boolean incomplete = Results.incomplete(evidence.ratingClass());
        if (incomplete && options.partial() == RestoreOptions.Partial.SKIP) {
            return planned(row, "", Action.SKIP, 0, rating, with(notes, Messages.get("restore.partial-left-out")));
        }
        if (catalog.size(row) > capabilities.largestFile()) {
            sums.tooLarge(catalog.path(row));
            return planned(row, "", Action.IMPOSSIBLE, 0, rating, with(notes, Messages.get("plan.too-large")));
        }
        String wanted = names.wanted(catalog.name(row));
        String ending = ending(locked, incomplete);
        String first = names.ending(wanted, ending);
        if (locked) {
            notes.add(Messages.get(incomplete ? "restore.kept-encrypted.cut" : "restore.kept-encrypted"));
        }
        Conflicts.Decision decided =
                conflicts.decide(row, parent, wanted, ending, firstNames.getOrDefault(root(row), ""));
        if (decided != null) {
            return decided(row, parent, decided, rating, notes);
        }
        String name = names.free(parent, wanted, ending);
        if (!wanted.equals(catalog.name(row))) {
            sums.changed();
            notes.add(Messages.get("plan.name-changed", catalog.name(row)));
        }
        if (!name.equals(first)) {
            notes.add(Messages.get("plan.name-taken", first));
        }
        return write(row, parent, name, Action.WRITE, rating, notes);
    }

    /** What the name of a written file has behind that of the file itself. */
    private String ending(boolean locked, boolean incomplete) {
        return switch (options.form()) {
            case FILES, PORTABLE_FILES -> TargetNames.endings(locked, incomplete);
            case BACKUP_STREAMS -> (locked ? "" : StreamFileNames.ENDING) + TargetNames.endings(locked, incomplete);
        };
    }

    private PlannedFile decided(int row, String parent, Conflicts.Decision decided, Rating rating, List<String> notes) {
        Action action = decided.action();
        if (action == Action.REPLACE) {
            return write(row, parent, decided.name(), action, rating, notes);
        }
        if (action == Action.SAME) {
            names.claim(parent, decided.name());
            if (asStream(rating)) { // a path that further names can tell, whoever wrote what lies there
                firstNames.putIfAbsent(root(row), Results.in(parent, decided.name()));
            }
        }
        long size = action == Action.SAME ? catalog.size(row) : 0;
        notes.addFirst(decided.note()); // it is left alone for that, whatever its content is worth
        return planned(row, Results.in(parent, decided.name()), action, size, rating, notes);
    }

    private PlannedFile write(int row, String parent, String name, Action action, Rating rating, List<String> notes) {
        names.claim(parent, name);
        String first = firstNames.putIfAbsent(root(row), Results.in(parent, name));
        boolean link = first != null && action == Action.WRITE && (asStream(rating) || capabilities.hardLinks());
        long size = catalog.size(row);
        if (!link) {
            sums.written(catalog, row, rating.ratingClass() == RatingClass.LOCKED);
        }
        return planned(row, Results.in(parent, name), link ? Action.LINK : action, link ? 0 : size, rating, notes);
    }

    private int root(int row) {
        return firstName(catalog, row);
    }

    /** The row of the first name of the same file. */
    static int firstName(Catalog catalog, int row) {
        return catalog.linkOf(row) == Catalog.NONE ? row : catalog.linkOf(row);
    }

    /** Whether it comes as a sequence of backup streams; encrypted ones come as exports of their own. */
    private boolean asStream(Rating rating) {
        return options.form() == RestoreOptions.Form.BACKUP_STREAMS && rating.ratingClass() != RatingClass.LOCKED;
    }

    /** The rating with the checks that need the content, which always come before a file is restored. */
    private Rating rated(int row, List<String> notes) throws CancelledException {
        Rating rating = catalog.rating(row);
        boolean settled = rating.reasons().contains(ReasonKind.LIVE)
                || rating.reasons().contains(ReasonKind.RESIDENT)
                || rating.reasons().contains(ReasonKind.EMPTY);
        boolean open = switch (rating.ratingClass()) {
            case PENDING, INTACT, PROBABLE, PARTIAL -> !settled;
            case OVERWRITTEN, BLANK, LOCKED, STUB -> false;
        };
        if (open) {
            try {
                rating = session.rateContent(catalog, row);
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                notes.add(Messages.get("plan.not-checked", String.valueOf(e.getMessage())));
            }
        }
        notes.addAll(Reasons.sentences(catalog, row, rating));
        return rating;
    }

    /** Why nothing of it can be restored; empty if something can. */
    private String impossible(int row, Rating rating, Rating evidence) {
        if (catalog.provenance(row) == Provenance.INDEX_ONLY || rating.reasons().contains(ReasonKind.NAME_ONLY)) {
            return Messages.get("plan.name-only");
        }
        if (rating.reasons().contains(ReasonKind.KEY_LOST)) {
            return Messages.get("plan.key-lost");
        }
        return switch (evidence.ratingClass()) {
            case STUB -> Messages.get("plan.stub");
            case OVERWRITTEN -> evidence.intactPercent() == 0 ? Messages.get("plan.overwritten") : "";
            case PENDING, INTACT, PROBABLE, PARTIAL, BLANK, LOCKED -> "";
        };
    }

    private PlannedFile planned(int row, String path, Action action, long size, Rating rating, List<String> notes) {
        RatingClass ratingClass = rating.ratingClass();
        return new PlannedFile(
                row,
                catalog.id(row),
                catalog.path(row),
                path,
                catalog.folder(row),
                size,
                action,
                ratingClass,
                rating.intactPercent(),
                notes.stream().distinct().toList());
    }

    private static List<String> with(List<String> notes, String note) {
        notes.add(note);
        return notes;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
