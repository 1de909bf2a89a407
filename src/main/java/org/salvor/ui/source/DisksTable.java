package org.salvor.ui.source;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Build;

/** The disks of this computer. */
final class DisksTable extends TableView<SourceRow> {
    DisksTable(WizardState state, SourceViewModel model) {
        super(model.disks());
        setId("disks");
        setFixedCellSize(40);
        setMinHeight(96);
        setAccessibleText(Messages.get("source.disks"));
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<SourceRow, SourceRow> name = new TableColumn<>(Messages.get("source.column.name"));
        name.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        name.setComparator(Comparator.comparing(SourceRow::name));
        name.setCellFactory(column -> new NameCell());
        name.setPrefWidth(260);
        name.setMinWidth(150);
        TableColumn<SourceRow, Long> size = new TableColumn<>(Messages.get("source.column.size"));
        size.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().size()));
        size.setComparator(Comparator.naturalOrder());
        size.setCellFactory(column -> new SizeCell());
        size.setPrefWidth(86);
        size.setMinWidth(76);
        TableColumn<SourceRow, SourceRow> badges = new TableColumn<>(Messages.get("source.column.state"));
        badges.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        badges.setCellFactory(column -> new BadgesCell());
        badges.setSortable(false);
        badges.setPrefWidth(210);
        badges.setMinWidth(200);
        TableColumn<SourceRow, String> path = text(
                "path",
                Messages.get("source.column.path"),
                row -> row.device().path().toString(),
                120);
        TableColumn<SourceRow, String> serial = text(
                "serial",
                Messages.get("source.column.serial"),
                row -> row.device().details().serial(),
                120);
        getColumns().add(name);
        getColumns().add(size);
        TableColumn<SourceRow, String> bus = text("bus", Messages.get("source.column.bus"), SourceRow::bus, 70);
        bus.visibleProperty().bind(state.technical());
        getColumns().add(bus);
        getColumns().add(text("fs", Messages.get("source.column.fileSystem"), SourceRow::fileSystem, 116));
        getColumns().add(text("label", Messages.get("source.column.label"), SourceRow::label, 110));
        getColumns().add(path);
        getColumns().add(serial);
        getColumns().add(badges);
        path.visibleProperty().bind(state.technical());
        serial.visibleProperty().bind(state.technical());
        Label empty = Build.muted(Messages.get("source.noDisks"));
        empty.setMaxWidth(420);
        setPlaceholder(empty);
        model.listing()
                .subscribe(on -> empty.setText(on ? Messages.get("source.listing") : Messages.get("source.noDisks")));
    }

    /** As high as its rows need. */
    double heightForRows() {
        return 44 + getFixedCellSize() * Math.max(2, getItems().size());
    }

    private static TableColumn<SourceRow, String> text(
            String id, String title, Function<SourceRow, String> value, double width) {
        TableColumn<SourceRow, String> column = new TableColumn<>(title);
        column.setId(id);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setComparator(Comparator.naturalOrder());
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 72));
        return column;
    }

    private static final class NameCell extends TableCell<SourceRow, SourceRow> {
        private final FontIcon icon = new FontIcon(Feather.HARD_DRIVE);

        @Override
        protected void updateItem(@Nullable SourceRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : row.name());
            setGraphic(empty ? null : icon);
            setGraphicTextGap(10);
        }
    }

    private static final class SizeCell extends TableCell<SourceRow, Long> {
        SizeCell() {
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Long size, boolean empty) {
            super.updateItem(size, empty);
            setText(empty || size == null ? null : Units.bytes(size));
        }
    }

    private static final class BadgesCell extends TableCell<SourceRow, SourceRow> {
        private final HBox box = Build.row(4);

        @Override
        protected void updateItem(@Nullable SourceRow row, boolean empty) {
            super.updateItem(row, empty);
            box.getChildren().clear();
            setText(null);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            StringBuilder spoken = new StringBuilder();
            for (SourceRow.Badge badge : row.badges()) {
                Label label = new Label(SourceRow.text(badge));
                label.getStyleClass().add("badge");
                switch (badge) {
                    case NEEDS_ADMIN, SYSTEM -> {
                        label.getStyleClass().add("badge-warning");
                        label.setGraphic(
                                new FontIcon(badge == SourceRow.Badge.SYSTEM ? Feather.ALERT_TRIANGLE : Feather.LOCK));
                    }
                    case IN_USE -> label.setGraphic(new FontIcon(Feather.ACTIVITY));
                    case SSD -> label.setGraphic(new FontIcon(Feather.ZAP));
                }
                box.getChildren().add(label);
                spoken.append(label.getText()).append(' ');
            }
            setGraphic(box);
            setAccessibleText(spoken.toString().strip());
        }
    }
}
