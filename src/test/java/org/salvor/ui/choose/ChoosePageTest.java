package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Catalog;
import org.salvor.ui.table.TriState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The page in its states, by mouse and keyboard. */
@ExtendWith(ApplicationExtension.class)
class ChoosePageTest {
    private @Nullable ChooseStage made;

    @Start
    void start(Stage stage) {
        made = new ChooseStage(stage, 1280, 800);
    }

    private ChooseStage page() {
        return Objects.requireNonNull(made);
    }

    private void until(String what, BooleanSupplier done) throws TimeoutException {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> ChooseStage.fx(done::getAsBoolean));
        } catch (TimeoutException e) {
            throw new AssertionError("not within 20 s: " + what, e);
        }
    }

    private void untilText(String id, String text) throws TimeoutException {
        until(
                id + " says " + text,
                () -> page().scene.lookup(id) instanceof Label label
                        && label.getText().contains(text));
    }

    private void filter(String name) throws TimeoutException {
        ChooseStage.fx(() -> {
            page().model().filterText().set(name);
            return true;
        });
        page().settle();
        assertThat(page().model().rows()).hasSize(1);
    }

    private <T extends Node> T node(String id, Class<T> type) throws TimeoutException {
        return ChooseStage.fx(() -> type.cast(page().scene.lookup(id)));
    }

    private int row(String name) {
        Catalog catalog = page().model().catalog();
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.name(row).equals(name)) {
                return row;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    @DisplayName("By keyboard alone: find, tick all that is found, clear one, and read what was chosen")
    void keyboard(FxRobot robot) throws TimeoutException {
        page().show(SampleCatalog.household());
        untilText("#chosen", "Nothing chosen");
        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.write("ext:flac");
        until("ten tracks", () -> page().model().rows().size() == 10);
        FileTable table = node("#files", FileTable.class);
        robot.type(KeyCode.F3);
        until("the first row is selected", () -> table.leading().get() == row("1 - Track 1.flac"));
        robot.press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        untilText("#chosen", "10 chosen");
        robot.type(KeyCode.DELETE);
        untilText("#chosen", "9 chosen");
        robot.type(KeyCode.SPACE);
        untilText("#chosen", "10 chosen");
        assertThat(page().state.chosenFiles().get()).isEqualTo(10);
        assertThat(ChooseStage.fx(() -> page().page.canGoNext().get())).isTrue();
        robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        until(
                "the folder of the track",
                () -> page().model().scope().get().equals(new Scope.Folder(row("Music"), true)));
        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.type(KeyCode.ESCAPE);
        until("the filter is empty", () -> page().model().filterText().get().isEmpty());
        ChooseStage.fx(() -> {
            page().scene.lookup("#load-selection").requestFocus();
            return true;
        });
        robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
        robot.write("tax");
        until(
                "also from a button below the page",
                () -> page().model().filterText().get().equals("tax"));
    }

    @Test
    @DisplayName("A selected file shows its content, its rating in words, and the file that took its place")
    void detail(FxRobot robot) throws TimeoutException {
        page().show(SampleCatalog.household());
        robot.clickOn("#filter").write("img_2007");
        until("one row", () -> page().model().rows().size() == 1);
        page().settle();
        robot.clickOn("IMG_2007.JPG");
        untilText("#detail-name", "IMG_2007.JPG");
        untilText("#preview-caption", "640");
        until(
                "the overwriting file is named",
                () -> robot.from(page().scene.lookup("#why"))
                        .lookup((Label label) -> label.getText().contains("Windows/Temp/setup-2026-11-19.log"))
                        .tryQuery()
                        .isPresent());
        filter("notes");
        robot.clickOn("notes.txt");
        untilText("#preview-caption", "UTF-8");
        filter("ext:pst");
        robot.clickOn("archive.pst");
        until(
                "the failure is told",
                () -> robot.lookup((Label label) -> label.getText().contains("812,344"))
                        .tryQuery()
                        .isPresent());
    }

    @Test
    @DisplayName("Rows say name, rating and tick to a screen reader")
    void accessible() throws TimeoutException {
        page().show(SampleCatalog.household());
        FileTable table = node("#files", FileTable.class);
        int row = row("IMG_2007.JPG");
        assertThat(ChooseStage.fx(() -> table.words(row)))
                .startsWith("IMG_2007.JPG, Part left (62 %), not checked, 2.5")
                .contains("Holiday in Norway 2026");
        ChooseStage.fx(() -> {
            page().model().tick(row, true);
            return true;
        });
        assertThat(ChooseStage.fx(() -> table.words(row))).contains(", checked, ");
    }

    @Test
    @DisplayName("Nothing found offers a thorough scan; nothing that fits offers to clear the filter")
    void empty(FxRobot robot) throws TimeoutException, IOException {
        page().show(new SampleCatalog());
        until("the offer", () -> robot.lookup("Try a _thorough scan").tryQuery().isPresent());
        page().show(SampleCatalog.household());
        robot.clickOn("#filter").write("nothing like it");
        until("no rows", () -> page().model().rows().isEmpty());
        page().settle();
        robot.clickOn("_Clear filter");
        until("all rows", () -> page().model().rows().size() == 60);
    }

    @Test
    @DisplayName("A word of the filter that is not known is named below the field")
    void unknownToken(FxRobot robot) throws TimeoutException {
        page().show(SampleCatalog.household());
        robot.clickOn("#filter").write("colour:red");
        until(
                "the word is named",
                () -> page().scene.lookup("#filter-problem") instanceof Label label
                        && label.isVisible()
                        && label.getText().contains("colour:"));
    }

    @Test
    @DisplayName("A hundred thousand rows are there, ticked together, and sorted by a click on a header")
    void manyRows(FxRobot robot) throws TimeoutException {
        page().show(SampleCatalog.many(100_000));
        FileTable table = node("#files", FileTable.class);
        assertThat(table.getItems()).hasSize(100_000);
        robot.clickOn("#column-size");
        page().settle();
        robot.clickOn("#column-size");
        until("the largest first", () -> {
            IntSizes sizes = new IntSizes(page().model());
            return sizes.at(0) >= sizes.at(50_000) && sizes.at(50_000) > sizes.at(99_999);
        });
        robot.clickOn(".tick-column .check-box");
        untilText("#chosen", "100,000 chosen");
        assertThat(ChooseStage.fx(() ->
                        Objects.requireNonNull(page().model().tally().get()).shown()))
                .isEqualTo(TriState.ALL);
    }

    @Test
    @DisplayName("A selection comes back from its file, and only what is in this scan")
    void saveAndLoad(@TempDir Path folder) throws TimeoutException {
        page().show(SampleCatalog.household());
        Path file = folder.resolve("selection.json");
        ChooseStage.fx(() -> {
            page().model().tickFolder(row("Music"), true);
            page().page.save(file);
            return true;
        });
        until("the file is there", () -> file.toFile().length() > 0);
        ChooseStage.fx(() -> {
            page().model().tickFolder(Catalog.NONE, true);
            page().page.load(file);
            return true;
        });
        untilText("#chosen", "10 chosen");
    }

    private record IntSizes(ChooseModel model) {
        long at(int index) {
            return model.catalog().size(model.rows().row(index));
        }
    }
}
