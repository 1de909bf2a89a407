package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Shape;
import javafx.scene.text.Font;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.controlsfx.control.PopOver;
import org.junit.jupiter.api.Test;
import org.salvor.ui.shell.Step;

/** What opens over the window for a while: it can be read, light and dark, and stays where a person sees it. */
class OverTheWindowTest extends StatesTest {
    private static final int[][] SIZES = {{900, 600}, {WIDE, WIDE_HEIGHT}};

    @Test
    void aNoticeWrapsStaysInTheWindowAndCanBeRead() {
        engine.longNames = true;
        atCheck(15, "/tmp/back/" + SyntheticEngine.LONG_NAME);
        await("the sentence", () -> shows("will be copied to"));
        for (int[] size : SIZES) {
            resize(size[0], size[1]);
            for (boolean dark : new boolean[] {false, true}) {
                set(() -> state.dark().set(dark));
                press("#copy-command");
                await("it is told", () -> open(Popup.class::isInstance).size() == 1);
                pulses();
                PopupWindow notice = open(Popup.class::isInstance).getFirst();
                Region bar = fx(() -> (Region) notice.getScene().getRoot().lookup(".notification-bar"));
                fx(() -> {
                    double left = bar.localToScreen(bar.getLayoutBounds()).getMinX();
                    double right = bar.localToScreen(bar.getLayoutBounds()).getMaxX();
                    assertThat(left).isGreaterThanOrEqualTo(stage().getX());
                    assertThat(right).isLessThanOrEqualTo(stage().getX() + stage().getWidth());
                    return true;
                });
                looked(notice, "notice", dark, size[0]);
                set(notice::hide);
            }
        }
    }

    @Test
    void theHelpHasTheLettersOfThePageAndTheColoursOfTheTheme() {
        atPlan();
        Font body = fx(() -> find("#back", Labeled.class).getFont());
        for (boolean dark : new boolean[] {false, true}) {
            set(() -> state.dark().set(dark));
            robot.type(KeyCode.F1);
            await("the help", () -> open(PopOver.class::isInstance).size() == 1);
            PopupWindow help = open(PopOver.class::isInstance).getFirst();
            pulses();
            List<Label> labels = fx(() -> help.getScene().getRoot().lookupAll(".help .label").stream()
                    .map(Label.class::cast)
                    .toList());
            assertThat(labels).hasSize(2);
            assertThat(labels.getFirst().getFont().getStyle()).contains("Bold");
            assertThat(labels.getLast().getFont()).isEqualTo(body);
            arrowFits(help);
            looked(help, "help", dark, WIDE);
            robot.type(KeyCode.ESCAPE);
            settle();
        }
    }

    @Test
    void theQuestionsOfTheFilterLookLikeTheHelp() {
        scanned();
        next(Step.CHOOSE);
        for (boolean dark : new boolean[] {false, true}) {
            set(() -> state.dark().set(dark));
            set(() -> find("#filter-help", Button.class).fire());
            PopupWindow grammar = open(PopOver.class::isInstance).getFirst();
            pulses();
            arrowFits(grammar);
            looked(grammar, "filter-help", dark, WIDE);
            set(grammar::hide);
        }
    }

    private static List<PopupWindow> open(Predicate<Window> kind) {
        return fx(() -> Window.getWindows().stream()
                .filter(kind)
                .map(PopupWindow.class::cast)
                .toList());
    }

    /** The arrow and the box it belongs to are of one colour. */
    private static void arrowFits(PopupWindow window) {
        fx(() -> {
            Parent root = window.getScene().getRoot();
            Paint arrow = ((Shape) root.lookup(".border")).getFill();
            Paint box = ((Region) root.lookup(".content"))
                    .getBackground()
                    .getFills()
                    .getFirst()
                    .getFill();
            assertThat(arrow).isEqualTo(box);
            return true;
        });
    }

    private void looked(PopupWindow window, String name, boolean dark, int width) {
        String where = String.format(Locale.ROOT, "%s-%s-%d", name, dark ? "dark" : "light", width);
        await(
                "all of it has come into its place",
                () -> new Readability(window.getScene().getRoot()).outside().isEmpty());
        picture(() -> window.getScene().snapshot(null), where);
        fx(() -> {
            Readability seen = new Readability(window.getScene().getRoot());
            assertThat(seen.faint()).as("too faint on " + where).isEmpty();
            assertThat(seen.cutOff()).as("cut off on " + where).isEmpty();
            return true;
        });
    }
}
