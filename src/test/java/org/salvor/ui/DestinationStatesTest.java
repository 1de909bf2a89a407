package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.RestoreOptions;
import org.salvor.ui.shell.Engine;
import org.salvor.ui.shell.Step;

/** The page Destination in its states. */
class DestinationStatesTest extends StatesTest {
    @Test
    void beforeAFolderIsNamedItWaitsForOne() {
        atDestination(1200);
        assertThat(find("#folder", TextField.class).getText()).isEmpty();
        assertThat(focused()).as("a person can type at once").isEqualTo("folder");
        assertThat(nextIsOpen()).isFalse();
        assertThat(find("#verify", CheckBox.class).isSelected()).isTrue();
        assertThat(find("#permissions", CheckBox.class).isSelected()).isFalse();
        look("destination-empty");
    }

    @Test
    void aGoodFolderOpensTheWayAndTellsWhatItCannotHold() {
        atDestination(1200);
        type("/tmp/fat/Recovered 2026-11-20");
        await("the way is open", this::nextIsOpen);
        assertThat(shows("This drive cannot hold named streams")).isTrue();
        assertThat(shows("left afterwards")).isTrue();
        look("destination");
    }

    @Test
    void aFolderOnTheSourceIsRefusedWithTheReason() {
        atDestination(1200);
        type("/mnt/source/back");
        await("it is refused", () -> shows("Saving there could destroy them"));
        assertThat(nextIsOpen()).isFalse();
        look("destination-refused");
    }

    @Test
    void onlyWhatLiesInTheFolderShowsAtItsField() {
        atDestination(1200);
        type("/tmp/back/unrestorable");
        await("it is told", () -> shows("cannot be restored"));
        assertThat(frame()).as("the folder is fine").isEmpty();
        look("destination-not-restorable");
        type("/tmp/fat/Recovered 2026-11-20");
        await("it is told", () -> shows("This drive cannot hold named streams"));
        assertThat(frame()).containsExactly("field-warning");
        type("/mnt/source/fat");
        await("it is refused", () -> shows("Saving there could destroy them"));
        assertThat(frame()).as("what stops the way comes first").containsExactly("field-error");
        type("/tmp/back");
        await("the way is open", this::nextIsOpen);
        assertThat(frame()).isEmpty();
    }

    private List<String> frame() {
        return fx(() -> find("#folder", TextField.class).getStyleClass().stream()
                .filter(name -> name.startsWith("field-"))
                .toList());
    }

    @Test
    void anotherPartOfTheSameDiskNeedsAConfirmation() {
        atDestination(1200);
        type("/mnt/samedisk/back");
        await("it is asked", () -> seen("#confirm"));
        assertThat(nextIsOpen()).isFalse();
        look("destination-same-disk");
        set(() -> find("#confirm", CheckBox.class).fire());
        await("the way is open", this::nextIsOpen);
        assertThat(find("#confirm", CheckBox.class).isSelected()).isTrue();
    }

    @Test
    void whatCannotBeAFolderAndWhatHasNoRoomIsSaid() {
        atDestination(1200);
        type("back");
        await("it is said", () -> shows("Give the whole path of the folder"));
        assertThat(nextIsOpen()).isFalse();
        look("destination-relative");
        type("/mnt/full/" + SyntheticEngine.UNBROKEN_NAME);
        await("it is said", () -> shows("There is not enough space"));
        assertThat(nextIsOpen()).isFalse();
        look("destination-full");
        restorer.failing.with("plan", new RecoveryException("/mnt/gone cannot be looked at: input/output error."));
        type("/mnt/gone");
        await("it is said", () -> shows("input/output error"));
        assertThat(shows("Nothing was written.")).isTrue();
        assertThat(nextIsOpen()).isFalse();
        look("destination-error");
    }

    @Test
    void aTechnicianSeesHowFilesAreWrittenAndThatWindowsOwnWayIsNotHere() {
        atDestination(1200);
        type("/tmp/back");
        await("the way is open", this::nextIsOpen);
        assertThat(seen("#engine")).as("not in guided mode").isFalse();
        set(() -> state.technical().set(true));
        assertThat(seen("#engine")).isTrue();
        assertThat(words("#engine").replace("_", ""))
                .contains("Automatic", "Windows' own functions", "The portable way");
        assertThat(textOf("#engine-missing")).contains("not available on this system", "the portable way");
        assertThat(find("#engine-WINDOWS", RadioButton.class).isDisabled()).isTrue();
        assertThat(find("#engine-AUTO", RadioButton.class).isSelected()).isTrue();
        look("destination-technical");
        set(() -> find("#engine-PORTABLE", RadioButton.class).fire());
        set(() -> state.technical().set(false));
        assertThat(seen("#engine")).as("what is not as usual stays in sight").isTrue();
        next(Step.CHECK);
        assertThat(Objects.requireNonNull(state.options().get()).form()).isEqualTo(RestoreOptions.Form.PORTABLE_FILES);
    }

    @Test
    void whereWindowsOwnWayIsItCanBeChosen() {
        restorer.ownFunctions = true;
        set(() -> state.technical().set(true));
        atDestination(1200);
        assertThat(seen("#engine-missing")).isFalse();
        type("/tmp/back");
        set(() -> find("#engine-WINDOWS", RadioButton.class).fire());
        next(Step.CHECK);
        assertThat(state.engine().get()).isEqualTo(Engine.WINDOWS);
        assertThat(Objects.requireNonNull(state.options().get()).form()).isEqualTo(RestoreOptions.Form.FILES);
    }

    @Test
    void withNothingChosenItSendsBackToTheFiles() {
        atDestination(0);
        type("/tmp/back");
        await("it is said", () -> shows("Nothing is chosen."));
        assertThat(nextIsOpen()).isFalse();
        look("destination-nothing");
    }

    @Test
    void aHundredThousandFilesArePlannedWithoutHoldingTheWindow() throws Exception {
        engine.files = MANY;
        atDestination(MANY);
        try (UiWatch watch = new UiWatch()) {
            type("/tmp/back");
            await("the way is open", this::nextIsOpen);
            next(Step.CHECK);
            await("the plan is sorted", () -> shows("to copy"));
            assertThat(watch.longestMillis()).isLessThan(1000);
        }
    }
}
