package org.salvor.ui.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.UnknownSourceException;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.WizardState;

/** Which source, and which place on it. Listing, recognising and opening run in the background. */
final class SourceViewModel {
    /** What the page does now. */
    enum Activity {
        IDLE,
        RECOGNISING,
        OPENING,
        OPENING_SCAN,
        SWEEPING
    }

    private final WizardState state;
    private final ObservableList<SourceRow> disks = FXCollections.observableArrayList();
    private final ObservableList<Path> ownFiles = FXCollections.observableArrayList();
    private final BooleanProperty listing = new SimpleBooleanProperty();
    private final ObjectProperty<Activity> activity = new SimpleObjectProperty<>(Activity.IDLE);
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final StringProperty notice = new SimpleStringProperty("");
    private final BooleanProperty sweepable = new SimpleBooleanProperty();
    private @Nullable Job<?> recognising;
    private @Nullable Job<SourceNode> sweeping;
    private boolean listed;
    private boolean adopting;

    SourceViewModel(WizardState state) {
        this.state = state;
        state.source().subscribe(this::sourceChanged);
    }

    ObservableList<SourceRow> disks() {
        return disks;
    }

    BooleanProperty listing() {
        return listing;
    }

    /** Whether images and backups are picked instead of disks. */
    BooleanProperty images() {
        return state.images();
    }

    ObjectProperty<Activity> activity() {
        return activity;
    }

    /** What went wrong with the source chosen last, in words; empty if nothing did. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    void listOnce() {
        if (!listed) {
            list();
        }
    }

    /** Asks again which disks there are. */
    void list() {
        listed = true;
        listing.set(true);
        state.background()
                .run(
                        "list",
                        monitor -> state.workbench().discover(),
                        found -> {
                            listing.set(false);
                            List<SourceRow> rows = new ArrayList<>();
                            for (Source source : found) {
                                if (source instanceof Source.Device device) {
                                    rows.add(SourceRow.of(device));
                                }
                            }
                            disks.setAll(rows);
                        },
                        failure -> {
                            listing.set(false);
                            error.set(Faults.text(failure));
                        });
    }

    /** A file or folder that was dropped, picked or typed. */
    void pick(String text) {
        if (!text.isBlank()) {
            try {
                pick(SourceNames.parse(text.strip()));
            } catch (RecoveryException e) {
                error.set(Faults.text(e));
            }
        }
    }

    void pick(Source source) {
        if (Objects.equals(source, state.source().get())) {
            sourceChanged(source);
        } else {
            state.source().set(source);
        }
    }

    private void sourceChanged(@Nullable Source source) {
        Job<?> earlier = recognising;
        if (earlier != null) {
            earlier.cancel();
        }
        stopSweep();
        sweeping = null;
        notice.set("");
        error.set("");
        sweepable.set(false);
        ownFiles.clear();
        activity.set(Activity.IDLE);
        if (source == null) {
            return;
        }
        state.images().set(!(source instanceof Source.Device));
        if (adopting) {
            return;
        }
        if (source instanceof Source.SavedScan saved) {
            openScan(saved);
            return;
        }
        activity.set(Activity.RECOGNISING);
        lookForOwnFiles(source);
        recognising = state.background()
                .run(
                        "recognise",
                        monitor -> state.workbench().recognise(source, state.keys()),
                        tree -> recognised(source, tree),
                        failure -> failed(source, failure));
    }

    /** Opens a saved scan with its source, and goes to the files it found. */
    private void openScan(Source.SavedScan saved) {
        activity.set(Activity.OPENING_SCAN);
        recognising = state.works()
                .show(
                        Messages.get("work.openScan"),
                        state.background()
                                .run(
                                        "open-scan",
                                        monitor -> state.workbench().openSaved(saved.path(), state.keys()),
                                        opened -> scanOpened(saved, opened),
                                        failure -> failed(saved, failure)));
    }

    private void scanOpened(Source.SavedScan saved, Workbench.OpenedScan opened) {
        if (!saved.equals(state.source().get())) {
            state.background().run("close", monitor -> closed(opened.session()), closed -> {}, failure -> {});
            return;
        }
        activity.set(Activity.IDLE);
        adopting = true;
        try {
            state.take(opened);
        } finally {
            adopting = false;
        }
        lookForOwnFiles(opened.node().source());
    }

    /** Whether the program itself would write to the source: told before a scan, while there is time to go elsewhere. */
    private void lookForOwnFiles(Source source) {
        state.background()
                .run(
                        "own",
                        monitor -> state.workbench()
                                .ownFilesOn(source, state.settings().programFiles()),
                        found -> {
                            if (source.equals(state.source().get())) {
                                ownFiles.setAll(found);
                            }
                        },
                        failure -> error.set(Faults.text(failure)));
    }

    /** The program's own files that lie on the source. */
    ObservableList<Path> ownFiles() {
        return ownFiles;
    }

    private void recognised(Source source, SourceNode tree) {
        if (!source.equals(state.source().get())) {
            return;
        }
        activity.set(Activity.IDLE);
        if (tree.equals(state.places().get()) && state.node().get() != null) {
            // a copy that is continued has chosen its place already
            return;
        }
        state.places().set(tree);
        List<SourceNode> readable = SourceTrees.readable(tree);
        if (!readable.isEmpty()) {
            state.node().set(tree.kind().backup() ? readable.getFirst() : largest(readable));
        } else {
            sweepable.set(tree.state() == SourceNode.State.CONTAINER && !searched());
            error.set(
                    tree.kind().backup() && !tree.detail().isEmpty()
                            ? tree.detail()
                            : Messages.get("source.nothingReadable"));
        }
    }

    /** Looks for lost volumes in all of the source, which may take as long as reading it. */
    void sweep() {
        Source source = Objects.requireNonNull(state.source().get(), "no source");
        activity.set(Activity.SWEEPING);
        sweepable.set(false);
        notice.set("");
        error.set("");
        SourceNode before = state.places().get();
        Job<SourceNode> job = state.workbench().sweep(source, state.keys());
        sweeping = job;
        state.works()
                .show(
                        Messages.get("work.sweep"),
                        state.background()
                                .watch(job, tree -> swept(source, before, tree), failure -> failed(source, failure)));
        var unused = job.result()
                .whenComplete((tree, failure) -> state.ui().execute(() -> {
                    if (sweeping == job && activity.get() == Activity.SWEEPING) {
                        activity.set(Activity.IDLE);
                    }
                }));
    }

    private void swept(Source source, @Nullable SourceNode before, SourceNode tree) {
        if (!source.equals(state.source().get())) {
            return;
        }
        activity.set(Activity.IDLE);
        if (tree.equals(before)) {
            notice.set(Messages.get("source.sweep.nothing"));
            recognisedAgain(tree);
        } else {
            recognised(source, tree);
        }
    }

    /** The same places as before: what was chosen of them stays. */
    private void recognisedAgain(SourceNode tree) {
        if (SourceTrees.readable(tree).isEmpty()) {
            error.set(Messages.get("source.nothingReadable"));
        }
    }

    void stopSweep() {
        Job<SourceNode> job = sweeping;
        if (job != null) {
            job.cancel();
        }
    }

    /** "12 GB of 500 GB"; empty while no sweep runs. */
    String sweepText() {
        Job<SourceNode> job = sweeping;
        if (job == null || job.progress().bytesTotal() <= 0) {
            return "";
        }
        return Messages.get(
                "source.sweep.of",
                Units.bytes(job.progress().bytesDone()),
                Units.bytes(job.progress().bytesTotal()));
    }

    /** What a search came to, where that is no error; empty if there is nothing to say. */
    StringProperty notice() {
        return notice;
    }

    /** Whether a search of all of the source is what can be done about the error. */
    BooleanProperty sweepable() {
        return sweepable;
    }

    private void failed(Source source, Throwable failure) {
        if (source.equals(state.source().get())) {
            activity.set(Activity.IDLE);
            sweepable.set(failure instanceof UnknownSourceException
                    && !(source instanceof Source.BackupFolder)
                    && !searched());
            error.set(Faults.text(failure));
        }
    }

    /** Whether all of the present source was searched already. */
    private boolean searched() {
        Job<SourceNode> job = sweeping;
        return job != null
                && switch (job.state()) {
                    case DONE, FAILED -> true;
                    case RUNNING, PAUSED, CANCELLED -> false;
                };
    }

    /** Opens the chosen place, then goes on. */
    void open(Runnable advance) {
        SourceNode node = Objects.requireNonNull(state.node().get(), "no place is chosen");
        if (state.session().get() != null) {
            advance.run();
            return;
        }
        activity.set(Activity.OPENING);
        error.set("");
        state.background()
                .run(
                        "open",
                        monitor -> state.workbench().open(node, state.keys()),
                        session -> opened(node, session, advance),
                        failure -> {
                            activity.set(Activity.IDLE);
                            error.set(Faults.text(failure));
                        });
    }

    private void opened(SourceNode node, RecoverySession session, Runnable advance) {
        activity.set(Activity.IDLE);
        if (node.equals(state.node().get())) {
            state.session().set(session);
            advance.run();
        } else {
            state.background().run("close", monitor -> closed(session), closed -> {}, failure -> {});
        }
    }

    private static boolean closed(RecoverySession session) {
        session.close();
        return true;
    }

    /** A guess a person can change (of a backup the newest set comes first, and is taken): where the most room is, the most was kept; a lost volume only if there is no other. */
    private static SourceNode largest(List<SourceNode> nodes) {
        return Collections.max(
                nodes,
                Comparator.comparing((SourceNode node) -> node.kind() != SourceNode.Kind.LOST_VOLUME)
                        .thenComparingLong(SourceNode::length));
    }
}
