package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.recovery.Source;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** What a scan found is saved in the wizard and opened again, over the real engine. */
class WizardSavedScanTest extends WalkTest {
    WizardSavedScanTest() {
        super(Wiring.assemble());
    }

    @Test
    void aSavedScanIsOpenedFromTheFirstPageAndItsFilesComeBack(@TempDir Path folder) throws Exception {
        Path saved = folder.resolve("found.salvorscan");
        Path target = Files.createDirectory(folder.resolve("back"));
        scanPractice();
        answer(saved);
        click("#save-scan");
        await("the scan is saved", () -> Files.exists(saved));
        int rows = Objects.requireNonNull(state.catalog().get()).size();
        closeWindows();
        state = new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue());
        answer(saved);
        open(state, WIDE, WIDE_HEIGHT);
        click("#open-scan");
        await("the files are shown", () -> state.step().get() == Step.CHOOSE);
        assertThat(Objects.requireNonNull(state.catalog().get()).size()).isEqualTo(rows);
        assertThat(state.source().get()).isEqualTo(new Source.Practice());
        assertThat(state.scan().get()).as("nothing is scanned").isNull();
        chooseAll();
        checkInto(target);
        copyAll();
        allDeletedFilesAreThere(target);
    }

    @Test
    void aSavedScanOfAnotherDiskIsRefusedInPlainWordsAndTheGuardIsAskedBeforeSaving(@TempDir Path folder)
            throws Exception {
        // an image with this ending, so that the dialog can name it
        Path image = TestImages.file(TestImages.open("objects"), folder.resolve("image.salvorscan"));
        open(state, WIDE, WIDE_HEIGHT);
        fx(() -> {
            SalvorApplication.startAt(state, new Source.ImageFile(image));
            return true;
        });
        await("a path given at the start is recognised", () -> state.node().get() != null);
        assertThat(state.step().get()).isEqualTo(Step.SOURCE);
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        String before = sha256(image);
        answer(image);
        click("#save-scan");
        await("it is refused", () -> dialogShows("destroy"));
        assertThat(sha256(image)).isEqualTo(before);
        robot.type(KeyCode.ESCAPE);
        settle();
        Path saved = folder.resolve("found.salvorscan");
        answer(saved);
        click("#save-scan");
        await("the scan is saved", () -> Files.exists(saved));
        closeWindows();
        // another volume takes its place
        Files.delete(image);
        TestImages.file(TestImages.open("reused"), image);
        state = new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue());
        open(state, WIDE, WIDE_HEIGHT);
        fx(() -> {
            SalvorApplication.startAt(state, new Source.SavedScan(saved));
            return true;
        });
        await("it is said", () -> find("#source-error", javafx.scene.Node.class).isVisible());
        assertThat(state.step().get()).isEqualTo(Step.SOURCE);
        assertThat(find("#next", Button.class).isDisabled()).isTrue();
        // and a file that is no saved scan
        Path broken = Files.writeString(folder.resolve("b.salvorscan"), "no scan", StandardOpenOption.CREATE_NEW);
        fx(() -> {
            state.source().set(new Source.SavedScan(broken));
            return true;
        });
        await("that is said too", () -> shows("is not a saved scan"));
    }

    private boolean dialogShows(String text) {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window != stage())
                .flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .anyMatch(node -> node instanceof javafx.scene.control.Label label
                        && label.getText() != null
                        && label.getText().contains(text));
    }
}
