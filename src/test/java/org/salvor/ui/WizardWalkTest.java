package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Job;
import org.salvor.text.Json;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** From the first page to the report, over the real engine, on the practice disk that comes with the program. */
class WizardWalkTest extends FxTest {
    private static final Path MANIFEST = Path.of("assets", "practice", "practice.manifest.json");

    private final WizardState state = new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue());

    @Test
    void byMouseAllDeletedFilesOfThePracticeDiskComeBackByteForByte(@TempDir Path target) throws Exception {
        open(state, WIDE, WIDE_HEIGHT);
        click("#practice");
        await("the practice disk is recognised", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        clickWhenReady("#next", Step.CHOOSE);
        await(
                "the folders are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        robot.clickOn(topmost("#folders .check-box"));
        await("files are chosen", () -> state.chosenFiles().get() > 0);
        clickWhenReady("#next", Step.DESTINATION);
        click("#folder");
        robot.write(target.toString(), 0);
        clickWhenReady("#next", Step.CHECK);
        clickWhenReady("#next", Step.RESTORE);
        await("the report is shown", () -> state.step().get() == Step.REPORT);
        allDeletedFilesAreThere(target);
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

    private Node topmost(String query) {
        return robot.lookup(query).queryAll().stream()
                .min(Comparator.comparingDouble(
                        node -> node.localToScreen(node.getBoundsInLocal()).getMinY()))
                .orElseThrow();
    }

    private boolean scanDone() {
        var scan = state.scan().get();
        return scan != null && scan.job().state() == Job.State.DONE;
    }

    private void click(String query) {
        await(query + " can be clicked", () -> !find(query, Node.class).isDisabled());
        robot.clickOn(find(query, Node.class));
        settle();
    }

    private void clickWhenReady(String query, Step expected) {
        click(query);
        await("the page " + expected, () -> state.step().get().compareTo(expected) >= 0);
        settle();
    }

    private void altRight(Step expected) {
        await("the next step is open", () -> !find("#next", Button.class).isDisabled());
        robot.press(KeyCode.ALT).type(KeyCode.RIGHT).release(KeyCode.ALT);
        await("the page " + expected, () -> state.step().get().compareTo(expected) >= 0);
        settle();
    }

    /** Presses Tab until the control with this id has the focus. */
    private void tabTo(String id) {
        for (int i = 0; i < 60; i++) {
            Node focused = fx(() -> scene().getFocusOwner());
            if (focused != null && id.equals(focused.getId())) {
                assertThat(focused).isInstanceOfAny(Button.class, TextField.class, javafx.scene.control.TreeView.class);
                return;
            }
            robot.type(KeyCode.TAB);
        }
        throw new AssertionError("Tab never comes to " + id);
    }

    private void allDeletedFilesAreThere(Path target) throws Exception {
        var report = Objects.requireNonNull(fx(() -> state.report().get()));
        assertThat(report.stopped()).isFalse();
        Set<String> failed = report.files().stream()
                .filter(file -> file.outcome() == Outcome.FAILED)
                .map(RestoredFile::path)
                .collect(Collectors.toSet());
        int compared = 0;
        for (Json file : Json.parse(Files.readString(MANIFEST)).list("files")) {
            if (file.string("state").equals("deleted")) {
                Path restored = target.resolve(file.string("path"));
                assertThat(restored).exists();
                assertThat(sha256(restored)).as(restored.toString()).isEqualTo(file.string("sha256"));
                compared++;
            } else if (file.string("state").equals("overwritten")) {
                assertThat(failed).as("what cannot come back is said").containsExactly(file.string("path"));
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file)));
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
