package org.salvor.ui.source;

import atlantafx.base.theme.Styles;
import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.table.TextCell;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.EmptyState;

/** The disks of this computer. */
final class DisksTable extends TableView<SourceRow> {
    private static final double ROW = 46;
    private static final double PADDING = 16;

    /** @param openImage what can be done where there is no disk */
    DisksTable(WizardState state, SourceViewModel model, Runnable openImage) {
        super(model.disks());
        setId("disks");
        setFixedCellSize(ROW);
        setMinHeight(0);
        // once the new height is laid out
        heightProperty().subscribe((was, is) -> state.ui().execute(this::reveal));
        setAccessibleText(Messages.get("source.disks"));
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<SourceRow, SourceRow> name = new TableColumn<>(Messages.get("source.column.name"));
        name.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        name.setComparator(Comparator.comparing(SourceRow::name));
        name.setCellFactory(column -> new NameCell(state.technical()));
        name.setPrefWidth(320);
        name.setMinWidth(180);
        TableColumn<SourceRow, Long> size = new TableColumn<>(Messages.get("source.column.size"));
        size.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().size()));
        size.setComparator(Comparator.naturalOrder());
        size.getStyleClass().add("numbers");
        size.setCellFactory(column -> new SizeCell());
        size.setPrefWidth(90);
        size.setMinWidth(80);
        TableColumn<SourceRow, SourceRow> badges = new TableColumn<>(Messages.get("source.column.state"));
        badges.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        badges.setCellFactory(column -> new BadgesCell());
        badges.setSortable(false);
        badges.setPrefWidth(210);
        badges.setMinWidth(200);
        getColumns().add(name);
        getColumns().add(size);
        getColumns().add(text("fs", Messages.get("source.column.fileSystem"), SourceRow::fileSystem, 116));
        getColumns().add(text("label", Messages.get("source.column.label"), SourceRow::label, 140));
        getColumns().add(badges);
        state.technical().subscribe((was, is) -> refresh());
        Node looking = new EmptyState(Feather.LOADER, Messages.get("source.listing"), "");
        Button image = Build.button(Messages.get("source.openImage"), Feather.FILE, openImage);
        image.setId("open-image-instead");
        Node none = new EmptyState(
                Feather.HARD_DRIVE, Messages.get("source.noDisks"), Messages.get("source.noDisks.text"), image);
        model.listing().subscribe(on -> setPlaceholder(on ? looking : none));
    }

    /** Keeps what is chosen in sight. */
    void reveal() {
        int row = getSelectionModel().getSelectedIndex();
        if (row >= 0) {
            scrollTo(row);
        }
    }

    /** As high as its rows need, but never higher than so many. */
    double heightForRows(int most) {
        return 44 + ROW * Math.clamp(getItems().size(), 1, most);
    }

    private static TableColumn<SourceRow, String> text(
            String id, String title, Function<SourceRow, String> value, double width) {
        TableColumn<SourceRow, String> column = new TableColumn<>(title);
        column.setId(id);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setComparator(Comparator.naturalOrder());
        column.setCellFactory(each -> new TextCell<>());
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 110));
        return column;
    }

    /** The maker's name, and below it how it is connected and called. */
    private static final class NameCell extends TableCell<SourceRow, SourceRow> {
        private final ObservableBooleanValue technical;
        private final Label name = new Label();
        private final Label below = new Label();
        private final HBox box;

        NameCell(ObservableBooleanValue technical) {
            this.technical = technical;
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            below.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            below.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            VBox texts = Build.column(0, name, below);
            texts.setAlignment(Pos.CENTER_LEFT);
            texts.setMinWidth(0);
            HBox.setHgrow(texts, Priority.ALWAYS);
            box = Build.row(10, new FontIcon(Feather.HARD_DRIVE), texts);
            box.setMinWidth(0);
            // a graphic is as wide as it wants to be, and would be cut at the end of the column
            box.prefWidthProperty().bind(widthProperty().subtract(PADDING));
        }

        @Override
        protected void updateItem(@Nullable SourceRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            name.setText(row.name());
            below.setText(row.identity(technical.get()));
            setTooltip(new Tooltip(row.name() + "\n" + row.identity(true)));
            setAccessibleText(row.name() + ", " + below.getText());
            setGraphic(box);
        }
    }

    private static final class SizeCell extends TableCell<SourceRow, Long> {
        SizeCell() {
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Long size, boolean empty) {
            super.updateItem(size, empty);
            setText(empty || size == null || size < 0 ? null : Units.bytes(size));
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
