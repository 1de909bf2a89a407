package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.restore.PlannedFile.Action;
import org.salvor.text.Messages;

/** What becomes of a file whose name is taken on the target already, by a file that an earlier run or somebody else put there. */
final class Conflicts {
    /** So many of "name (2)", "name (3)"... are compared: each costs a look at the folder. */
    private static final int MAX_NUMBERED = 1000;

    private final Catalog catalog;
    private final RestoreOptions options;
    private final Path target;
    private final PlannedNames names;
    private final PlanSums sums;
    private final WriteGuard guard;
    private final SameContent comparison;

    Conflicts(
            Catalog catalog,
            RestoreOptions options,
            Path target,
            PlannedNames names,
            PlanSums sums,
            WriteGuard guard,
            SameContent comparison) {
        this.catalog = catalog;
        this.options = options;
        this.target = target;
        this.names = names;
        this.sums = sums;
        this.guard = guard;
        this.comparison = comparison;
    }

    /**
     * What the rules say.
     *
     * @param name of the file that is there
     * @param note why, as a sentence; empty where the action says it
     */
    record Decision(Action action, String name, String note) {}

    /**
     * Null to write under a name that is free.
     *
     * @param wanted the name without {@code ending}
     * @param first what an export gives the first name of this file, relative to the target folder; empty where this is the first
     */
    @Nullable
    Decision decide(int row, String parent, String wanted, String ending, String first) throws CancelledException {
        String name = names.ending(wanted, ending);
        PlannedNames.Existing there = names.existing(parent, name);
        if (there == null) {
            return null;
        }
        if (names.claimed(parent, name)) {
            return underAnotherName(row, parent, wanted, ending, first);
        }
        if (!there.regular() || isSource(file(parent, there))) {
            return null;
        }
        if (same(row, file(parent, there), first)) {
            return same(there);
        }
        Decision kept = options.onConflict() == RestoreOptions.OnConflict.KEEP_BOTH
                ? underAnotherName(row, parent, wanted, ending, first)
                : null;
        if (kept != null) {
            return kept;
        }
        sums.conflict();
        return switch (options.onConflict()) {
            case KEEP_BOTH -> null;
            case SKIP -> skip(there, "plan.skipped");
            case FAIL -> {
                sums.forbidden();
                yield skip(there, "plan.forbidden");
            }
            case REPLACE -> replace(there);
            case REPLACE_OLDER ->
                catalog.modified(row) != Catalog.NO_TIME && catalog.modified(row) > there.modified()
                        ? replace(there)
                        : skip(there, "plan.newer-there");
        };
    }

    private static Decision same(PlannedNames.Existing there) {
        return new Decision(Action.SAME, there.name(), Messages.get("plan.same"));
    }

    private static Decision skip(PlannedNames.Existing there, String why) {
        return new Decision(Action.SKIP, there.name(), Messages.get(why));
    }

    private static Decision replace(PlannedNames.Existing there) {
        return new Decision(Action.REPLACE, there.name(), "");
    }

    private Path file(String parent, PlannedNames.Existing there) {
        return target.resolve(parent).resolve(there.name());
    }

    /** What an earlier run brought back as "name (2)"... is not brought back once more; null where none of these is the file. */
    private @Nullable Decision underAnotherName(int row, String parent, String wanted, String ending, String first)
            throws CancelledException {
        for (int count = 2; count < MAX_NUMBERED; count++) {
            String name = names.numbered(wanted, count, ending);
            PlannedNames.Existing there = names.existing(parent, name);
            if (there == null) {
                return null;
            }
            Path file = file(parent, there);
            if (there.regular() && !names.claimed(parent, name) && !isSource(file) && same(row, file, first)) {
                return same(there);
            }
        }
        return null;
    }

    private boolean same(int row, Path file, String first) throws CancelledException {
        return switch (options.form()) {
            case FILES, PORTABLE_FILES -> comparison.same(catalog, row, file);
            case BACKUP_STREAMS ->
                catalog.ratingClass(row) == RatingClass.LOCKED
                        ? comparison.same(catalog, row, file)
                        : !first.isEmpty() && LinkStreams.is(file, first) || comparison.sameStreams(catalog, row, file);
        };
    }

    /** The source itself may lie in the target folder; it is never replaced, whatever the rules say. */
    private boolean isSource(Path file) {
        for (Path source : guard.sourceFiles()) {
            try {
                if (Files.isSameFile(source, file)) {
                    return true;
                }
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }
}
