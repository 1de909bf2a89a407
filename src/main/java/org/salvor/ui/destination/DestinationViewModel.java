package org.salvor.ui.destination;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Source;
import org.salvor.restore.PlanIssue;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Engine;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.WizardState;

/** Where to, and by which rules. Each change asks for a new dry run in the background; only the latest counts. */
final class DestinationViewModel {
    private final WizardState state;
    private final StringProperty folder = new SimpleStringProperty("");
    private final ObjectProperty<RestoreOptions.Layout> layout =
            new SimpleObjectProperty<>(RestoreOptions.Layout.ORIGINAL);
    private final ObjectProperty<RestoreOptions.OnConflict> onConflict =
            new SimpleObjectProperty<>(RestoreOptions.OnConflict.KEEP_BOTH);
    private final ObjectProperty<RestoreOptions.Partial> partial =
            new SimpleObjectProperty<>(RestoreOptions.Partial.RENAME);
    private final BooleanProperty permissions = new SimpleBooleanProperty();
    private final BooleanProperty verify = new SimpleBooleanProperty(true);
    private final BooleanProperty confirmed = new SimpleBooleanProperty();
    private final IntegerProperty changes = new SimpleIntegerProperty();
    private final BooleanProperty checking = new SimpleBooleanProperty();
    private final StringProperty problem = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable RestorePlan> plan = new SimpleObjectProperty<>();
    private final ObjectProperty<Target> target = new SimpleObjectProperty<>(Target.UNKNOWN);
    private @Nullable Job<RestorePlan> running;
    private @Nullable RestoreOptions asked;

    DestinationViewModel(WizardState state) {
        this.state = state;
        folder.subscribe((was, is) -> {
            confirmed.set(false);
            outdated();
        });
        layout.subscribe((was, is) -> outdated());
        onConflict.subscribe((was, is) -> outdated());
        partial.subscribe((was, is) -> outdated());
        permissions.subscribe((was, is) -> outdated());
        verify.subscribe((was, is) -> outdated());
        confirmed.subscribe((was, is) -> outdated());
        state.engine().subscribe((was, is) -> outdated());
    }

    /** What the dry run said no longer holds. */
    private void outdated() {
        Job<RestorePlan> earlier = running;
        if (earlier != null) {
            earlier.cancel();
        }
        running = null;
        asked = null;
        plan.set(null);
        problem.set("");
        checking.set(!folder.get().isBlank());
        changes.set(changes.get() + 1);
    }

    /** Rises with each change, so that the page can wait for the last of a few. */
    IntegerProperty changes() {
        return changes;
    }

    /** The selection may have changed meanwhile. */
    void again() {
        outdated();
    }

    /** Makes the dry run for what is chosen now. Called a moment after the last change. */
    void check() {
        Path path = path();
        Source source = state.source().get();
        var session = state.session().get();
        var catalog = state.catalog().get();
        if (path == null || source == null || session == null || catalog == null) {
            checking.set(false);
            return;
        }
        RestoreOptions options = new RestoreOptions(
                path,
                layout.get(),
                onConflict.get(),
                partial.get(),
                permissions.get(),
                verify.get(),
                confirmed.get(),
                state.engine().get() == Engine.PORTABLE
                        ? RestoreOptions.Form.PORTABLE_FILES
                        : RestoreOptions.Form.FILES);
        asked = options;
        checking.set(true);
        state.background()
                .run(
                        "target",
                        monitor -> Target.of(path),
                        found -> {
                            if (options.equals(asked)) {
                                target.set(found);
                            }
                        },
                        failure -> problem.set(Faults.text(failure)));
        running = state.works()
                .show(
                        Messages.get("work.plan"),
                        state.background()
                                .watch(
                                        state.workbench()
                                                .plan(
                                                        source,
                                                        session,
                                                        catalog,
                                                        state.selection().get(),
                                                        options),
                                        found -> planned(options, found),
                                        failure -> failed(options, failure)));
    }

    private void planned(RestoreOptions options, RestorePlan found) {
        if (options.equals(asked)) {
            checking.set(false);
            plan.set(found);
        }
    }

    private void failed(RestoreOptions options, Throwable failure) {
        if (options.equals(asked)) {
            checking.set(false);
            problem.set(Faults.text(failure));
        }
    }

    /** The folder, or null with the reason told. */
    private @Nullable Path path() {
        String text = folder.get().strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
            problem.set(Messages.get("destination.notAbsolute"));
        } catch (InvalidPathException e) {
            problem.set(Messages.get("destination.invalid"));
        }
        return null;
    }

    /** Those that stop the way first. */
    static List<PlanIssue> issues(@Nullable RestorePlan plan) {
        return plan == null
                ? List.of()
                : plan.issues().stream()
                        .sorted(Comparator.comparing(PlanIssue::blocking).reversed())
                        .toList();
    }

    /** Whether an issue lies in the folder, so that another folder would mend it; the others lie in the files that were chosen. */
    static boolean ofFolder(PlanIssue.Kind kind) {
        return switch (kind) {
            case TARGET_ON_SOURCE,
                    SAME_DISK,
                    PLACE_UNKNOWN,
                    SPACE,
                    NOT_WRITABLE,
                    FILE_TOO_LARGE,
                    CONFLICT,
                    FEATURES_LOST -> true;
            case NAMES_CHANGED, NOT_RESTORABLE, KEPT_ENCRYPTED, NOTHING_CHOSEN -> false;
        };
    }

    /** Hands the dry run on. */
    void take() {
        RestorePlan made = Objects.requireNonNull(plan.get(), "no dry run");
        state.options().set(made.options());
        state.restorePlan().set(made);
    }

    StringProperty folder() {
        return folder;
    }

    ObjectProperty<RestoreOptions.Layout> layout() {
        return layout;
    }

    ObjectProperty<RestoreOptions.OnConflict> onConflict() {
        return onConflict;
    }

    ObjectProperty<RestoreOptions.Partial> partial() {
        return partial;
    }

    BooleanProperty permissions() {
        return permissions;
    }

    BooleanProperty verify() {
        return verify;
    }

    /** A person has confirmed what needs a confirmation for this folder. */
    BooleanProperty confirmed() {
        return confirmed;
    }

    /** Whether a dry run is awaited. */
    BooleanProperty checking() {
        return checking;
    }

    /** What is wrong with the folder as it was typed, or why no dry run could be made; empty if nothing is. */
    StringProperty problem() {
        return problem;
    }

    /** The dry run for what is chosen now, null until it is made. */
    ObjectProperty<@Nullable RestorePlan> plan() {
        return plan;
    }

    ObjectProperty<Target> target() {
        return target;
    }
}
