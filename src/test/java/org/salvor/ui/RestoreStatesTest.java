package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.RestoreReport;
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
        await("half of it is done", () -> shows("595 of 1,188 files"));
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
                "run",
                new RecoveryException("/tmp/back cannot be written: Read-only file system. Nothing more was written. "
                        + "Choose another folder."));
        copying(1200);
        await("it is told", () -> seen("#restore-error"));
        assertThat(words("#restore-error")).contains("cannot be written", "Files already copied are complete");
        assertThat(shows("Copying could not go on")).isTrue();
        assertThat(find("#back", Button.class).isDisabled()).isFalse();
        await("the report can be looked at", this::nextIsOpen);
        assertThat(nextText()).isEqualTo("Show the report");
        assertThat(state.step().get()).as("what went wrong stays to be read").isEqualTo(Step.RESTORE);
        look("restore-error");
        next(Step.REPORT);
        await("the verdict", () -> words("#verdict").contains("Stopped after 0 of 1,188 files"));
        assertThat(words("#verdict")).contains("Nothing was written.");
        assertThat(find("#verify-again", Button.class).isDisabled())
                .as("there is nothing to verify")
                .isTrue();
        assertThat(nextText()).isEqualTo("Try again");
        look("report-not-begun");
        restorer.hold = false;
        restorer.failing.no();
        next(Step.DESTINATION);
        next(Step.CHECK);
        next(Step.REPORT);
        await("the verdict", () -> words("#verdict").contains("did not come back whole"));
    }

    @Test
    void aCopyThatCannotBeGoneOnWithKeepsItsReportAndCanBeTriedOnceMore() {
        restorer.stop = RestoreReport.Stop.TARGET_GONE;
        atReport(500);
        await("the verdict", () -> words("#verdict").contains("Stopped after"));
        String before = words("#verdict");
        assertThat(nextText()).isEqualTo("Continue copying");
        restorer.failing.with("resume", new RecoveryException("/tmp/back cannot be written: it is not there."));
        press("#next");
        await("it is told", () -> words("#restore-error").contains("it is not there"));
        await("the report can be looked at", this::nextIsOpen);
        next(Step.REPORT);
        await("the verdict is there again", () -> shows("Stopped after"));
        assertThat(words("#verdict").split(" An error| The target")[0]).isEqualTo(before.split(" The target")[0]);
        assertThat(nextText()).isEqualTo("Continue copying");
        look("report-stopped-again");
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
