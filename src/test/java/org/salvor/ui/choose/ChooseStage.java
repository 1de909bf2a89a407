package org.salvor.ui.choose;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.salvor.recovery.Source;
import org.salvor.restore.Restorer;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Pages;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.shell.WizardWindow;
import org.testfx.util.WaitForAsyncUtils;

/** The wizard's window with only the page Choose, over a catalog made by a test. */
final class ChooseStage {
    final WizardState state;
    final ChoosePage page;
    final Scene scene;

    /** On the UI thread. */
    ChooseStage(Stage stage, double width, double height) {
        Locale.setDefault(Locale.ENGLISH);
        Restorer nobody = (Restorer) Proxy.newProxyInstance(
                ChooseStage.class.getClassLoader(), new Class<?>[] {Restorer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("checkPlace")) {
                        return null;
                    }
                    throw new IllegalStateException(method.getName());
                });
        state = new WizardState(new Workbench(List.of(), nobody), UiSettings.inMemory(), new FxQueue());
        page = new ChoosePage(state);
        WizardWindow window = new WizardWindow(state, Pages.of(List.of(page)));
        scene = window.scene();
        stage.setScene(scene);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.show();
        state.source().set(new Source.ImageFile(Path.of("stick.img")));
    }

    /** Shows a catalog on the page. */
    void show(SampleCatalog sample) throws TimeoutException {
        fx(() -> {
            state.step().set(Step.START);
            state.session().set(new SampleSession(sample.catalog, true));
            state.catalog().set(sample.catalog);
            state.step().set(Step.CHOOSE);
            return true;
        });
        settle();
    }

    static <T> T fx(Callable<T> work) throws TimeoutException {
        return WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, WaitForAsyncUtils.asyncFx(work));
    }

    ChooseModel model() {
        ChooseModel model = page.model();
        if (model == null) {
            throw new AssertionError("the page shows no catalog");
        }
        return model;
    }

    /** Until nothing is searched any more, the ticks are counted, and two pulses have drawn it. */
    void settle() throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> fx(() -> !model().searching().get()
                        && model().tally().get() != null
                        && model().findings().get() != null));
        for (int i = 0; i < 4; i++) {
            WaitForAsyncUtils.sleep(60, TimeUnit.MILLISECONDS);
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    void picture(String name) throws TimeoutException, IOException {
        settle();
        WritableImage image = fx(() -> scene.snapshot(null));
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve("choose-" + name + ".png"), Png.encode(image));
    }
}
