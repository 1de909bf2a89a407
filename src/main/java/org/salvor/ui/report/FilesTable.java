package org.salvor.ui.report;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.TextCell;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.OutcomeBadge;

/** Every file of a report. */
final class FilesTable extends TableView<RestoredFile> {
    FilesTable(ObservableList<RestoredFile> files, ObservableValue<String> search, ObservableBooleanValue technical) {
        super(files);
        setId("report-files");
        setFixedCellSize(34);
        setMinHeight(110);
        setAccessibleText(Messages.get("reportpage.files"));
        Label empty = Build.muted("");
        setPlaceholder(empty);
        search.subscribe(text ->
                empty.setText(Messages.get(text.isBlank() ? "reportpage.files.empty" : "reportpage.files.noMatch")));
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<RestoredFile, RestoredFile> outcome = new TableColumn<>(Messages.get("reportpage.column.outcome"));
        outcome.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        outcome.setComparator(Comparator.comparing(RestoredFile::outcome));
        outcome.setCellFactory(column -> new OutcomeCell());
        outcome.setMinWidth(152);
        outcome.setMaxWidth(180);
        TableColumn<RestoredFile, Long> size = new TableColumn<>(Messages.get("reportpage.column.size"));
        size.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().size()));
        size.setComparator(Comparator.naturalOrder());
        size.getStyleClass().add("numbers");
        size.setCellFactory(column -> new SizeCell());
        size.setMaxWidth(110);
        size.setMinWidth(86);
        TableColumn<RestoredFile, String> hash =
                text(Messages.get("reportpage.column.sha256"), RestoredFile::sha256, 84);
        hash.visibleProperty().bind(technical);
        TableColumn<RestoredFile, String> id = text(Messages.get("reportpage.column.id"), RestoredFile::id, 60);
        id.visibleProperty().bind(technical);
        getColumns().add(outcome);
        getColumns().add(text(Messages.get("reportpage.column.path"), RestoredFile::path, 126));
        getColumns().add(text(Messages.get("reportpage.column.target"), RestoredFile::target, 106));
        getColumns().add(size);
        getColumns().add(text(Messages.get("reportpage.column.why"), file -> String.join(" ", file.reasons()), 90));
        getColumns().add(hash);
        getColumns().add(id);
    }

    private static TableColumn<RestoredFile, String> text(
            String title, Function<RestoredFile, String> value, double least) {
        TableColumn<RestoredFile, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setComparator(Comparator.naturalOrder());
        column.setCellFactory(each -> new TextCell<>());
        column.setPrefWidth(240);
        column.setMinWidth(least);
        return column;
    }

    private static final class SizeCell extends TableCell<RestoredFile, Long> {
        SizeCell() {
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Long size, boolean empty) {
            super.updateItem(size, empty);
            setText(empty || size == null ? null : Units.bytes(size));
        }
    }

    private static final class OutcomeCell extends TableCell<RestoredFile, RestoredFile> {
        private final OutcomeBadge badge = new OutcomeBadge();

        @Override
        protected void updateItem(@Nullable RestoredFile file, boolean empty) {
            super.updateItem(file, empty);
            if (empty || file == null) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            badge.show(file.outcome(), ReportViewModel.text(file.outcome()));
            setGraphic(badge);
            setAccessibleText(badge.getText());
        }
    }
}
