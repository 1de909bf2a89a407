package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.salvor.app.Wiring;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;
import org.testfx.util.WaitForAsyncUtils;

/** The start that is rehearsed when the program is packed: it has to come to its end by itself, on any machine. */
class RehearsalTest extends FxTest {
    @Test
    void itGoesOverThePracticeDiskToTheFilesAndClosesTheWindow() throws Exception {
        WizardState state = fx(() -> new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue()));
        CopyOnWriteArrayList<Step> seen = new CopyOnWriteArrayList<>();
        fx(() -> state.step().subscribe(step -> {
            seen.add(step);
        }));
        open(state, 1180, 760);
        fx(() -> {
            Rehearsal.of(state, stage());
            return true;
        });
        WaitForAsyncUtils.waitFor(90, TimeUnit.SECONDS, () -> fx(() -> !stage().isShowing()));
        assertThat(seen).containsExactly(Step.START, Step.SOURCE, Step.SCAN_PLAN, Step.SCAN, Step.CHOOSE);
    }
}
