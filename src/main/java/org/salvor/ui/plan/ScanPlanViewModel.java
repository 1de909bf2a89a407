package org.salvor.ui.plan;

import java.nio.charset.Charset;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanCost;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.service.Job;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;

/** How thorough, and which files; and what that costs on this source. */
final class ScanPlanViewModel {
    /** Which files are listed. */
    enum What {
        DELETED,
        EXISTING,
        ALL
    }

    /** No more than a measurement reads: no medium needs long for it. */
    private static final long SMALL = 64L << 20;

    private final WizardState state;
    private final BooleanProperty thorough = new SimpleBooleanProperty();
    private final ObjectProperty<What> what = new SimpleObjectProperty<>(What.DELETED);
    private final ObjectProperty<@Nullable ScanCost> cost = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ByteNames> names = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Charset> page = new SimpleObjectProperty<>();
    private final BooleanProperty reopening = new SimpleBooleanProperty();
    private final StringProperty problem = new SimpleStringProperty("");
    private @Nullable RecoverySession measured;
    private @Nullable Job<?> measuring;

    ScanPlanViewModel(WizardState state) {
        this.state = state;
    }

    BooleanProperty thorough() {
        return thorough;
    }

    ObjectProperty<What> what() {
        return what;
    }

    /** Null while it is being measured. */
    ObjectProperty<@Nullable ScanCost> cost() {
        return cost;
    }

    /** Names of the place whose code page is told nowhere; null where that is no question. */
    ObjectProperty<@Nullable ByteNames> names() {
        return names;
    }

    /** As which a person wants them read. */
    ObjectProperty<@Nullable Charset> page() {
        return page;
    }

    /** Whether the place is being opened anew. */
    BooleanProperty reopening() {
        return reopening;
    }

    /** Why it could not be; empty if nothing is wrong. */
    StringProperty problem() {
        return problem;
    }

    /** Whether a backup is open: of that everything is listed, and nothing has to be looked for. */
    boolean backup() {
        SourceNode place = state.node().get();
        return place != null && place.kind().backup();
    }

    ScanPlan plan() {
        return new ScanPlan(thorough.get(), what.get() != What.EXISTING, what.get() != What.DELETED);
    }

    /** Reads a few samples of a source that is new here. */
    void measureOnce() {
        RecoverySession session = state.session().get();
        if (session == null || session == measured) {
            return;
        }
        measured = session;
        problem.set("");
        ByteNames doubtful = session.byteNames().orElse(null);
        names.set(doubtful);
        page.set(doubtful == null ? null : doubtful.page());
        // of a volume what was deleted, of a backup all: nothing in it was
        what.set(backup() ? What.ALL : What.DELETED);
        cost.set(null);
        measuring = state.background().run("cost", session::cost, found -> costKnown(session, found), failure -> {
            Faults.tellIfBug(failure);
            costKnown(session, ScanCost.UNKNOWN);
        });
    }

    /** The scan shall have the source for itself. */
    private void stopMeasuring() {
        Job<?> job = measuring;
        if (job != null && cost.get() == null) {
            job.cancel();
            measured = null;
        }
    }

    private static boolean good(Job.State state) {
        return switch (state) {
            case RUNNING, PAUSED, DONE -> true;
            case CANCELLED, FAILED -> false;
        };
    }

    private void costKnown(RecoverySession session, ScanCost found) {
        if (session == measured) {
            cost.set(found);
        }
    }

    /** "about 8 s (1.2 GB at 184 MB/s)", or that it is not known yet, or cannot be. */
    static String costText(@Nullable ScanCost cost, boolean thorough) {
        if (cost == null) {
            return Messages.get("plan.cost.measuring");
        }
        long bytes = thorough ? cost.thoroughBytes() : cost.quickBytes();
        double seconds = cost.seconds(bytes);
        if (seconds < 0) {
            return bytes < 0 ? Messages.get("plan.cost.unknown") : Messages.get("plan.cost.bytes", Units.bytes(bytes));
        }
        if (seconds < 1 && bytes <= SMALL) {
            return Messages.get("plan.cost.moment", Units.bytes(bytes));
        }
        if (cost.fromMemory()) {
            return Messages.get("plan.cost.memory", Units.bytes(bytes));
        }
        if (seconds < 1) {
            return Messages.get("plan.cost.moment", Units.bytes(bytes));
        }
        return Messages.get(
                "plan.cost.time",
                Units.duration(seconds),
                Units.bytes(bytes),
                Units.bytes(Math.round(cost.bytesPerSecond())));
    }

    /** A place that was opened anew because its names are read in another way. */
    private record Reopened(SourceNode tree, SourceNode node, RecoverySession session) {}

    /** Opens the place anew if its names are to be read in another code page, and goes on. */
    void named(Runnable then) {
        ByteNames now = names.get();
        Charset wanted = page.get();
        SourceNode place = state.node().get();
        if (now == null || wanted == null || place == null || wanted.equals(now.page())) {
            then.run();
            return;
        }
        stopMeasuring();
        problem.set("");
        reopening.set(true);
        state.workbench().codePage().choose(wanted);
        state.background()
                .run(
                        "names",
                        monitor -> reopen(place),
                        opened -> {
                            reopening.set(false);
                            take(place, opened, then);
                        },
                        failure -> {
                            reopening.set(false);
                            problem.set(Faults.text(failure));
                        });
    }

    private Reopened reopen(SourceNode place) throws RecoveryException {
        SourceNode tree = state.workbench().recognise(place.source(), state.keys());
        SourceNode node = SourceTrees.find(tree, place.id())
                .orElseThrow(() -> new RecoveryException(
                        Messages.get("source.unknown", place.source().text())));
        return new Reopened(tree, node, state.workbench().open(node, state.keys()));
    }

    /** Unless the person has gone elsewhere meanwhile. */
    private void take(SourceNode place, Reopened opened, Runnable then) {
        if (state.step().get() == Step.SCAN_PLAN && place.equals(state.node().get())) {
            state.places().set(opened.tree());
            state.node().set(opened.node());
            state.session().set(opened.session());
            measureOnce();
            then.run();
        } else {
            var unused = Job.start("close", monitor -> {
                opened.session().close();
                return true;
            });
        }
    }

    /** Starts the scan, unless one with the same plan runs already or came to its end. */
    void start() {
        stopMeasuring();
        ScanPlan plan = plan();
        var earlier = state.scan().get();
        if (earlier != null && earlier.plan().equals(plan) && good(earlier.job().state())) {
            return;
        }
        if (earlier != null) {
            earlier.job().cancel();
        }
        state.plan().set(plan);
        state.scan().set(state.workbench().scan(state.openSession(), plan));
    }
}
