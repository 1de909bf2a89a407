package org.salvor.ui.check;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.salvor.restore.PlannedFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.TextCell;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.RatingBadge;

/** Where each file lands. */
final class LandingTable extends TableView<PlannedFile> {
    private static final double WIDE = 320;

    private final TableColumn<PlannedFile, String> from;
    private final TableColumn<PlannedFile, String> target;
    private final TableColumn<PlannedFile, String> note;

    private final Label empty = Build.muted("");

    LandingTable(ObservableList<PlannedFile> files, ObservableValue<String> search) {
        super(files);
        setId("landing");
        setFixedCellSize(34);
        setMinHeight(110);
        setAccessibleText(Messages.get("check.table"));
        setPlaceholder(empty);
        search.subscribe(
                text -> empty.setText(Messages.get(text.isBlank() ? "check.table.empty" : "check.table.noMatch")));
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        from = path(Messages.get("check.column.from"), PlannedFile::path);
        target = path(Messages.get("check.column.to"), PlannedFile::target);
        note = path(Messages.get("check.column.note"), file -> String.join(" ", file.notes()));
        TableColumn<PlannedFile, Long> size = new TableColumn<>(Messages.get("check.column.size"));
        size.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().size()));
        size.setComparator(Comparator.naturalOrder());
        size.getStyleClass().add("numbers");
        size.setCellFactory(column -> new SizeCell());
        size.setPrefWidth(90);
        size.setMinWidth(86);
        size.setMaxWidth(110);
        TableColumn<PlannedFile, PlannedFile> rating = new TableColumn<>(Messages.get("check.column.rating"));
        rating.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        rating.setComparator(Comparator.comparing(PlannedFile::rating));
        rating.setCellFactory(column -> new RatingCell());
        rating.setPrefWidth(160);
        rating.setMinWidth(160);
        getColumns().add(from);
        getColumns().add(target);
        getColumns().add(note);
        getColumns().add(size);
        getColumns().add(rating);
    }

    /** Shows the columns that say something about this group. */
    void fit(PlanSummary.Group group) {
        boolean written = group == PlanSummary.Group.COPIED || group == PlanSummary.Group.RENAMED;
        target.setVisible(written);
        note.setVisible(group != PlanSummary.Group.COPIED);
        // a column that comes back gets its least width only, and the reason is what a person looks for here
        for (TableColumn<PlannedFile, String> column : List.of(from, target, note)) {
            column.setPrefWidth(column.getMinWidth());
            column.setPrefWidth(column == note && !written ? 2 * WIDE : WIDE);
        }
    }

    private static TableColumn<PlannedFile, String> path(String title, Function<PlannedFile, String> text) {
        TableColumn<PlannedFile, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
        column.setComparator(Comparator.naturalOrder());
        column.setCellFactory(each -> new TextCell<>());
        column.setPrefWidth(WIDE);
        column.setMinWidth(120);
        return column;
    }

    private static final class SizeCell extends TableCell<PlannedFile, Long> {
        SizeCell() {
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Long size, boolean empty) {
            super.updateItem(size, empty);
            PlannedFile file = getTableRow() == null ? null : getTableRow().getItem();
            if (empty || size == null || file == null || file.folder()) {
                setText(null);
            } else {
                setText(Units.bytes(size));
            }
        }
    }

    private static final class RatingCell extends TableCell<PlannedFile, PlannedFile> {
        private final RatingBadge badge = new RatingBadge();

        @Override
        protected void updateItem(@Nullable PlannedFile file, boolean empty) {
            super.updateItem(file, empty);
            if (empty || file == null || file.folder()) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            badge.show(file.rating(), file.intactPercent());
            setGraphic(badge);
            setAccessibleText(badge.getText());
        }
    }
}
