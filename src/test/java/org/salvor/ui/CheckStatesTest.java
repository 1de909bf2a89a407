package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;

/** The page Check in its states. */
class CheckStatesTest extends StatesTest {
    private int rows() {
        return fx(() -> find("#landing", TableView.class).getItems().size());
    }

    @Test
    void saysInOneSentenceWhatWillHappenAndShowsWhereEachFileLands() {
        atCheck(1200, "/tmp/fat/Recovered 2026-11-20");
        await("the sentence", () -> shows("will be copied to " + here("/tmp/fat/Recovered 2026-11-20") + "."));
        assertThat(textOf("#sentence")).startsWith("1,089 files (");
        assertThat(nextText()).isEqualTo("Copy 1,089 files");
        assertThat(nextIsOpen()).isTrue();
        await("the rows", () -> rows() == 1089);
        look("check");
        press("#group-IMPOSSIBLE");
        await("the rows", () -> rows() == 99);
        assertThat(shows("99 files: Other files took all of its places.")).isTrue();
        look("check-impossible");
        press("#group-RENAMED");
        await("the rows", () -> rows() > 0 && rows() < 99);
        look("check-renamed");
        set(() -> find("#landing-search", TextField.class).setText("nothing like it"));
        await("no row", () -> rows() == 0);
        assertThat(shows("No file fits the search")).isTrue();
        look("check-no-match");
    }

    @Test
    void whereNothingCanBeCopiedItSaysSoAndStaysClosed() {
        engine.allOverwritten = true;
        atCheckOrStay();
        await("it is said", () -> shows("There is nothing to copy with these choices."));
        assertThat(nextIsOpen()).isFalse();
        assertThat(find("#group-IMPOSSIBLE", ToggleButton.class).isDisabled()).isFalse();
        assertThat(shows("Nothing of its content is left.")).isTrue();
        look("check-empty");
    }

    private void atCheckOrStay() {
        atCheck(500, "/tmp/back");
    }

    @Test
    void aLineThatDoesTheSameGoesToTheClipboard() {
        engine.longNames = true;
        atCheck(15, "/tmp/back/" + SyntheticEngine.LONG_NAME);
        await("the sentence", () -> shows("will be copied to"));
        look("check-long");
        press("#copy-command");
        await(
                "the line is there",
                () -> String.valueOf(Clipboard.getSystemClipboard().getString())
                        .startsWith("salvor restore " + Path.of("/dev/sda")));
        await("it is told", () -> dialogWordsAndPopups().contains("The command is on the clipboard"));
    }

    @Test
    void aHundredThousandFilesMakeAFewCells() throws Exception {
        engine.files = MANY;
        engine.longNames = true;
        atDestination(MANY);
        try (UiWatch watch = new UiWatch()) {
            type("/tmp/back");
            next(org.salvor.ui.shell.Step.CHECK);
            await("the rows", () -> rows() > 80_000);
            set(() -> find("#landing-search", TextField.class).setText("picture 98"));
            await("the rows", () -> rows() > 900 && rows() < 1200);
            set(() -> find("#landing-search", TextField.class).setText(""));
            await("the rows", () -> rows() > 80_000);
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(cells("#landing")).isBetween(2, 60);
        look("check-many");
    }
}
