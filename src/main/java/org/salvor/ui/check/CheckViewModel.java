package org.salvor.ui.check;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SelectionFile;
import org.salvor.recovery.Source;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.Unfinished;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.ShellWords;
import org.salvor.text.Units;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.WizardState;

/** The dry run, in one sentence and in lists that can be searched. */
final class CheckViewModel {
    /** More ids than this make a line nobody wants to paste. */
    private static final int MOST_IDS = 20;

    private final WizardState state;
    private final ObjectProperty<@Nullable PlanSummary> summary = new SimpleObjectProperty<>();
    private final ObjectProperty<PlanSummary.Group> group = new SimpleObjectProperty<>(PlanSummary.Group.COPIED);
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty error = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable KeptEncrypted> encrypted = new SimpleObjectProperty<>();
    private final ObservableList<PlannedFile> shown = FXCollections.observableArrayList();
    private int searches;

    CheckViewModel(WizardState state) {
        this.state = state;
        state.restorePlan().subscribe(this::sort);
        group.subscribe((was, is) -> show());
        search.subscribe((was, is) -> show());
    }

    private void sort(@Nullable RestorePlan plan) {
        summary.set(null);
        shown.clear();
        error.set("");
        encrypted.set(null);
        Catalog catalog = state.catalog().get();
        if (plan == null || catalog == null) {
            return;
        }
        state.background()
                .run(
                        "encrypted",
                        monitor -> KeptEncrypted.of(plan, catalog),
                        found -> {
                            if (plan == state.restorePlan().get() && found.files() > 0) {
                                encrypted.set(found);
                            }
                        },
                        this::failed);
        state.background().run("check", monitor -> PlanSummary.of(plan), this::sorted, this::failed);
    }

    private void sorted(PlanSummary found) {
        if (found.plan() == state.restorePlan().get()) {
            search.set("");
            group.set(first(found));
            summary.set(found);
            show();
        }
    }

    /** What is copied, or else what tells why nothing is. */
    private static PlanSummary.Group first(PlanSummary found) {
        return Stream.of(PlanSummary.Group.COPIED, PlanSummary.Group.IMPOSSIBLE, PlanSummary.Group.LEFT_OUT)
                .filter(group -> found.count(group) > 0)
                .findFirst()
                .orElse(PlanSummary.Group.COPIED);
    }

    private void failed(Throwable failure) {
        error.set(Faults.text(failure));
    }

    private void show() {
        PlanSummary all = summary.get();
        if (all == null) {
            return;
        }
        int number = ++searches;
        PlanSummary.Group which = group.get();
        String text = search.get();
        state.background()
                .run(
                        "search",
                        monitor -> all.search(which, text),
                        found -> {
                            if (number == searches) {
                                shown.setAll(found);
                            }
                        },
                        this::failed);
    }

    /** The sentence in large type. */
    static String sentence(PlanSummary summary, String source) {
        RestorePlan plan = summary.plan();
        long files = summary.count(PlanSummary.Group.COPIED);
        if (files == 0) {
            return Messages.get("check.nothing");
        }
        return Messages.get(
                "check.sentence",
                Units.files(files),
                Units.bytes(plan.bytes()),
                source,
                plan.options().target().toString());
    }

    /** "Holiday disk (/dev/sdb)", for a person. */
    String sourceName() {
        Source source = state.source().get();
        var node = state.node().get();
        String text = source == null ? "" : source.text();
        if (source instanceof Source.Practice) {
            return Messages.get("check.practice");
        }
        return node == null || node.label().isEmpty() ? text : Messages.get("check.source", node.label(), text);
    }

    /** Starts copying. */
    void start() {
        RestorePlan plan = Objects.requireNonNull(state.restorePlan().get(), "no plan");
        Source source = Objects.requireNonNull(state.source().get(), "no source");
        Catalog catalog = Objects.requireNonNull(state.catalog().get(), "no catalog");
        long files = plan.files().stream().filter(file -> !file.folder()).count();
        state.remember(new EarlierWork(EarlierWork.Kind.COPY, plan.journal(), source.text(), Instant.now(), files));
        state.report().set(null);
        state.journal().set(null);
        state.before().set(Unfinished.nothingYet(plan));
        state.restoreJob().set(state.workbench().restore(source, state.openSession(), catalog, plan));
    }

    /** Whether the line needs a file that holds the selection, because it would be too long otherwise. */
    boolean needsSelectionFile() {
        return !allChosen() && state.selection().get().count() > MOST_IDS;
    }

    private boolean allChosen() {
        Catalog catalog = state.catalog().get();
        var scan = state.scan().get();
        if (catalog == null || scan == null || scan.job().state() != Job.State.DONE) {
            return false;
        }
        ScanPlan plan = state.plan().get();
        BitSet rows = state.selection().get().rows();
        for (int row = 0; row < catalog.size(); row++) {
            if (rows.get(row) != plan.asksFor(catalog, row)) {
                return false;
            }
        }
        return true;
    }

    /** Saves the selection there, in the background, and gives the line that uses it. */
    void commandWithFile(Path file, Consumer<String> done) {
        Catalog catalog = Objects.requireNonNull(state.catalog().get(), "no catalog");
        Selection chosen = new Selection(state.selection().get().rows());
        var session = state.openSession();
        state.background()
                .run(
                        "selection",
                        monitor -> {
                            SelectionFile.save(file, session.identity(), catalog, chosen);
                            return file;
                        },
                        saved -> done.accept(line(new CommandLine.Chosen.SelectionFile(saved))),
                        this::failed);
    }

    /** The line that does the same. */
    String command() {
        if (allChosen()) {
            return line(new CommandLine.Chosen.All());
        }
        Catalog catalog = Objects.requireNonNull(state.catalog().get(), "no catalog");
        BitSet rows = state.selection().get().rows();
        List<String> ids = new ArrayList<>();
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            ids.add(catalog.id(row).text());
        }
        return line(new CommandLine.Chosen.Ids(ids));
    }

    private String line(CommandLine.Chosen chosen) {
        RestorePlan plan = Objects.requireNonNull(state.restorePlan().get(), "no plan");
        return ShellWords.line(
                CommandLine.words(
                        Objects.requireNonNull(state.source().get(), "no source"),
                        Objects.requireNonNull(state.node().get(), "no place"),
                        state.plan().get(),
                        plan.options(),
                        new CommandLine.Ways(
                                state.engine().get(),
                                state.workbench().codePage().chosen()),
                        chosen),
                System.getProperty("os.name", "").startsWith("Windows"));
    }

    ObjectProperty<@Nullable PlanSummary> summary() {
        return summary;
    }

    ObjectProperty<PlanSummary.Group> group() {
        return group;
    }

    StringProperty search() {
        return search;
    }

    /** What stays encrypted; null if nothing does. */
    ObjectProperty<@Nullable KeptEncrypted> encrypted() {
        return encrypted;
    }

    StringProperty error() {
        return error;
    }

    /** The files of the group that fit the search. */
    ObservableList<PlannedFile> shown() {
        return shown;
    }
}
