package org.salvor.ui.check;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.salvor.restore.PlannedFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.RatingBadge;

/** Where each file lands. */
final class LandingTable extends TableView<PlannedFile> {
    private final TableColumn<PlannedFile, String> target;
    private final TableColumn<PlannedFile, String> note;

    LandingTable(ObservableList<PlannedFile> files) {
        super(files);
        setId("landing");
        setFixedCellSize(34);
        setMinHeight(110);
        setAccessibleText(Messages.get("check.table"));
        setPlaceholder(Build.muted(Messages.get("check.table.empty")));
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        target = path(Messages.get("check.column.to"), PlannedFile::target);
        note = path(Messages.get("check.column.note"), file -> String.join(" ", file.notes()));
        TableColumn<PlannedFile, Long> size = new TableColumn<>(Messages.get("check.column.size"));
        size.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().size()));
        size.setComparator(Comparator.naturalOrder());
        size.setCellFactory(column -> new SizeCell());
        size.setPrefWidth(90);
        size.setMaxWidth(110);
        TableColumn<PlannedFile, PlannedFile> rating = new TableColumn<>(Messages.get("check.column.rating"));
        rating.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        rating.setComparator(Comparator.comparing(PlannedFile::rating));
        rating.setCellFactory(column -> new RatingCell());
        rating.setPrefWidth(160);
        rating.setMinWidth(160);
        getColumns().add(path(Messages.get("check.column.from"), PlannedFile::path));
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
    }

    private static TableColumn<PlannedFile, String> path(String title, Function<PlannedFile, String> text) {
        TableColumn<PlannedFile, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
        column.setComparator(Comparator.naturalOrder());
        column.setCellFactory(each -> new PathCell());
        column.setPrefWidth(320);
        return column;
    }

    private static final class PathCell extends TableCell<PlannedFile, String> {
        PathCell() {
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            setTooltip(empty || text == null || text.isEmpty() ? null : new Tooltip(text));
        }
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
