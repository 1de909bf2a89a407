package org.salvor.ui.report;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.Outcome;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;

/** What became of the files; saving it, and proving it again. */
final class ReportViewModel {
    private final WizardState state;
    private final ObjectProperty<@Nullable ReportSummary> summary = new SimpleObjectProperty<>();
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty error = new SimpleStringProperty("");
    private final ObservableList<RestoredFile> shown = FXCollections.observableArrayList();
    private final StringProperty verified = new SimpleStringProperty("");
    private Banner.Kind verifiedKind = Banner.Kind.INFO;
    private boolean verifying;
    private int searches;

    ReportViewModel(WizardState state) {
        this.state = state;
        state.report().subscribe(this::sort);
        search.subscribe((was, is) -> show());
    }

    private void sort(@Nullable RestoreReport report) {
        summary.set(null);
        shown.clear();
        error.set("");
        verified.set("");
        if (report != null) {
            state.background()
                    .run(
                            "report",
                            monitor -> ReportSummary.of(report),
                            found -> {
                                if (found.report() == state.report().get()) {
                                    summary.set(found);
                                    show();
                                }
                            },
                            this::failed);
        }
    }

    private void failed(Throwable failure) {
        error.set(Faults.text(failure));
    }

    private void show() {
        ReportSummary all = summary.get();
        if (all == null) {
            return;
        }
        int number = ++searches;
        String part = search.get().strip().toLowerCase(Locale.ROOT);
        state.background()
                .run(
                        "search",
                        monitor -> find(all.report().files(), part),
                        found -> {
                            if (number == searches) {
                                shown.setAll(found);
                            }
                        },
                        this::failed);
    }

    private static List<RestoredFile> find(List<RestoredFile> files, String part) {
        return part.isEmpty()
                ? files
                : files.stream()
                        .filter(file -> file.path().toLowerCase(Locale.ROOT).contains(part)
                                || file.target().toLowerCase(Locale.ROOT).contains(part))
                        .toList();
    }

    /** The headline. */
    static String headline(ReportSummary summary) {
        return switch (summary.verdict()) {
            case ALL ->
                summary.total() == 1
                        ? Messages.get("reportpage.all.one")
                        : Messages.get("reportpage.all", Units.count(summary.total()));
            case ALL_FOUND -> Messages.get("reportpage.allFound", summary.total());
            case ALL_BUT ->
                Messages.get("reportpage.allBut", Units.count(summary.missing()), Units.files(summary.total()));
            case NONE -> Messages.get("reportpage.none");
            case STOPPED ->
                Messages.get(
                        "reportpage.stopped", Units.count(summary.report().thereCount()), Units.files(summary.total()));
        };
    }

    /** What is safe, and what to do next. */
    String explanation(ReportSummary summary) {
        RestoreReport report = summary.report();
        if (next() == Next.TRY_AGAIN) {
            return Messages.get("reportpage.notBegun.text");
        }
        return switch (summary.verdict()) {
            case ALL ->
                Messages.get(
                        "reportpage.all.text",
                        Units.bytes(report.bytes()),
                        report.target().toString());
            case ALL_FOUND ->
                Messages.get("reportpage.allFound.text", report.target().toString());
            case ALL_BUT ->
                Messages.get("reportpage.allBut.text", report.target().toString());
            case NONE -> Messages.get("reportpage.none.text");
            case STOPPED ->
                switch (report.stop()) {
                    case NONE, CANCELLED -> Messages.get("reportpage.stopped.text");
                    case TARGET_FULL -> Messages.get("reportpage.full.text");
                    case TARGET_GONE -> Messages.get("reportpage.gone.text");
                    case ERROR -> Messages.get("reportpage.error.text");
                };
        };
    }

    /** A word for what became of a file. */
    static String text(Outcome outcome) {
        return switch (outcome) {
            case RESTORED -> Messages.get("reportpage.outcome.RESTORED");
            case PARTIAL -> Messages.get("reportpage.outcome.PARTIAL");
            case KEPT_ENCRYPTED -> Messages.get("reportpage.outcome.KEPT_ENCRYPTED");
            case SKIPPED -> Messages.get("reportpage.outcome.SKIPPED");
            case FAILED -> Messages.get("reportpage.outcome.FAILED");
        };
    }

    /** Whether a file that did not come back might do so another time. */
    static boolean worthTrying(RestoredFile file) {
        return file.outcome() == Outcome.FAILED && file.rating() != RatingClass.OVERWRITTEN;
    }

    /** What a person can do about it. */
    static String nextStep(ReportSummary.Cause cause) {
        return switch (cause.outcome()) {
            case RESTORED -> "";
            case PARTIAL -> Messages.get("reportpage.next.PARTIAL");
            case KEPT_ENCRYPTED -> Messages.get("reportpage.next.KEPT_ENCRYPTED");
            case SKIPPED -> Messages.get("reportpage.next.SKIPPED");
            case FAILED ->
                cause.files().stream().allMatch(file -> file.rating() == RatingClass.OVERWRITTEN)
                        ? Messages.get("reportpage.next.OVERWRITTEN")
                        : Messages.get("reportpage.next.FAILED");
        };
    }

    /** In the form that the ending of the name says; JSON for any other. Never on the source. */
    void save(Path file, Consumer<Path> done) {
        RestoreReport report = Objects.requireNonNull(state.report().get(), "no report");
        var source = Objects.requireNonNull(state.source().get(), "no source");
        error.set("");
        state.background()
                .run(
                        "save",
                        monitor -> {
                            state.workbench().checkPlace(source, file);
                            state.workbench()
                                    .writeReport(
                                            report, file, ReportForm.of(file).orElse(ReportForm.JSON));
                            return file;
                        },
                        done,
                        this::failed);
    }

    /** Reads every file again and compares it with what was written. While it does so it does not begin anew. */
    void verify() {
        if (verifying) {
            return;
        }
        RestoreReport report = Objects.requireNonNull(state.report().get(), "no report");
        verifying = true;
        tellVerified(Banner.Kind.INFO, Messages.get("reportpage.verifying"));
        error.set("");
        Job<RestoreReport> job = state.works()
                .show(
                        Messages.get("work.verify"),
                        state.background()
                                .watch(
                                        state.workbench().verify(report),
                                        found -> verified(report, found),
                                        this::failed));
        var unused = job.result().whenComplete((found, failure) -> state.ui().execute(this::verifyEnded));
    }

    /** What could not be written in the first place has not changed since. */
    private void verified(RestoreReport report, RestoreReport found) {
        long different = found.count(Outcome.FAILED) - report.count(Outcome.FAILED);
        if (different == 0) {
            long files = report.fileCount() - report.count(Outcome.FAILED);
            tellVerified(Banner.Kind.GOOD, Messages.get("reportpage.verified", Units.files(files)));
        } else {
            tellVerified(Banner.Kind.ERROR, Messages.get("reportpage.verified.not", different));
        }
    }

    private void verifyEnded() {
        verifying = false;
        if (verifiedKind == Banner.Kind.INFO) {
            verified.set("");
        }
    }

    private void tellVerified(Banner.Kind kind, String text) {
        verifiedKind = kind;
        verified.set(text);
    }

    /** What the last verification found, or that it is at work; empty before one. */
    StringProperty verified() {
        return verified;
    }

    Banner.Kind verifiedKind() {
        return verifiedKind;
    }

    /** Shows the folder in the system's own way; it may take a while, and never on the UI thread. */
    void open(Path folder) {
        state.background()
                .run(
                        "open",
                        monitor -> state.settings().openFolder(folder),
                        opened -> {
                            if (!opened) {
                                error.set(Messages.get("reportpage.open.not", folder));
                            }
                        },
                        this::failed);
    }

    /** What can be done next. */
    enum Next {
        /** A copy that was stopped goes on where it was. */
        RESUME,
        /** One that had not begun: the target is looked at again, or another is chosen. */
        TRY_AGAIN,
        /** Another choice from what the same scan found. */
        NEW_SELECTION
    }

    Next next() {
        ReportSummary now = summary.get();
        if (now == null || !now.report().stopped() || state.session().get() == null) {
            return Next.NEW_SELECTION;
        }
        return state.journal().get() == null && state.restorePlan().get() != null ? Next.TRY_AGAIN : Next.RESUME;
    }

    /** Goes to the page where the target is looked at again. */
    void tryAgain() {
        state.step().set(Step.DESTINATION);
    }

    /** Goes on with a copy that was stopped, from the journal in its folder. */
    void resume() {
        RestoreReport report = Objects.requireNonNull(state.report().get(), "no report");
        Source source = Objects.requireNonNull(state.source().get(), "no source");
        Path journal = state.journal().get();
        state.before().set(report);
        state.report().set(null);
        state.restoreJob()
                .set(state.workbench()
                        .resume(
                                journal == null ? report.target().resolve(JournalInfo.FILE_NAME) : journal,
                                source,
                                state.openSession()));
        state.step().set(Step.RESTORE);
    }

    /** Ticks what was not restored, and nothing else, and goes to the page where it can be looked at. */
    void chooseFailed() {
        RestoreReport report = Objects.requireNonNull(state.report().get(), "no report");
        Catalog catalog = state.catalog().get();
        if (catalog == null) {
            return;
        }
        state.background()
                .run(
                        "choose",
                        monitor -> rows(report, catalog),
                        rows -> {
                            if (catalog == state.catalog().get()) {
                                state.selection().set(new Selection(rows));
                                state.step().set(Step.CHOOSE);
                            }
                        },
                        this::failed);
    }

    private static BitSet rows(RestoreReport report, Catalog catalog) {
        Set<String> failed = report.files().stream()
                .filter(ReportViewModel::worthTrying)
                .map(RestoredFile::id)
                .collect(Collectors.toSet());
        BitSet rows = new BitSet();
        for (int row = 0; row < catalog.size(); row++) {
            if (!catalog.folder(row) && failed.contains(catalog.id(row).text())) {
                rows.set(row);
            }
        }
        return rows;
    }

    /** Another choice from what the same scan found. */
    void again() {
        state.step().set(Step.CHOOSE);
    }

    ObjectProperty<@Nullable ReportSummary> summary() {
        return summary;
    }

    /** Whether anything was written that could be looked at. */
    BooleanBinding written() {
        return Bindings.createBooleanBinding(
                () -> {
                    ReportSummary now = summary.get();
                    return now != null && now.written() > 0;
                },
                summary);
    }

    StringProperty search() {
        return search;
    }

    StringProperty error() {
        return error;
    }

    ObservableList<RestoredFile> shown() {
        return shown;
    }
}
