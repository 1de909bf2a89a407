package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.salvor.app.Wiring;
import org.salvor.service.Job;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** The pictures of the README: every page over the real engine on the practice disk, in target/screenshots/final-*.png. */
@Tag("pictures")
class WizardPicturesTest extends FxTest {
    private final WizardState state = new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue());

    @Test
    void theWholeRoad(@TempDir(factory = NamedFolder.class) Path folder) {
        Path target = folder.resolve("Recovered files");
        open(state, WIDE, WIDE_HEIGHT);
        picture("start");
        press("#practice");
        await("the practice disk is recognised", () -> state.node().get() != null);
        picture("source");
        next(Step.SCAN_PLAN);
        pause();
        picture("plan");
        next(Step.SCAN);
        await("the scan ends", () -> {
            var scan = state.scan().get();
            return scan != null && scan.job().state() == Job.State.DONE;
        });
        picture("scan");
        if (state.step().get() == Step.SCAN) {
            next(Step.CHOOSE);
        }
        await(
                "the folders are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        robot.clickOn(robot.lookup("#folders .check-box").queryAll().stream()
                .min(java.util.Comparator.comparingDouble(
                        node -> node.localToScreen(node.getBoundsInLocal()).getMinY()))
                .orElseThrow());
        await("files are chosen", () -> state.chosenFiles().get() > 0);
        robot.moveTo("#chosen");
        set(() -> {
            TableView<?> files = find("#files", TableView.class);
            files.getSelectionModel().select(5);
            files.requestFocus();
        });
        pause();
        picture("choose");
        next(Step.DESTINATION);
        set(() -> find("#folder", TextField.class).setText(target.toString()));
        await("it can be used", () -> !find("#next", Button.class).isDisabled());
        picture("destination");
        next(Step.CHECK);
        pause();
        picture("check");
        next(Step.RESTORE);
        await("the report is shown", () -> state.step().get() == Step.REPORT);
        pause();
        picture("report");
        set(() -> state.step().set(Step.RESTORE));
        picture("restore");
        assertThat(Objects.requireNonNull(state.report().get()).stopped()).isFalse();
    }

    /** With a name that may be shown. */
    static final class NamedFolder implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "Salvor"));
        }
    }

    private static void set(Runnable change) {
        fx(() -> {
            change.run();
            return true;
        });
        settle();
    }

    private static void pause() {
        org.testfx.util.WaitForAsyncUtils.sleep(900, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private void picture(String name) {
        snapshot("final-" + name);
        resize(900, 600);
        snapshot("final-" + name + "-900");
        resize(WIDE, WIDE_HEIGHT);
        set(() -> state.dark().set(true));
        snapshot("final-" + name + "-dark");
        set(() -> state.dark().set(false));
    }

    private void press(String query) {
        await(query + " can be pressed", () -> !find(query, Node.class).isDisabled());
        set(() -> find(query, Button.class).fire());
    }

    private void next(Step step) {
        press("#next");
        await("the page " + step, () -> state.step().get().compareTo(step) >= 0);
        settle();
    }
}
