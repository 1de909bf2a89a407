package org.salvor.ui.theme;

import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableLongValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Problem;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** Problems of a job: what, and where. */
public final class ProblemList extends VBox {
    private final ListView<Problem> list;

    /** @param all how many there are, also those past the ones that are listed */
    public ProblemList(ObservableList<Problem> problems, ObservableLongValue all) {
        super(6);
        list = new ListView<>(problems);
        Label more = Build.muted("");
        more.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Messages.get("problems.more", Units.count(problems.size())), problems));
        BooleanBinding cut = Bindings.createBooleanBinding(() -> all.get() > problems.size(), all, problems);
        more.visibleProperty().bind(cut);
        more.managedProperty().bind(cut);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(more, list);
        list.getStyleClass().add("problem-list");
        list.setFixedCellSize(52);
        list.setMinHeight(60);
        list.setAccessibleText(Messages.get("problems.name"));
        list.setPlaceholder(Build.muted(Messages.get("problems.none")));
        list.setCellFactory(view -> new ProblemCell());
    }

    /** What a label can name. */
    public ListView<Problem> list() {
        return list;
    }

    private static final class ProblemCell extends ListCell<Problem> {
        private final FontIcon icon = new FontIcon();
        private final Label text = new Label();
        private final Label place = new Label();
        private final HBox box;

        ProblemCell() {
            place.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            place.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            VBox texts = new VBox(2, text, place);
            texts.setMinWidth(0);
            texts.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(texts, Priority.ALWAYS);
            box = Build.row(12, icon, texts);
            box.setMinWidth(0);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Problem problem, boolean empty) {
            super.updateItem(problem, empty);
            setText(null);
            if (empty || problem == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            icon.getStyleClass().removeAll("icon-info", "icon-warning", "icon-error");
            switch (problem.severity()) {
                case NOTE -> icon(Feather.INFO, "icon-info");
                case WARNING -> icon(Feather.ALERT_TRIANGLE, "icon-warning");
                case ERROR -> icon(Feather.ALERT_OCTAGON, "icon-error");
            }
            text.setText(problem.text());
            place.setText(problem.place());
            Build.visible(place, !problem.place().isEmpty());
            setTooltip(new Tooltip(problem.text() + "\n" + problem.place()));
            setAccessibleText(problem.text() + " " + problem.place());
            setGraphic(box);
        }

        private void icon(Feather code, String style) {
            icon.setIconCode(code);
            icon.getStyleClass().add(style);
        }
    }
}
