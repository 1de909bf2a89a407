package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.salvor.ui.shell.FileDialogs;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.shell.WizardWindow;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window with pages on the headless screen, and the few things a test does with it. */
abstract class FxTest {
    static final int WIDE = 1280;
    static final int WIDE_HEIGHT = 800;

    final FxRobot robot = new FxRobot();
    private final StyleWarnings styles = new StyleWarnings();
    private Stage stage = new StageHolder().none();

    private static final class StageHolder {
        @SuppressWarnings("NullAway")
        Stage none() {
            return null;
        }
    }

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        SalvorApplication.beforeToolkit();
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
    }

    @BeforeEach
    void watchStyles() {
        styles.start();
    }

    @AfterEach
    void everyStyleCouldBeUsed() {
        assertThat(styles.stop()).as("warnings of the toolkit about styles").isEmpty();
    }

    /** Shows the wizard with all its pages. */
    void open(WizardState state, int width, int height) {
        fx(() -> {
            WizardWindow window = SalvorApplication.window(state);
            stage = new Stage();
            window.open(stage);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            return window;
        });
        settle();
    }

    @AfterEach
    void closeWindows() {
        fx(() -> {
            for (Window window : Window.getWindows().toArray(Window[]::new)) {
                window.hide();
            }
            return true;
        });
    }

    /** Whoever asks for a file or a folder gets this one. */
    static FileDialogs answering(Path file) {
        return new FileDialogs() {
            @Override
            public Path open(Window owner, String title, Kind... kinds) {
                return file;
            }

            @Override
            public Path folder(Window owner, String title) {
                return file;
            }

            @Override
            public Path save(Window owner, String title, String name, Kind... kinds) {
                return file;
            }
        };
    }

    Scene scene() {
        return stage.getScene();
    }

    Stage stage() {
        return stage;
    }

    void resize(int width, int height) {
        fx(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
            return true;
        });
        settle();
    }

    /** Runs on the UI thread and waits for it. */
    static <T> T fx(Callable<T> work) {
        if (Platform.isFxApplicationThread()) {
            try {
                return work.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return WaitForAsyncUtils.waitForAsyncFx(30_000, work);
    }

    /** Waits until the events are through and a few pulses have been drawn. */
    static void settle() {
        WaitForAsyncUtils.waitForFxEvents(2);
        pulses();
        WaitForAsyncUtils.waitForFxEvents(2);
    }

    /** Waits until what was changed is laid out and drawn. */
    static void pulses() {
        CountDownLatch drawn = new CountDownLatch(4);
        AnimationTimer timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                drawn.countDown();
            }
        };
        fx(() -> {
            timer.start();
            return true;
        });
        try {
            assertThat(drawn.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fx(() -> {
            timer.stop();
            return true;
        });
    }

    /** Waits for something to become true on the UI thread, at most 30 seconds. */
    static void await(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> fx(condition));
        } catch (TimeoutException e) {
            Assertions.fail("did not happen within 30 seconds: " + what, e);
        }
    }

    /** On the UI thread: from any other, a page that changes just then would be seen half built. */
    <T extends Node> T find(String query, Class<T> type) {
        Callable<T> lookup = () -> robot.from(scene().getRoot()).lookup(query).queryAs(type);
        return fx(lookup);
    }

    /** The first visible node with this text. */
    boolean shows(String text) {
        Predicate<Node> has = node -> node instanceof javafx.scene.control.Labeled labeled
                && isShown(labeled)
                && labeled.getText() != null
                && plain(labeled.getText()).contains(text);
        return fx(() -> robot.from(scene().getRoot()).lookup(has).tryQuery().isPresent());
    }

    /** With blanks that may break. */
    static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    void snapshot(String name) {
        settle();
        Screenshots.write(fx(() -> scene().snapshot(null)), name);
    }
}
