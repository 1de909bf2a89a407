package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Selection;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** On every page, light and dark: all controls speak, all texts can be read, no letter belongs to two controls. */
class EveryPageTest extends FxTest {
    private final SyntheticEngine engine = new SyntheticEngine();
    private final SyntheticRestorer restorer = new SyntheticRestorer();
    private final WizardState state =
            new WizardState(new Workbench(List.of(engine), restorer), UiSettings.inMemory(), new FxQueue());
    private final SoftAssertions all = new SoftAssertions();

    @Test
    void speaksCanBeReadAndUsedByKeyboard() {
        open(state, WIDE, WIDE_HEIGHT);
        look("start");
        resize(900, 600);
        look("start, narrow");
        resize(WIDE, WIDE_HEIGHT);
        set(() -> state.source().set(engine.discover().get(1)));
        set(() -> state.step().set(Step.SOURCE));
        await("a place is chosen", () -> state.node().get() != null);
        look("source, a disk");
        set(() -> state.images().set(true));
        look("source, an image");
        set(() -> state.images().set(false));
        set(() -> state.source().set(engine.discover().get(1)));
        await("a place is chosen", () -> state.node().get() != null);
        engine.problems = 6;
        next(Step.SCAN_PLAN);
        look("scan plan");
        next(Step.SCAN);
        await("the scan ends", () -> {
            var scan = state.scan().get();
            return scan != null && scan.job().state() == Job.State.DONE;
        });
        look("scan");
        set(() -> state.step().set(Step.CHOOSE));
        await("rows", () -> robot.lookup("#files .table-row-cell").queryAll().size() > 3);
        set(() -> find("#files", TableView.class).getSelectionModel().select(1));
        look("choose");
        set(() -> state.technical().set(true));
        look("choose, technical");
        set(() -> state.technical().set(false));
        set(() -> {
            BitSet rows = new BitSet();
            rows.set(0, 1200);
            state.selection().set(new Selection(rows));
            state.step().set(Step.DESTINATION);
        });
        set(() -> find("#folder", TextField.class).setText(StatesTest.here("/mnt/source/back")));
        await("the refusal", () -> shows("Saving there could destroy them"));
        look("destination, refused");
        set(() -> find("#folder", TextField.class).setText(StatesTest.here("/tmp/fat/Recovered 2026-11-20")));
        next(Step.CHECK);
        await("the sentence", () -> shows("will be copied to"));
        look("check");
        restorer.hold = true;
        next(Step.RESTORE);
        look("restore");
        restorer.hold = false;
        await("the report", () -> state.step().get() == Step.REPORT);
        await("the outcome", () -> shows("did not come back whole"));
        look("report");
        all.assertAll();
    }

    @Test
    void theSwitchOfTheRailTellsAReaderWhetherItIsOnAndIsPressedByOne() {
        open(state, WIDE, WIDE_HEIGHT);
        Node technical = find("#technical", Node.class);
        assertThat(technical.getAccessibleRole()).isEqualTo(AccessibleRole.TOGGLE_BUTTON);
        assertThat(technical.getAccessibleText()).contains("Technical mode");
        assertThat(technical.queryAccessibleAttribute(AccessibleAttribute.SELECTED))
                .isEqualTo(false);
        set(() -> technical.executeAccessibleAction(AccessibleAction.FIRE));
        assertThat(state.technical().get()).isTrue();
        assertThat(technical.queryAccessibleAttribute(AccessibleAttribute.SELECTED))
                .isEqualTo(true);
    }

    private void look(String page) {
        for (boolean dark : new boolean[] {false, true}) {
            set(() -> state.dark().set(dark));
            String where = page + (dark ? ", dark" : ", light");
            Readability seen = fx(() -> new Readability(scene().getRoot()));
            all.assertThat(fx(seen::faint)).as("too faint on " + where).isEmpty();
            all.assertThat(fx(seen::silent)).as("without words on " + where).isEmpty();
            all.assertThat(fx(seen::spokenMarks))
                    .as("marks read aloud on " + where)
                    .isEmpty();
            all.assertThat(fx(seen::doubleMnemonics))
                    .as("one letter for two on " + where)
                    .isEmpty();
        }
        set(() -> state.dark().set(false));
    }

    private static void set(Runnable change) {
        fx(() -> {
            change.run();
            return true;
        });
        settle();
    }

    private void next(Step step) {
        await("the next step is open", () -> !find("#next", Node.class).isDisabled());
        set(() -> find("#next", Button.class).fire());
        await("the page " + step, () -> state.step().get().compareTo(step) >= 0);
    }
}
