package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.device.FaultyDevice;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.recovery.HostFiles;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.Outcome;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;
import org.testfx.util.WaitForAsyncUtils;

/** A disk that reads slowly: what a person can do meanwhile, over the real engine. */
class WizardSlowSourceTest extends WalkTest {
    private final FaultyDevice disk = new FaultyDevice(TestImages.open("objects"));

    private final Workbench slow = new Workbench(
            List.of(new VolumeEngine(List.of(), () -> disk)), new FileRestorer(TestHost.places(), HostFiles.PLAIN));
    private final UiSettings settings = UiSettings.inMemory();

    WizardSlowSourceTest() {
        super(Wiring.assemble());
        state = new WizardState(slow, settings, new FxQueue());
    }

    private void scanSlowly() {
        open(state, WIDE, WIDE_HEIGHT);
        click("#practice");
        await("the disk is recognised", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        click("#plan-thorough");
        disk.slow(Duration.ofMillis(150));
        clickWhenReady("#next", Step.SCAN);
        await(
                "the first files are found",
                () -> Objects.requireNonNull(state.catalog().get()).size() > 0);
    }

    private Job.State jobState() {
        return Objects.requireNonNull(fx(() -> state.scan().get())).job().state();
    }

    @Test
    void filesAreReviewedWhileTheScanRunsAndItsProgressIsListedInTheStatusLine() {
        scanSlowly();
        // a person takes longer than what is left of this small disk
        disk.slow(Duration.ofSeconds(1));
        await("files can be reviewed", () -> !find("#next", Button.class).isDisabled());
        clickWhenReady("#next", Step.CHOOSE);
        await(
                "rows are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        assertThat(jobState()).isEqualTo(Job.State.RUNNING);
        click("#works");
        await("the scan is in the list", () -> popOverShows("Looking for files"));
        Node cancel = fx(() -> Window.getWindows().stream()
                .map(window -> window.getScene().getRoot().lookup(".task-cancel-button"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow());
        robot.clickOn(cancel);
        await("the scan is stopped from the list", () -> jobState() == Job.State.CANCELLED);
        await("and leaves it", () -> !find("#works", Node.class).isVisible());
    }

    private static boolean popOverShows(String text) {
        return Window.getWindows().stream()
                .flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .anyMatch(node -> node instanceof javafx.scene.control.Label label && text.equals(label.getText()));
    }

    @Test
    void pauseStopsReadingAndStopAnswersWithinASecondAndKeepsWhatWasFound() throws Exception {
        scanSlowly();
        click("#pause");
        WaitForAsyncUtils.sleep(600, TimeUnit.MILLISECONDS);
        long reads = disk.reads();
        WaitForAsyncUtils.sleep(1500, TimeUnit.MILLISECONDS);
        assertThat(disk.reads()).as("reads while paused").isEqualTo(reads);
        assertThat(jobState()).isEqualTo(Job.State.PAUSED);
        click("#pause");
        await("it reads again", () -> disk.reads() > reads);
        Job<?> job = Objects.requireNonNull(fx(() -> state.scan().get())).job();
        long asked = System.nanoTime();
        fx(() -> {
            find("#stop", Button.class).fire();
            return true;
        });
        assertThat(job.result()).failsWithin(Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(state.catalog().get()).size()).isPositive();
        assertThat(find("#next", Button.class).isDisabled()).isFalse();
    }

    @Test
    void aStoppedCopyIsContinuedFromTheFirstPageByItsJournalOrFromTheListAndFromTheReport(@TempDir Path folder)
            throws Exception {
        stopACopy(folder.resolve("by journal"));
        goToStart();
        answer(folder.resolve("by journal/.salvor-journal"));
        click("#resume");
        isFinished(folder.resolve("by journal"));

        closeWindows();
        stopACopy(folder.resolve("from the list"));
        goToStart();
        await("it is offered", () -> !robot.lookup(".earlier-work").queryAll().isEmpty());
        robot.clickOn(robot.lookup(".earlier-work").<Node>query());
        isFinished(folder.resolve("from the list"));
        goToStart();
        await(
                "it is offered no longer",
                () -> robot.lookup(".earlier-work").queryAll().isEmpty());

        closeWindows();
        stopACopy(folder.resolve("from the report"));
        assertThat(find("#next", Button.class).getText()).isEqualTo("Continue cop_ying");
        click("#next");
        isFinished(folder.resolve("from the report"));
    }

    private void goToStart() {
        disk.slow(Duration.ZERO);
        fx(() -> {
            state.step().set(Step.START);
            return true;
        });
        settle();
    }

    private long restoredBefore;

    private void stopACopy(Path target) {
        disk.slow(Duration.ZERO);
        state = new WizardState(slow, settings, new FxQueue());
        open(state, WIDE, WIDE_HEIGHT);
        click("#practice");
        await("the disk is recognised", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        checkInto(target);
        disk.slow(Duration.ofMillis(120));
        long reads = disk.reads();
        clickWhenReady("#next", Step.RESTORE);
        await("some files are read, and many are not", () -> disk.reads() > reads + 20);
        fx(() -> {
            Objects.requireNonNull(state.restoreJob().get()).cancel();
            return true;
        });
        await("the report says it was stopped", () -> state.report().get() != null);
        assertThat(report().stopped()).isTrue();
        assertThat(target.resolve(".salvor-journal")).exists();
        restoredBefore = report().count(Outcome.RESTORED);
        await("the report is shown", () -> state.step().get() == Step.REPORT);
        settle();
    }

    private void isFinished(Path target) throws Exception {
        disk.slow(Duration.ZERO);
        await("it goes on to the report", () -> state.report().get() != null && !report().stopped());
        await("the report is shown", () -> state.step().get() == Step.REPORT);
        assertThat(report().count(Outcome.RESTORED)).isGreaterThan(restoredBefore);
        assertThat(restoredBefore).isLessThan(report().fileCount() - 20);
        assertThat(target.resolve(".salvor-journal")).doesNotExist();
        report().files().stream()
                .filter(file -> file.there() && !file.folder() && !file.sha256().isEmpty())
                .forEach(file ->
                        assertThat(sha256(target.resolve(file.target()))).isEqualTo(file.sha256()));
        assertThat(Files.isDirectory(target)).isTrue();
    }
}
