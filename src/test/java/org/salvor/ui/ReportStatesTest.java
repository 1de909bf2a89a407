package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.ui.shell.Step;

/** The page Report in its states. */
class ReportStatesTest extends StatesTest {
    private void tab(int index) {
        set(() -> find(".report-tabs", TabPane.class).getSelectionModel().select(index));
    }

    private int rows() {
        return fx(() -> find("#report-files", TableView.class).getItems().size());
    }

    @Test
    void saysHowItEndedWhyAndWhatBecameOfEachFile() {
        atReport(1200);
        await("the verdict", () -> words("#verdict").contains("209 of 1,188 files did not come back whole"));
        assertThat(nextText()).isEqualTo("New selection");
        assertThat(nextIsOpen()).isTrue();
        look("report");
        set(() -> state.technical().set(true));
        look("report-technical");
        tab(1);
        await("the causes", () -> shows("24 KB of it could not be read from the source."));
        look("report-causes");
        tab(2);
        await("the rows", () -> rows() == 1188);
        look("report-files-technical");
        set(() -> state.technical().set(false));
        look("report-files");
        set(() -> find("#report-search", TextField.class).setText("nothing like it"));
        await("no row", () -> rows() == 0);
        assertThat(shows("No file fits the search")).isTrue();
        look("report-no-match");
    }

    @Test
    void whenAllCameBackItSaysSoAndThereAreNoProblems() {
        engine.allIntact = true;
        restorer.failEvery = 0;
        atReport(1200);
        await("the verdict", () -> words("#verdict").contains("All 1,188 files are back"));
        look("report-all");
        tab(1);
        assertThat(shows("No problems. Every file came back whole.")).isTrue();
        look("report-no-problems");
    }

    @Test
    void whatTheSourceHadLostIsToldThoughAllFilesThatWereFoundAreBack() {
        engine.allIntact = true;
        restorer.failEvery = 0;
        restorer.losses = List.of(
                "Near byte 1,204,224 the backup is damaged: 4 files or folders are lost.",
                "The backup ends in the middle. What came after is not in it. "
                        .repeat(3)
                        .strip());
        atReport(1200);
        await("the verdict", () -> shows("1,188 files"));
        assertThat(words("#verdict")).doesNotContain("All 1,188 files are back");
        look("report-losses");
        tab(1);
        restorer.losses.forEach(loss -> assertThat(shows(loss)).as(loss).isTrue());
        look("report-losses-problems");
    }

    @Test
    void whenNothingCameBackItSaysSo() {
        restorer.failEvery = 1;
        atReport(500);
        await("the verdict", () -> words("#verdict").contains("No file could be brought back"));
        look("report-none");
    }

    @Test
    void aStoppedCopyIsNotPassedOffAsAWholeOne() {
        restorer.stop = RestoreReport.Stop.TARGET_FULL;
        atReport(500);
        await("the verdict", () -> words("#verdict").contains("Stopped after"));
        assertThat(words("#verdict")).contains("The target is full");
        look("report-stopped");
    }

    @Test
    void whatCouldNotBeSavedCheckedOrShownIsToldAndTheReportStays() {
        atReport(500);
        state.dialogs(answering(Path.of("/media/full/report.html")));
        restorer.failing.with(
                "writeReport",
                new RecoveryException("The report could not be saved as /media/full/report.html: no space left. "
                        + "Choose another place."));
        press("#save-report");
        await("it is told", () -> shows("no space left"));
        look("report-not-saved");
        restorer.failing.with("verify", new RecoveryException("/tmp/back cannot be read."));
        press("#verify-again");
        await("it is told", () -> shows(here("/tmp/")));
        press("#open-folder");
        await("it is told", () -> shows("This computer has no program that shows folders"));
        assertThat(shows("did not come back whole")).isTrue();
    }

    @Test
    void readingAgainLeavesTheKeyboardWhereItIsAndASecondPressDoesNothing(@TempDir Path folder) {
        atCheck(500, folder.toString());
        next(Step.REPORT);
        await("it is added up", () -> !shows("Adding up"));
        restorer.holdVerify = true;
        set(() -> find("#verify-again", Button.class).requestFocus());
        robot.type(KeyCode.SPACE);
        await("it says so", () -> words("#verified").contains("Reading every file again"));
        look("report-verifying");
        String one = textOf("#works");
        assertThat(focused()).isEqualTo("verify-again");
        robot.type(KeyCode.SPACE);
        settle();
        assertThat(state.step().get()).isEqualTo(Step.REPORT);
        assertThat(textOf("#works")).isEqualTo(one);
        restorer.holdVerify = false;
        await("its end is told", () -> !seen("#verified"));
        assertThat(focused()).isEqualTo("verify-again");
    }

    @Test
    void whatFailedCanBeChosenAgainAtOnce() {
        atReport(1200);
        tab(1);
        press("#choose-failed");
        await("the files are shown", () -> state.step().get() == Step.CHOOSE);
        long failed = Objects.requireNonNull(state.report().get()).count(Outcome.FAILED);
        assertThat(failed).isBetween(5L, 20L);
        await("the failed ones are ticked", () -> textOf("#chosen").startsWith(failed + " chosen"));
        assertThat(nextIsOpen()).isTrue();
    }

    @Test
    void aHundredThousandFilesWithACauseEachMakeAFewCells() throws Exception {
        engine.files = MANY;
        engine.longNames = true;
        restorer.failEvery = 1;
        restorer.manyCauses = true;
        atCheck(MANY, "/tmp/back");
        try (UiWatch watch = new UiWatch()) {
            next(Step.REPORT);
            await("the verdict", () -> words("#verdict").contains("No file could be brought back"));
            tab(1);
            await("the causes", () -> shows("more causes"));
            tab(2);
            await("the rows", () -> rows() > 90_000);
            set(() -> find("#report-search", TextField.class).setText("picture 98"));
            await("the rows", () -> rows() > 900 && rows() < 1200);
            set(() -> find("#report-search", TextField.class).setText(""));
            await("the rows", () -> rows() > 90_000);
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(cells("#report-files")).isBetween(2, 60);
        look("report-many");
        tab(1);
        look("report-many-causes");
    }
}
