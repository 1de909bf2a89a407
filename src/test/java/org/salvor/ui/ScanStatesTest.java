package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.ui.shell.Step;

/** The page Scan in its states. */
class ScanStatesTest extends StatesTest {
    @Test
    void whileItRunsItTellsHowFarAndWhatWasFoundAndCanBePausedStoppedAndReviewed() {
        engine.hold = true;
        engine.problems = 3;
        atScan();
        await("problems are counted", () -> shows("3 problems"));
        await("files are counted", () -> shows("1,811"));
        assertThat(textOf("#scan-headline")).isEqualTo("Reading file records");
        assertThat(nextText()).isEqualTo("Review now");
        assertThat(nextIsOpen()).isTrue();
        assertThat(seen("#save-scan")).isFalse();
        look("scan-running");
        press("#pause");
        await("it is paused", () -> shows("Paused. Nothing is being read."));
        assertThat(textOf("#pause")).isEqualTo("_Continue");
        look("scan-paused");
        press("#stop");
        await("it is stopped", () -> shows("The scan was stopped. What was found is kept."));
        assertThat(nextText()).isEqualTo("Choose files");
        assertThat(nextIsOpen()).isTrue();
        assertThat(seen("#pause")).isFalse();
        assertThat(seen("#save-scan")).isTrue();
        assertThat(find("#scan-bar", ProgressBar.class).getProgress())
                .as("it keeps the share it came to")
                .isStrictlyBetween(0.01, 0.99);
        assertThat(find("#scan-bar", ProgressBar.class).getAccessibleText())
                .contains("The scan was stopped", "read in");
        look("scan-stopped");
    }

    @Test
    void whenItIsCompleteItSaysWhatWasFound() {
        engine.problems = 6;
        scanned();
        await("it is complete", () -> shows("The scan is complete"));
        await("files are counted", () -> shows("2,412"));
        assertThat(nextText()).isEqualTo("Choose files");
        look("scan-done");
        press("#problems");
        await("the problems are listed", () -> shows("24 KB at 81,200 could not be read"));
        look("scan-problems");
    }

    @Test
    void whatIsOnlyGoodToKnowIsListedAndNotCalledAProblem() {
        engine.notes = 1;
        scanned();
        await("it is complete", () -> shows("The scan is complete"));
        await("the note is counted", () -> textOf("#problems").equals("1 note"));
        press("#problems");
        await("it is listed", () -> shows("that fits them best"));
        look("scan-note");
    }

    @Test
    void notesAreCountedApartFromProblems() {
        engine.notes = 2;
        engine.problems = 3;
        scanned();
        await("both are counted", () -> textOf("#problems").equals("3 problems, 2 notes"));
    }

    @Test
    void whereNothingWasFoundItSaysSoAndWhatCanBeDone() {
        engine.files = 0;
        scanned();
        await("it is complete", () -> shows("The scan is complete"));
        await("it says so", () -> shows("No deleted file was found"));
        look("scan-empty");
        press("#scan-thorough");
        assertThat(state.step().get()).isEqualTo(Step.SCAN_PLAN);
    }

    @Test
    void whenItCannotGoOnItSaysWhyAndKeepsWhatWasFound() {
        engine.failing.with(
                "scan, half", new RecoveryException("/dev/sda cannot be read any more: the disk is not there."));
        atScan();
        await("it is told", () -> seen("#scan-error"));
        assertThat(words("#scan-error")).contains("cannot be read any more", "What was found before is kept");
        assertThat(textOf("#scan-headline")).isEqualTo("The scan could not go on");
        assertThat(nextIsOpen()).isTrue();
        look("scan-error");
    }

    @Test
    void whenItCannotEvenBeginThereIsNothingToChooseFrom() {
        engine.failing.with("scan", new RecoveryException("/dev/sda cannot be read: input/output error."));
        atScan();
        await("it is told", () -> seen("#scan-error"));
        assertThat(words("#scan-error")).contains("Nothing was found before that");
        assertThat(nextIsOpen()).isFalse();
        assertThat(find("#back", Button.class).isDisabled()).isFalse();
        look("scan-error-first");
    }

    @Test
    void aHundredThousandFilesAndProblemsMakeAFewCells() throws Exception {
        engine.files = MANY;
        engine.problems = MANY;
        engine.longNames = true;
        atPlan();
        try (UiWatch watch = new UiWatch()) {
            scanOn();
            press("#problems");
            await(
                    "the problems are listed",
                    () -> find(".problem-list", ListView.class).getItems().size() == 10_000);
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(shows("100,000 problems")).isTrue();
        assertThat(shows("The first 10,000 are listed here.")).isTrue();
        assertThat(cells(".problem-list")).isBetween(2, 60);
        look("scan-many");
    }

    private void scanOn() {
        next(Step.SCAN);
        await("the scan ends", () -> shows("The scan is complete"));
        await("files are counted", () -> shows("100,000"));
    }
}
