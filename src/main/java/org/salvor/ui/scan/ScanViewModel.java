package org.salvor.ui.scan;

import java.util.List;
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
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Pace;
import org.salvor.ui.shell.Phases;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;

/** A running scan as a person sees it; looked at a few times a second. */
final class ScanViewModel {
    private final WizardState state;
    private final ObjectProperty<Job.@Nullable State> jobState = new SimpleObjectProperty<>();
    private final StringProperty headline = new SimpleStringProperty("");
    private final StringProperty detail = new SimpleStringProperty("");
    private final StringProperty remaining = new SimpleStringProperty("");
    private final StringProperty error = new SimpleStringProperty("");
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final BooleanProperty running = new SimpleBooleanProperty();
    private final BooleanProperty reviewable = new SimpleBooleanProperty();
    private final ObjectProperty<ScanTotals> totals = new SimpleObjectProperty<>(ScanTotals.NONE);
    private final LongProperty problemCount = new SimpleLongProperty();
    private final LongProperty noteCount = new SimpleLongProperty();
    private final BooleanProperty nothing = new SimpleBooleanProperty();
    private final BooleanProperty foldersOnly = new SimpleBooleanProperty();
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private String errorNext = "";
    private Pace pace = new Pace();
    private @Nullable Job<?> counting;
    private long countedRevision = -1;

    ScanViewModel(WizardState state) {
        this.state = state;
        state.scan().subscribe(this::reset);
        state.catalog().subscribe((was, is) -> countedRevision = -1);
    }

    private void reset(Workbench.@Nullable Scan scan) {
        pace = new Pace();
        countedRevision = -1;
        totals.set(ScanTotals.NONE);
        problems.clear();
        noteCount.set(0);
        problemCount.set(0);
        nothing.set(false);
        foldersOnly.set(false);
        error.set("");
        running.set(false);
        reviewable.set(false);
        if (scan != null) {
            look();
        }
    }

    /** Takes over how far the job is. */
    void look() {
        Workbench.Scan scan = state.scan().get();
        if (scan == null) {
            Catalog loaded = state.catalog().get();
            if (loaded != null) {
                jobState.set(Job.State.DONE);
                reviewable.set(true);
                headline.set(Messages.get("scan.loaded"));
                detail.set("");
                progress.set(1);
                count(loaded);
            }
            return;
        }
        Job<Catalog> job = scan.job();
        Job.State now = job.state();
        jobState.set(now);
        boolean works = now == Job.State.RUNNING || now == Job.State.PAUSED;
        running.set(works);
        reviewable.set(now == Job.State.DONE || scan.catalog().size() > 0);
        Progress at = job.progress();
        double seconds = job.seconds();
        pace.add(seconds, at, job.problemCount() > job.noteCount());
        headline.set(headline(now, at, scan.catalog().size()));
        detail.set(works ? details(at, seconds) : ended(now, at, seconds));
        remaining.set(now == Job.State.RUNNING ? pace.remainingText() : "");
        progress.set(share(now, at));
        Throwable failure = job.failure();
        if (failure != null && error.get().isEmpty()) {
            errorNext = Messages.get(scan.catalog().size() > 0 ? "scan.error.next" : "scan.error.nothing");
            error.set(Faults.text(failure));
        }
        noteCount.set(job.noteCount());
        problemCount.set(job.problemCount());
        if (job.problemCount() > problems.size()) {
            List<Problem> all = job.problems();
            if (all.size() > problems.size()) {
                problems.addAll(all.subList(problems.size(), all.size()));
            }
        }
        count(scan.catalog());
    }

    private void count(Catalog catalog) {
        Job<?> before = counting;
        long revision = catalog.revision();
        if (revision == countedRevision || before != null && before.state() == Job.State.RUNNING) {
            return;
        }
        countedRevision = revision;
        ScanPlan plan = state.plan().get();
        counting = state.background()
                .run(
                        "totals",
                        monitor -> ScanTotals.of(catalog, plan),
                        found -> {
                            if (state.catalog().get() == catalog) {
                                totals.set(found);
                                tellNothing();
                            }
                        },
                        failure -> error.set(Faults.text(failure)));
    }

    /** Only a scan that came to its end can say that there is nothing. */
    private void tellNothing() {
        Workbench.Scan scan = state.scan().get();
        ScanTotals found = totals.get();
        boolean ended = scan != null
                && scan.job().state() == Job.State.DONE
                && scan.catalog().revision() == countedRevision;
        nothing.set(ended && found.files() + found.folders() == 0);
        foldersOnly.set(ended && backup() != null && found.files() == 0);
    }

    private static String headline(Job.State now, Progress at, int found) {
        return switch (now) {
            case RUNNING -> Phases.text(at);
            case PAUSED -> Messages.get("scan.paused");
            case DONE -> Messages.get("scan.done");
            case CANCELLED -> Messages.get(found > 0 ? "scan.stopped" : "scan.stopped.nothing");
            case FAILED -> Messages.get("scan.failed");
        };
    }

    /** A scan that ended before its end keeps the part it came to: a full bar would say that all of it was read. */
    private static double share(Job.State now, Progress at) {
        double done = at.bytesTotal() > 0 ? (double) at.bytesDone() / at.bytesTotal() : -1;
        return switch (now) {
            case RUNNING, PAUSED -> done;
            case CANCELLED, FAILED -> Math.max(0, done);
            case DONE -> 1;
        };
    }

    private static String ended(Job.State now, Progress at, double seconds) {
        String took = Units.duration(seconds);
        return now == Job.State.DONE || at.bytesTotal() <= 0
                ? Messages.get("scan.took", took)
                : Messages.get("scan.read.ended", Units.bytes(at.bytesDone()), Units.bytes(at.bytesTotal()), took);
    }

    private String details(Progress at, double seconds) {
        StringBuilder text = new StringBuilder();
        if (at.bytesTotal() > 0) {
            text.append(Messages.get("scan.read", Units.bytes(at.bytesDone()), Units.bytes(at.bytesTotal())));
        }
        String rate = pace.rateText();
        if (!rate.isEmpty()) {
            text.append(text.isEmpty() ? "" : " \u00b7 ").append(rate);
        }
        text.append(text.isEmpty() ? "" : " \u00b7 ").append(Messages.get("scan.elapsed", Units.duration(seconds)));
        return text.toString();
    }

    void pauseOrProceed() {
        Workbench.Scan scan = state.scan().get();
        if (scan != null) {
            if (scan.job().state() == Job.State.PAUSED) {
                scan.job().proceed();
            } else {
                scan.job().pause();
            }
            look();
        }
    }

    /** Ends the scan; what was found stays. */
    void stop() {
        Workbench.Scan scan = state.scan().get();
        if (scan != null) {
            scan.job().cancel();
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

    /** What the scan was asked for; of a saved one, what it was made with. */
    ScanPlan plan() {
        Workbench.Scan scan = state.scan().get();
        return scan == null ? state.plan().get() : scan.plan();
    }

    /** The backup whose files are listed; null on a volume. */
    @Nullable
    SourceNode backup() {
        SourceNode place = state.node().get();
        return place != null && place.kind().backup() ? place : null;
    }

    /** Goes back to the plan, with the thorough scan chosen. */
    void planThorough() {
        ScanPlan now = plan();
        state.plan().set(new ScanPlan(true, now.deleted(), now.existing()));
        state.step().set(Step.SCAN_PLAN);
    }

    /** Whether the scan came to its end and found nothing of what it was asked for. */
    BooleanProperty nothing() {
        return nothing;
    }

    /** Whether a backup was gone through to its end and lists no file; its folders can be restored all the same. */
    BooleanProperty foldersOnly() {
        return foldersOnly;
    }

    /** How many of the {@link #problemCount()} only say what is good to know. */
    LongProperty noteCount() {
        return noteCount;
    }

    /** All problems and notes, also those past the ones that are listed. */
    LongProperty problemCount() {
        return problemCount;
    }

    /** What ended the scan before its end, in words; empty if nothing did. */
    StringProperty error() {
        return error;
    }

    /** What can be done after that. */
    String errorNext() {
        return errorNext;
    }

    /** 0 to 1, -1 where it is not known. */
    DoubleProperty progress() {
        return progress;
    }

    BooleanProperty running() {
        return running;
    }

    BooleanProperty reviewable() {
        return reviewable;
    }

    ObjectProperty<ScanTotals> totals() {
        return totals;
    }

    ObservableList<Problem> problems() {
        return problems;
    }
}
