package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Source;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** Every page in its states: default, empty, error, filled. With -Dsalvor.screenshots=true pictures go to target/screenshots. */
class PageStatesTest extends FxTest {
    private final SyntheticEngine engine = new SyntheticEngine();
    private final SyntheticRestorer restorer = new SyntheticRestorer();
    private final WizardState state =
            new WizardState(new Workbench(List.of(engine), restorer), UiSettings.inMemory(), new FxQueue());

    /** Four pictures, only when they are asked for by -Dsalvor.screenshots=true: they take their time. */
    private void shots(String name) {
        if (!Boolean.getBoolean("salvor.screenshots")) {
            return;
        }
        resize(1280, 800);
        snapshot(name + "-light-1280");
        resize(900, 600);
        snapshot(name + "-light-900");
        set(() -> state.dark().set(true));
        snapshot(name + "-dark-900");
        resize(1280, 800);
        snapshot(name + "-dark-1280");
        set(() -> state.dark().set(false));
    }

    private static void set(Runnable change) {
        fx(() -> {
            change.run();
            return true;
        });
        settle();
    }

    @Test
    void start() {
        open(state, 1280, 800);
        await("the words are shown", () -> shows("Practise first"));
        shots("start");
    }

    @Test
    void source() {
        open(state, 1280, 800);
        set(() -> state.step().set(Step.SOURCE));
        snapshot("source-empty-light-1280");
        Source.Device disk = (Source.Device) engine.discover().get(1);
        set(() -> state.source().set(disk));
        settle();
        assertThat(state.node().get())
                .as("the largest readable place that is not lost")
                .matches(node -> node.id().equals("2"));
        await("the words are shown", () -> shows("The settings of Salvor lie on this disk"));
        assertThat(find("#next", Button.class).isDisabled()).isFalse();
        shots("source-disk");
        engine.failing.with("recognise", new RecoveryException("The file broken.img is empty."));
        set(() -> state.source().set(new Source.ImageFile(Path.of("/media/broken.img"))));
        settle();
        await("the words are shown", () -> shows("The file broken.img is empty."));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        shots("source-error");
    }

    @Test
    void plan() {
        atPlan();
        await("the cost is measured", () -> shows("About 7 s"));
        shots("plan");
    }

    @Test
    void scan() {
        engine.hold = true;
        engine.problems = 6;
        atPlan();
        set(() -> find("#next", Button.class).fire());
        org.testfx.util.WaitForAsyncUtils.sleep(2, java.util.concurrent.TimeUnit.SECONDS);
        await("the words are shown", () -> shows("_Review now"));
        shots("scan-running");
        set(() -> find("#problems", Button.class).fire());
        engine.hold = false;
        org.testfx.util.WaitForAsyncUtils.sleep(1, java.util.concurrent.TimeUnit.SECONDS);
        await("the words are shown", () -> shows("The scan is complete"));
        shots("scan-done");
    }

    private void atPlan() {
        open(state, 1280, 800);
        set(() -> state.source().set(engine.discover().get(1)));
        set(() -> state.step().set(Step.SOURCE));
        await("a place is chosen", () -> state.node().get() != null);
        set(() -> find("#next", Button.class).fire());
        await("the scan plan", () -> state.step().get() == Step.SCAN_PLAN);
    }

    @Test
    void destinationToReport() {
        engine.hold = false;
        atPlan();
        press("#next");
        await(
                "the scan ends",
                () -> state.scan().get() != null && state.scan().get().job().state() == Job.State.DONE);
        set(() -> {
            java.util.BitSet rows = new java.util.BitSet();
            rows.set(0, 1200);
            state.selection().set(new org.salvor.recovery.Selection(rows));
            state.step().set(Step.DESTINATION);
        });
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        shots("destination-empty");
        set(() -> find("#folder", javafx.scene.control.TextField.class).setText("/mnt/source/back"));
        pause(1500);
        await("the words are shown", () -> shows("Saving there could destroy them"));
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        shots("destination-error");
        set(() -> find("#folder", javafx.scene.control.TextField.class).setText("/tmp/fat/Recovered 2026-11-20"));
        pause(1500);
        shots("destination-filled");
        press("#next");
        pause(500);
        await("the sentence", () -> shows("will be copied to /tmp/fat/Recovered 2026-11-20."));
        assertThat(find("#next", Button.class).getText()).isEqualTo("_Copy 1,089 files");
        shots("check");
        set(() -> find("#group-IMPOSSIBLE", javafx.scene.control.ToggleButton.class)
                .fire());
        pause(500);
        snapshot("check-impossible-light-1280");
        restorer.hold = true;
        press("#next");
        pause(1000);
        shots("restore");
        set(() -> find("#restore-cancel", Button.class).fire());
        snapshot("restore-ask-light-1280");
        restorer.hold = false;
        await("the report", () -> state.step().get() == Step.REPORT);
        pause(500);
        await("the words are shown", () -> shows("209 of 1,188 files did not come back whole"));
        shots("report");
        for (int tab = 1; tab < 3; tab++) {
            int which = tab;
            set(() -> find(".report-tabs", javafx.scene.control.TabPane.class)
                    .getSelectionModel()
                    .select(which));
            resize(1280, 800);
            snapshot("report-tab" + tab + "-light-1280");
            resize(900, 600);
            snapshot("report-tab" + tab + "-light-900");
        }
    }

    private void press(String id) {
        await(id + " can be pressed", () -> !find(id, Button.class).isDisabled());
        set(() -> find(id, Button.class).fire());
    }

    private static void pause(int millis) {
        org.testfx.util.WaitForAsyncUtils.sleep(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
