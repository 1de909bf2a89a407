package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.ui.shell.Step;

/** The page Copy in its states. */
class RestoreStatesTest extends StatesTest {
    private void copying(int rows) {
        restorer.hold = true;
        atCheck(rows, "/tmp/back");
        next(Step.RESTORE);
    }

    @Test
    void whileItCopiesItTellsHowFarAndCanBePausedAndStopped() {
        copying(1200);
        await("problems are counted", () -> shows("24 KB of it could not be read"));
        assertThat(nextIsOpen()).isFalse();
        assertThat(find("#back", Button.class).isDisabled()).isTrue();
        assertThat(shows("595 of 1,188 files")).isTrue();
        look("restore");
        press("#restore-pause");
        await("it is paused", () -> shows("Paused. Nothing is being read or written."));
        look("restore-paused");
        press("#restore-pause");
        robot.type(KeyCode.ESCAPE);
        await("it asks", () -> shows("Stop copying?"));
        look("restore-ask");
        press("#restore-cancel-now");
        await("it is stopped", () -> shows("Stopped"));
        assertThat(find("#back", Button.class).isDisabled()).isFalse();
        look("restore-stopped");
    }

    @Test
    void beforeAnyProblemItSaysThatThereIsNone() {
        restorer.failEvery = 0;
        copying(1200);
        assertThat(shows("No problems")).isTrue();
        look("restore-empty");
        restorer.hold = false;
        await("the report", () -> state.step().get() == Step.REPORT);
        set(() -> state.step().set(Step.RESTORE));
        await("it is over", () -> shows("All files have been dealt with"));
        assertThat(nextText()).isEqualTo("Show the report");
        assertThat(nextIsOpen()).isTrue();
        look("restore-done");
    }

    @Test
    void whenItCannotGoOnItSaysWhyWhatIsSafeAndWhatToDo() {
        restorer.failing.with(
                "run, half",
                new RecoveryException("The folder /tmp/back cannot be written any more, or is not there any more. "
                        + "What was finished before is safe. Bring it back and resume."));
        copying(1200);
        await("it is told", () -> seen("#restore-error"));
        assertThat(words("#restore-error")).contains("cannot be written any more", "Files already copied are complete");
        assertThat(shows("Copying could not go on")).isTrue();
        assertThat(nextIsOpen()).isFalse();
        assertThat(find("#back", Button.class).isDisabled()).isFalse();
        look("restore-error");
    }

    @Test
    void aHundredThousandFilesWithAProblemEachMakeAFewCells() throws Exception {
        engine.files = MANY;
        engine.longNames = true;
        restorer.failEvery = 1;
        try (UiWatch watch = new UiWatch()) {
            copying(MANY);
            await(
                    "the problems are listed",
                    () -> find(".problem-list", ListView.class).getItems().size() == 10_000);
            await("all are counted", () -> shows("49,"));
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(shows("The first 10,000 are listed here.")).isTrue();
        assertThat(cells(".problem-list")).isBetween(2, 60);
        look("restore-many");
    }
}
