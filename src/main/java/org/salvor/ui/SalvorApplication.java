package org.salvor.ui;

import java.util.ArrayList;
import java.util.List;
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
import org.salvor.ui.shell.Page;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.shell.WizardWindow;
import org.salvor.ui.source.SourceView;
import org.salvor.ui.start.StartView;

/** The wizard as a program. */
public final class SalvorApplication extends Application {
    /** What the wizard needs from outside. {@code first} is the source it starts at, null for the first page. */
    public record Setup(
            Workbench workbench,
            UiSettings settings,
            @Nullable Source first) {}

    private static final AtomicReference<Setup> SETUP = new AtomicReference<>();

    /** Opens the window and returns when it is closed. Throws UnsupportedOperationException where the toolkit cannot start. */
    public static void run(Setup setup) {
        SETUP.set(setup);
        Application.launch(SalvorApplication.class);
    }

    @Override
    public void start(Stage stage) {
        Setup setup = Objects.requireNonNull(SETUP.get(), "started without run()");
        FxQueue ui = new FxQueue();
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(ui));
        WizardState state = new WizardState(setup.workbench(), setup.settings(), ui);
        window(state).open(stage);
        startAt(state, setup.first());
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
        List<Page> pages = new ArrayList<>();
        pages.add(new StartView(state));
        pages.add(new SourceView(state));
        pages.add(new ScanPlanView(state));
        pages.add(new ScanView(state));
        pages.add(new ChoosePage(state));
        pages.add(new DestinationView(state));
        pages.add(new CheckView(state));
        pages.add(new RestoreView(state));
        pages.add(new ReportView(state));
        return new WizardWindow(state, pages);
    }
}
