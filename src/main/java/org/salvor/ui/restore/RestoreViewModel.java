package org.salvor.ui.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.Unfinished;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Pace;
import org.salvor.ui.shell.Phases;
import org.salvor.ui.shell.WizardState;

/** Copying as a person sees it; looked at a few times a second. */
final class RestoreViewModel {
    private final WizardState state;
    private final ObjectProperty<Job.@Nullable State> jobState = new SimpleObjectProperty<>();
    private final StringProperty headline = new SimpleStringProperty("");
    private final StringProperty detail = new SimpleStringProperty("");
    private final StringProperty remaining = new SimpleStringProperty("");
    private final StringProperty error = new SimpleStringProperty("");
    private final DoubleProperty byBytes = new SimpleDoubleProperty();
    private final DoubleProperty byItems = new SimpleDoubleProperty();
    private final StringProperty bytesText = new SimpleStringProperty("");
    private final StringProperty itemsText = new SimpleStringProperty("");
    private final LongProperty done = new SimpleLongProperty();
    private final LongProperty left = new SimpleLongProperty();
    private final LongProperty problemCount = new SimpleLongProperty();
    private final BooleanProperty broken = new SimpleBooleanProperty();
    private final BooleanProperty running = new SimpleBooleanProperty();
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private Pace pace = new Pace();

    RestoreViewModel(WizardState state) {
        this.state = state;
        state.restoreJob().subscribe(this::begin);
    }

    private void begin(@Nullable Job<RestoreReport> job) {
        pace = new Pace();
        problems.clear();
        problemCount.set(0);
        error.set("");
        broken.set(false);
        running.set(job != null);
        if (job == null) {
            return;
        }
        look();
        state.background().watch(job, report -> ended(job, report), failure -> failed(job, failure));
    }

    private void ended(Job<RestoreReport> job, RestoreReport report) {
        if (job == state.restoreJob().get()) {
            look();
            if (!report.stopped()) {
                state.forget(usual(report));
            }
            if (report.stopped()) {
                state.background()
                        .run(
                                "journal",
                                monitor -> Unfinished.journalOf(report),
                                found -> tell(job, report, found.or(() -> Optional.of(usual(report)))),
                                this::cannotTell);
            } else {
                tell(job, report, Optional.empty());
            }
        }
    }

    /** Where the journal of the job lies, though it cannot be seen while the target is away. */
    private Path usual(RestoreReport report) {
        Path known = state.journal().get();
        RestorePlan plan = state.restorePlan().get();
        if (known != null) {
            return known;
        }
        return plan == null ? report.target().resolve(JournalInfo.FILE_NAME) : plan.journal();
    }

    private void tell(Job<RestoreReport> job, RestoreReport report, Optional<Path> journal) {
        if (job == state.restoreJob().get()) {
            state.journal().set(journal.orElse(null));
            state.report().set(report);
        }
    }

    private void cannotTell(Throwable failure) {
        error.set(Faults.text(failure));
    }

    private void failed(Job<RestoreReport> job, Throwable failure) {
        if (job == state.restoreJob().get()) {
            look();
            broken.set(true);
            error.set(Faults.text(failure));
            RestoreReport before = state.before().get();
            if (before != null) {
                state.background()
                        .run(
                                "journal",
                                monitor -> Unfinished.after(before, failure),
                                found -> brokenOff(job, found),
                                this::cannotTell);
            }
        }
    }

    /** What is there, and whether it can go on, is for the report to tell. */
    private void brokenOff(Job<RestoreReport> job, Unfinished found) {
        Optional<Path> journal =
                found.journal().or(() -> Optional.ofNullable(state.journal().get()));
        if (journal.isEmpty()) {
            state.forget(usual(found.report()));
        }
        tell(job, found.report(), journal);
    }

    /** Takes over how far the job is. */
    void look() {
        Job<RestoreReport> job = state.restoreJob().get();
        if (job == null) {
            return;
        }
        Job.State now = job.state();
        jobState.set(now);
        boolean works = now == Job.State.RUNNING || now == Job.State.PAUSED;
        running.set(works);
        Progress at = job.progress();
        double seconds = job.seconds();
        pace.add(seconds, at, false);
        headline.set(headline(now, at));
        detail.set(detail(works, seconds));
        remaining.set(now == Job.State.RUNNING ? pace.remainingText() : "");
        byBytes.set(share(at.bytesDone(), at.bytesTotal(), works));
        byItems.set(share(at.itemsDone(), at.itemsTotal(), works));
        bytesText.set(
                at.bytesTotal() > 0
                        ? Messages.get("restore.of", Units.bytes(at.bytesDone()), Units.bytes(at.bytesTotal()))
                        : Units.bytes(at.bytesDone()));
        itemsText.set(
                at.itemsTotal() > 0
                        ? Messages.get("restore.of", Units.count(at.itemsDone()), Units.files(at.itemsTotal()))
                        : Units.files(at.itemsDone()));
        done.set(at.itemsDone());
        left.set(Math.max(0, at.itemsTotal() - at.itemsDone()));
        problemCount.set(job.problemCount());
        List<Problem> all = job.problemCount() > problems.size() ? job.problems() : List.of();
        if (all.size() > problems.size()) {
            problems.addAll(all.subList(problems.size(), all.size()));
        }
    }

    private String detail(boolean works, double seconds) {
        if (!works) {
            return Messages.get("restore.took", Units.duration(seconds));
        }
        String elapsed = Messages.get("restore.elapsed", Units.duration(seconds));
        String rate = pace.rateText();
        return rate.isEmpty() ? elapsed : rate + " \u00b7 " + elapsed;
    }

    private static double share(long done, long total, boolean works) {
        return total > 0 ? Math.min(1, (double) done / total) : works ? -1 : 1;
    }

    private static String headline(Job.State now, Progress at) {
        return switch (now) {
            case RUNNING -> Phases.text(at);
            case PAUSED -> Messages.get("restore.paused");
            case DONE -> Messages.get("restore.done");
            case CANCELLED -> Messages.get("restore.stopped");
            case FAILED -> Messages.get("restore.failed");
        };
    }

    void pauseOrProceed() {
        Job<RestoreReport> job = state.restoreJob().get();
        if (job != null) {
            if (job.state() == Job.State.PAUSED) {
                job.proceed();
            } else {
                job.pause();
            }
            look();
        }
    }

    /** Files already copied stay; the one being written is taken away. */
    void cancel() {
        Job<RestoreReport> job = state.restoreJob().get();
        if (job != null) {
            job.cancel();
            look();
        }
    }

    ObjectProperty<Job.@Nullable State> jobState() {
        return jobState;
    }

    StringProperty headline() {
        return headline;
    }

    StringProperty detail() {
        return detail;
    }

    StringProperty remaining() {
        return remaining;
    }

    /** Whether it ended in an error: the page then waits until that has been read. */
    BooleanProperty broken() {
        return broken;
    }

    /** What ended the job, in words; empty if nothing did. */
    StringProperty error() {
        return error;
    }

    /** 0 to 1, -1 where it is not known. */
    DoubleProperty byBytes() {
        return byBytes;
    }

    /** 0 to 1, -1 where it is not known. */
    DoubleProperty byItems() {
        return byItems;
    }

    StringProperty bytesText() {
        return bytesText;
    }

    StringProperty itemsText() {
        return itemsText;
    }

    LongProperty done() {
        return done;
    }

    LongProperty left() {
        return left;
    }

    BooleanProperty running() {
        return running;
    }

    /** All problems, also those past the ones that are listed. */
    LongProperty problemCount() {
        return problemCount;
    }

    ObservableList<Problem> problems() {
        return problems;
    }
}
