package org.salvor.ui;

import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.salvor.recovery.Source;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;

/**
 * Goes over the practice disk by itself, up to the page where files are chosen, and closes the window. The program is started so
 * once when it is packed: what the Java machine learnt meanwhile is kept beside the program and saves half of every start.
 */
final class Rehearsal {
    private static final Duration BETWEEN = Duration.millis(200);

    /** On the last page. */
    private static final int LAST = 17;

    /** Whatever happens. */
    private static final int MOST = 300;

    private final WizardState state;
    private final Stage stage;
    private final Timeline looks;
    private int all;
    private int onLastPage;

    private Rehearsal(WizardState state, Stage stage) {
        this.state = state;
        this.stage = stage;
        looks = new Timeline(new KeyFrame(BETWEEN, event -> look()));
        looks.setCycleCount(Timeline.INDEFINITE);
    }

    /** Begins, with the window shown. */
    static void of(WizardState state, Stage stage) {
        new Rehearsal(state, stage).looks.play();
    }

    private void look() {
        all++;
        Step step = state.step().get();
        if (step == Step.START) {
            state.source().set(new Source.Practice());
            state.step().set(Step.SOURCE);
        } else if (step != Step.CHOOSE) {
            if (node("#next") instanceof Button next && !next.isDisabled()) {
                next.fire();
            }
        } else {
            choose(onLastPage++);
        }
        if (onLastPage > LAST || all > MOST) {
            looks.stop();
            stage.hide();
        }
    }

    /** What a person does on that page; one thing at each look, so that the page is drawn in between. */
    private void choose(int look) {
        if (!(node("#files") instanceof TableView<?> files)
                || !(node("#filter") instanceof TextInputControl filter)
                || !(node("#folders") instanceof TreeView<?> folders)) {
            return;
        }
        switch (look) {
            case 2 -> files.getSelectionModel().select(0);
            case 3 -> files.getSelectionModel().selectRange(0, files.getItems().size());
            case 4 -> filter.setText("jpg");
            case 5 -> filter.setText("");
            case 6, 7 -> folders.getRoot().getChildren().forEach(item -> item.setExpanded(!item.isExpanded()));
            case 8 -> folders.getSelectionModel().select(1);
            case 9 -> folders.getSelectionModel().select(0);
            case 10 -> sortByLast(files);
            case 11 -> files.scrollTo(files.getItems().size() - 1);
            case 12, 13 ->
                files.getSelectionModel().clearAndSelect(files.getItems().size() - look + 11);
            case 14 -> files.getSelectionModel().selectRange(0, files.getItems().size());
            default -> {}
        }
    }

    private static <T> void sortByLast(TableView<T> files) {
        files.getVisibleLeafColumns().stream()
                .filter(TableColumn::isSortable)
                .reduce((one, next) -> next)
                .ifPresent(column -> files.getSortOrder().setAll(List.of(column)));
    }

    private Node node(String id) {
        return stage.getScene().lookup(id);
    }
}
