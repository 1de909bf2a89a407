package org.salvor.ui;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Source;
import org.salvor.service.Workbench;
import org.salvor.ui.check.CheckView;
import org.salvor.ui.choose.ChoosePage;
import org.salvor.ui.destination.DestinationView;
import org.salvor.ui.plan.ScanPlanView;
import org.salvor.ui.report.ReportView;
import org.salvor.ui.restore.RestoreView;
import org.salvor.ui.scan.ScanView;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Pages;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.shell.WizardWindow;
import org.salvor.ui.source.SourceView;
import org.salvor.ui.start.StartView;
import org.salvor.ui.theme.Themes;

/** The wizard as a program. */
public final class SalvorApplication extends Application {
    /**
     * What the wizard needs from outside.
     *
     * @param first the source it starts at, null for the first page
     * @param rehearsal it shall go through its first pages by itself, and end
     */
    public record Setup(
            Workbench workbench,
            UiSettings settings,
            @Nullable Source first,
            boolean rehearsal) {}

    private static final AtomicReference<Setup> SETUP = new AtomicReference<>();

    /** Opens the window and returns when it is closed. Throws UnsupportedOperationException where the toolkit cannot start. */
    public static void run(Setup setup) {
        SETUP.set(setup);
        beforeToolkit();
        Application.launch(SalvorApplication.class);
    }

    /**
     * What the toolkit has to know before it starts. Without a graphics card it draws the pictures of backgrounds that it keeps half a
     * pixel too high, beyond what it clears: a line of each button that is gone would stay.
     */
    static void beforeToolkit() {
        System.setProperty("prism.disableRegionCaching", "true");
    }

    @Override
    public void start(Stage stage) {
        Setup setup = Objects.requireNonNull(SETUP.get(), "started without run()");
        FxQueue ui = new FxQueue();
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(ui));
        // before the first control, for which the toolkit would load a theme of its own
        Themes.use(setup.settings().dark());
        WizardState state = new WizardState(setup.workbench(), setup.settings(), ui);
        window(state).open(stage);
        startAt(state, setup.first());
        if (setup.rehearsal()) {
            Rehearsal.of(state, stage);
        }
    }

    /** Goes to the page Source with that source; null stays at the first page. */
    static void startAt(WizardState state, @Nullable Source first) {
        if (first != null) {
            state.source().set(first);
            state.step().set(Step.SOURCE);
        }
    }

    /** The window with all its pages. */
    public static WizardWindow window(WizardState state) {
        Pages pages = new Pages();
        pages.add(Step.START, () -> new StartView(state));
        pages.add(Step.SOURCE, () -> new SourceView(state));
        pages.add(Step.SCAN_PLAN, () -> new ScanPlanView(state));
        pages.add(Step.SCAN, () -> new ScanView(state));
        pages.add(Step.CHOOSE, () -> new ChoosePage(state));
        pages.add(Step.DESTINATION, () -> new DestinationView(state));
        pages.add(Step.CHECK, () -> new CheckView(state));
        pages.add(Step.RESTORE, () -> new RestoreView(state));
        pages.add(Step.REPORT, () -> new ReportView(state));
        return new WizardWindow(state, pages);
    }
}
