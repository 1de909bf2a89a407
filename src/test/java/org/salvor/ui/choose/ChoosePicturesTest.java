package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Pictures of the page in all its states, to be looked at: target/screenshots. */
@Tag("pictures")
@ExtendWith(ApplicationExtension.class)
class ChoosePicturesTest {
    private @Nullable Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
    }

    @ParameterizedTest
    @CsvSource({"1280, 800, false", "1280, 800, true", "900, 600, false", "900, 600, true"})
    @DisplayName("Every state, large and small, light and dark")
    void states(int width, int height, boolean dark, FxRobot robot) throws TimeoutException, IOException {
        ChooseStage page = ChooseStage.fx(() -> new ChooseStage(Objects.requireNonNull(stage), width, height));
        String suffix = "-" + width + (dark ? "-dark" : "");
        ChooseStage.fx(() -> {
            page.state.dark().set(dark);
            return true;
        });
        page.show(SampleCatalog.household());
        page.picture("plain" + suffix);
        ChooseStage.fx(() -> {
            ChooseModel model = page.model();
            model.tickFolder(row(page, "Pictures"), true);
            model.tick(row(page, "archive.pst"), true);
            FolderPane tree = (FolderPane) page.scene.lookup("#folders");
            tree.select(row(page, "Invoices 2025"));
            tree.select(row(page, "Holiday in Norway 2026"));
            return true;
        });
        page.settle();
        ChooseStage.fx(() -> {
            FileTable table = (FileTable) page.scene.lookup("#files");
            table.getSelectionModel().select(6);
            table.requestFocus();
            return true;
        });
        page.picture("filled" + suffix);
        ChooseStage.fx(() -> {
            ((FolderPane) page.scene.lookup("#folders")).select(-1);
            page.model().filterText().set("colour:red doc");
            return true;
        });
        page.picture("problem" + suffix);
        ChooseStage.fx(() -> {
            page.model().filterText().set("nothing like this");
            return true;
        });
        page.picture("nomatch" + suffix);
        ChooseStage.fx(() -> {
            page.model().clearFilter();
            page.state.technical().set(true);
            page.model().filterText().set("enclosures");
            return true;
        });
        page.settle();
        ChooseStage.fx(() -> {
            FileTable table = (FileTable) page.scene.lookup("#files");
            table.getSelectionModel().select(0);
            table.requestFocus();
            return true;
        });
        robot.type(KeyCode.ENTER);
        page.picture("technical" + suffix);
        ChooseStage.fx(() -> {
            if (width < 1000) {
                ((ToggleButton) page.scene.lookup("#show-detail")).setSelected(false);
            }
            page.state.technical().set(false);
            page.model().filterText().set("");
            ((ToggleButton) page.scene.lookup("#tab-types")).setSelected(true);
            return true;
        });
        page.picture("types" + suffix);
        page.show(new SampleCatalog());
        page.picture("empty" + suffix);
        page.show(SampleCatalog.many(100_000));
        page.picture("many" + suffix);
        assertThat(page.model().rows()).hasSize(100_000);
    }

    private static int row(ChooseStage page, String name) {
        for (int row = 0; row < page.model().catalog().size(); row++) {
            if (page.model().catalog().name(row).equals(name)) {
                return row;
            }
        }
        throw new AssertionError(name);
    }
}
