package org.salvor.restore;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * What can be told of a job that ended in an exception instead of a report: its journal keeps what was finished, and where there is
 * none the job had not begun.
 *
 * @param journal from which the job can go on
 */
public record Unfinished(RestoreReport report, Optional<Path> journal) {
    /** A journal in the target folder, with what it says. */
    private record Found(Path path, JournalReader reader) {}

    /** The report of a job that has not begun: nothing was written. */
    public static RestoreReport nothingYet(RestorePlan plan) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new RestoreReport(
                plan.source(),
                plan.options().target(),
                RestoreReport.Stop.ERROR,
                plan.files().stream().map(Unfinished::before).toList(),
                now,
                now,
                "",
                plan.losses());
    }

    private static RestoredFile before(PlannedFile file) {
        return before(
                file.action(),
                new RestoredFile(
                        file.id().text(),
                        file.path(),
                        "",
                        file.folder(),
                        file.size(),
                        Outcome.SKIPPED,
                        file.rating(),
                        file.intactPercent(),
                        "",
                        List.of(),
                        file.notes()));
    }

    /** What is known of a file before the job comes to it. */
    private static RestoredFile before(PlannedFile.Action action, RestoredFile line) {
        return switch (action) {
            case SKIP -> line;
            case IMPOSSIBLE -> Results.as(line, Outcome.FAILED);
            case WRITE, LINK, REPLACE, SAME -> Results.with(line, Outcome.SKIPPED, Messages.get("restore.not-reached"));
        };
    }

    /** The report of a job as its journal left it; empty if that cannot be read. Not on a UI thread. */
    public static Optional<RestoreReport> asLeft(Path journal) {
        JournalReader reader = read(journal);
        Path folder = journal.toAbsolutePath().getParent();
        if (reader == null || folder == null) {
            return Optional.empty();
        }
        List<RestoredFile> files = new ArrayList<>(reader.tasks().size());
        for (Task task : reader.tasks()) {
            RestoredFile done = reader.done().get(task.index());
            files.add(done != null ? done : before(task.action(), task.result(Outcome.SKIPPED)));
        }
        String started = reader.head().started();
        return Optional.of(new RestoreReport(
                reader.head().source(),
                folder,
                RestoreReport.Stop.ERROR,
                files,
                started,
                started,
                "",
                reader.head().losses()));
    }

    /**
     * Reads the journal, where one of this job is left: not on a UI thread.
     *
     * @param known what was known before it failed: {@link #nothingYet}, or the report of the run that was to be gone on with
     * @param why the exception that ended it
     */
    public static Unfinished after(RestoreReport known, Throwable why) {
        Optional<Found> found = find(known);
        List<RestoredFile> files = new ArrayList<>(known.files().size());
        for (int i = 0; i < known.files().size(); i++) {
            RestoredFile file = known.files().get(i);
            int index = i;
            RestoredFile done =
                    found.map(journal -> journal.reader().done().get(index)).orElse(null);
            files.add(done != null ? done : found.isPresent() ? file : because(file, why));
        }
        RestoreReport report = new RestoreReport(
                known.source(),
                known.target(),
                stop(why),
                files,
                found.map(journal -> journal.reader().head().started()).orElse(known.started()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "",
                known.problems());
        return new Unfinished(report, found.map(Found::path));
    }

    /** The journal from which a job that was stopped goes on; empty if its folder is gone, or it had not begun. */
    public static Optional<Path> journalOf(RestoreReport report) {
        return find(report).map(Found::path);
    }

    /** A file that the job did not come to, with what kept it from beginning; any other as it is. */
    private static RestoredFile because(RestoredFile file, Throwable why) {
        String waiting = Messages.get("restore.not-reached");
        String message = why.getMessage();
        if (!(why instanceof RecoveryException)
                || message == null
                || !file.reasons().contains(waiting)) {
            return file;
        }
        return Results.because(
                file,
                file.reasons().stream()
                        .map(reason -> reason.equals(waiting) ? message : reason)
                        .toList());
    }

    private static RestoreReport.Stop stop(Throwable why) {
        if (why instanceof TargetException target) {
            return switch (target.kind()) {
                case FULL -> RestoreReport.Stop.TARGET_FULL;
                case GONE -> RestoreReport.Stop.TARGET_GONE;
                case ON_SOURCE -> RestoreReport.Stop.ERROR;
            };
        }
        return RestoreReport.Stop.ERROR;
    }

    /** Of the journals in the folder the one of these files that was begun last. */
    private static Optional<Found> find(RestoreReport report) {
        @Nullable Found best = null;
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(report.target(), TargetNames.JOURNAL + "*")) {
            for (Path path : journals) {
                JournalReader reader = read(path);
                if (reader != null && !reader.finished() && same(reader.tasks(), report.files())) {
                    boolean later = best == null
                            || reader.head()
                                            .started()
                                            .compareTo(best.reader().head().started())
                                    > 0;
                    best = later ? new Found(path, reader) : best;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // the folder is gone, or was never made
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable JournalReader read(Path path) {
        try {
            return JournalReader.read(path);
        } catch (IOException | FormatException e) {
            return null; // of a job that had not begun
        }
    }

    private static boolean same(List<Task> tasks, List<RestoredFile> files) {
        if (tasks.size() != files.size()) {
            return false;
        }
        for (int i = 0; i < files.size(); i++) {
            if (!tasks.get(i).id().equals(files.get(i).id())
                    || !tasks.get(i).path().equals(files.get(i).path())) {
                return false;
            }
        }
        return true;
    }
}
