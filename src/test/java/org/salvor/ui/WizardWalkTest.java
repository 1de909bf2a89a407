package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.ui.shell.Step;

/** From the first page to the report, over the real engine, on the practice disk that comes with the program. */
class WizardWalkTest extends WalkTest {
    WizardWalkTest() {
        super(Wiring.assemble());
    }

    @Test
    void byMouseAllDeletedFilesOfThePracticeDiskComeBackByteForByte(@TempDir Path target) throws Exception {
        scanPractice();
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        checkInto(target);
        copyAll();
        allDeletedFilesAreThere(target);
        theReportPageTellsOfEachFile();
    }

    @Test
    void byKeyboardAloneAllDeletedFilesOfThePracticeDiskComeBackByteForByte(@TempDir Path target) throws Exception {
        open(state, 900, 600);
        tabTo("practice");
        robot.type(KeyCode.SPACE);
        await("the practice disk is recognised", () -> state.node().get() != null);
        altRight(Step.SCAN_PLAN);
        altRight(Step.SCAN);
        await("the scan ends", this::scanDone);
        altRight(Step.CHOOSE);
        await(
                "the folders are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        tabTo("folders");
        robot.type(KeyCode.HOME);
        robot.type(KeyCode.SPACE);
        await("files are chosen", () -> state.chosenFiles().get() > 0);
        altRight(Step.DESTINATION);
        tabTo("folder");
        robot.write(target.toString(), 0);
        altRight(Step.CHECK);
        altRight(Step.RESTORE);
        await("the report is shown", () -> state.step().get() == Step.REPORT);
        allDeletedFilesAreThere(target);
    }

    private void theReportPageTellsOfEachFile() {
        await("the headline", () -> shows("files did not come back whole"));
        fx(() -> {
            find(".report-tabs", TabPane.class).getSelectionModel().select(2);
            return true;
        });
        await(
                "the table of files",
                () -> find("#report-files", TableView.class).getItems().size()
                        == report().files().size());
        assertThat(report().files()).hasSizeGreaterThan(20);
    }
}
