package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.ui.shell.Step;

/** The page Choose in its states. */
class ChooseStatesTest extends StatesTest {
    private void atChoose() {
        scanned();
        next(Step.CHOOSE);
        await("it has looked", () -> !shows("Looking\u2026"));
        settle();
    }

    private TableView<?> files() {
        return find("#files", TableView.class);
    }

    private void filter(String text) {
        set(() -> find("#filter", TextField.class).setText(text));
    }

    private void select(int row) {
        set(() -> {
            files().getSelectionModel().select(row);
            files().requestFocus();
        });
    }

    @Test
    void atFirstNothingIsChosenAndTheKeyboardIsInTheList() {
        atChoose();
        await("all are listed", () -> shows("2,412 files"));
        assertThat(textOf("#chosen")).isEqualTo("Nothing chosen yet");
        assertThat(nextIsOpen()).isFalse();
        assertThat(focused()).isEqualTo("files");
        look("choose-first");
        select(3);
        await("its name is shown", () -> shows("Why this rating"));
        await("that it cannot be shown is told", () -> shows("The content could not be read."));
        robot.type(KeyCode.SPACE);
        await("it is chosen", () -> textOf("#chosen").startsWith("1 chosen"));
        assertThat(nextIsOpen()).isTrue();
        look("choose-one");
    }

    @Test
    void theFileIsShownBesideTheTableAndInANarrowWindowInPlaceOfTheFolders() {
        atChoose();
        select(900);
        resize(WIDE, WIDE_HEIGHT);
        pulses();
        assertThat(width("#detail")).isBetween(200.0, 400.0);
        assertThat(seen("#folders")).isTrue();
        resize(900, 600);
        pulses();
        assertThat(seen("#detail")).isFalse();
        assertThat(seen("#folders")).isTrue();
        assertThat(files().getSelectionModel().getSelectedIndex()).isEqualTo(900);
        press("#show-detail");
        pulses();
        assertThat(width("#detail")).isBetween(250.0, 450.0);
        assertThat(seen("#folders")).isFalse();
        look("choose-detail");
        resize(900, 600);
        pulses();
        assertThat(seen("#folders")).isTrue();
        robot.clickOn("#files");
        robot.type(KeyCode.ENTER);
        await("the file is shown", () -> seen("#detail") && width("#detail") > 250);
        resize(WIDE, WIDE_HEIGHT);
        pulses();
        assertThat(width("#detail")).isBetween(200.0, 400.0);
        assertThat(seen("#folders")).isTrue();
    }

    @Test
    void theFrameOfTheFileIsLitOnlyWhileItHasTheKeyboard() {
        atChoose();
        resize(WIDE, WIDE_HEIGHT);
        select(900);
        await("its name is shown", () -> shows("Why this rating"));
        Node detail = find("#detail", Node.class);
        assertThat(isLit(detail)).isFalse();
        Node inside = find("#detail-scroll", Node.class);
        set(inside::requestFocus);
        assertThat(isLit(detail)).isTrue();
        set(() -> ((VBox) detail).getChildren().remove(inside));
        set(() -> files().requestFocus());
        assertThat(isLit(detail)).isFalse();
    }

    private static boolean isLit(Node node) {
        return fx(() -> node.getPseudoClassStates().contains(PseudoClass.getPseudoClass("keyboard-within")));
    }

    @Test
    void aSelectedRowStaysInSightWhenTheWindowGetsSmall() {
        atChoose();
        resize(WIDE, WIDE_HEIGHT);
        select(11);
        pulses();
        assertThat(rowInSight(11)).isTrue();
        resize(900, 600);
        pulses();
        assertThat(rowInSight(11)).isTrue();
        set(() -> files().scrollTo(500));
        pulses();
        resize(900, 560);
        pulses();
        assertThat(rowInSight(11))
                .as("a person who scrolled away is not taken back")
                .isFalse();
    }

    private boolean rowInSight(int index) {
        return fx(() -> {
            Bounds room = find("#files .clipped-container", Region.class)
                    .localToScene(
                            find("#files .clipped-container", Region.class).getLayoutBounds());
            return robot
                    .from(files())
                    .lookup((Node node) ->
                            node instanceof TableRow<?> row && row.isVisible() && row.getIndex() == index)
                    .queryAll()
                    .stream()
                    .anyMatch(row -> room.contains(
                                    row.localToScene(row.getLayoutBounds()).getCenterX(),
                                    row.localToScene(row.getLayoutBounds()).getMinY() + 1)
                            && room.contains(
                                    row.localToScene(row.getLayoutBounds()).getCenterX(),
                                    row.localToScene(row.getLayoutBounds()).getMaxY() - 1));
        });
    }

    private double width(String id) {
        return fx(() -> find(id, Region.class).getWidth());
    }

    @Test
    void whereNothingWasFoundItSaysSoAndOffersAThoroughScan() {
        engine.files = 0;
        scanned();
        set(() -> state.step().set(Step.CHOOSE));
        await("it says so", () -> shows("No deleted file was found"));
        assertThat(nextIsOpen()).isFalse();
        look("choose-empty");
        set(() -> {
            var buttons = robot.from(files()).lookup(".empty-state .button").queryAllAs(Button.class);
            assertThat(buttons).hasSize(1);
            buttons.iterator().next().fire();
        });
        assertThat(state.step().get()).isEqualTo(Step.SCAN_PLAN);
    }

    @Test
    void whereNothingFitsTheFilterCanBeCleared() {
        atChoose();
        filter("nothing like this");
        await("it says so", () -> shows("No file fits the filter"));
        assertThat(shows("0 of 2,412 files")).isTrue();
        look("choose-nomatch");
        filter("colour:red");
        await("it is told what is not known", () -> textOf("#filter-problem").contains("colour:"));
        look("choose-filter-problem");
        filter("");
        await("all are back", () -> shows("2,412 files"));
        assertThat(seen("#filter-problem")).isFalse();
    }

    @Test
    void afterAScanThatStoppedHalfWayItSaysThatWhatWasFoundIsHere() {
        engine.failing.with("scan, half", new RecoveryException("/dev/sda cannot be read any more."));
        atScan();
        await("it is told", () -> seen("#scan-error"));
        next(Step.CHOOSE);
        await("it is told here too", () -> shows("The scan stopped before its end"));
        await("what was found is listed", () -> files().getItems().size() > 1000);
        look("choose-stopped");
    }

    @Test
    void aHundredThousandLongNamesMakeAFewCells() throws Exception {
        engine.files = MANY;
        engine.longNames = true;
        scanned();
        try (UiWatch watch = new UiWatch()) {
            next(Step.CHOOSE);
            await("all are listed", () -> shows("100,000 files"));
            set(() -> find("#below", CheckBox.class).requestFocus());
            select(99_000);
            set(() -> files().scrollTo(99_000));
            filter("docx");
            await("they are filtered", () -> shows("66,666 of 100,000 files"));
            filter("");
            await("all are back", () -> shows("100,000 files"));
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(cells("#files")).isBetween(2, 60);
        assertThat(cells("#folders")).isBetween(2, 80);
        look("choose-many");
        set(() -> state.technical().set(true));
        await("the columns of technicians are there", () -> shows("Fragments"));
        resize(900, 600);
        pulses();
        assertThat(fx(() -> new Readability(scene().getRoot()).cutOff()))
                .as("the table scrolls, and no heading is cut off")
                .isEmpty();
        fx(() -> {
            Node rating = find("#files #column-chance", Node.class);
            assertThat(rating.localToScene(rating.getLayoutBounds()).getMaxX())
                    .as("the rating is seen without scrolling")
                    .isLessThanOrEqualTo(
                            files().localToScene(files().getLayoutBounds()).getMaxX());
            return true;
        });
        picture(() -> scene().snapshot(null), "choose-technical-900");
    }
}
