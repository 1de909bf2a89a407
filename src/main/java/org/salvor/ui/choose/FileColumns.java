package org.salvor.ui.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.RowCell;
import org.salvor.ui.table.TickColumn;
import org.salvor.ui.theme.RatingBadge;

/** The columns of the table: few for everybody, more for technicians. */
final class FileColumns {
    private static final double DAY_WIDTH = 100;
    private static final double TIME_WIDTH = 142;
    private static final String TECHNICAL = "technical";
    private static final double SCROLL_BAR = 12;
    private static final double NAME_WIDTH = 138;

    /** Where the table scrolls sideways anyway, long names need not be cut. */
    private static final double NAME_WIDTH_TECHNICAL = 240;

    private static final double NAME_PART = 0.58;
    private static final double FOLDER_WIDTH = 90;

    /** Not 80: a column of that width counts as one without a width, and is measured by 30 rows made for it. */
    private static final double ALLOCATED_WIDTH = 82;

    private final Catalog catalog;
    private final Observable changes;
    private final TableColumn<Integer, Integer> name;
    private final TableColumn<Integer, Integer> folder;
    private final TableColumn<Integer, Integer> modified;
    private boolean exact;
    private final List<TableColumn<Integer, Integer>> all = new ArrayList<>();

    FileColumns(Catalog catalog, Observable changes) {
        this.catalog = catalog;
        this.changes = changes;
        name = column(SortBy.NAME, Messages.get("choose.column.name"), NAME_WIDTH, NameCell::new);
        // next to the name: it is seen in any window, also where the others have to be scrolled to
        column(SortBy.CHANCE, Messages.get("choose.column.chance"), 146, BadgeCell::new);
        folder = column(SortBy.FOLDER, Messages.get("choose.column.folder"), FOLDER_WIDTH, FolderCell::new);
        modified = text(
                SortBy.MODIFIED,
                Messages.get("choose.column.modified"),
                DAY_WIDTH,
                row -> Texts.time(catalog.modified(row), !exact));
        number(SortBy.SIZE, Messages.get("choose.column.size"), 86, row -> size(catalog.size(row), row));
        technicalText(SortBy.ID, Messages.get("choose.column.id"), 100, this::record);
        technicalText(
                SortBy.CREATED, Messages.get("choose.column.created"), 142, row -> Texts.time(catalog.created(row)));
        technicalText(
                SortBy.CHANGED, Messages.get("choose.column.changed"), 160, row -> Texts.time(catalog.changed(row)));
        technicalText(
                SortBy.ACCESSED, Messages.get("choose.column.accessed"), 142, row -> Texts.time(catalog.accessed(row)));
        technical(number(
                SortBy.ALLOCATED,
                Messages.get("choose.column.allocated"),
                ALLOCATED_WIDTH,
                row -> size(catalog.allocated(row), row)));
        technical(number(
                SortBy.FRAGMENTS,
                Messages.get("choose.column.fragments"),
                118,
                row -> Units.count(catalog.fragments(row))));
        technical(number(
                SortBy.FIRST_CLUSTER,
                Messages.get("choose.column.firstCluster"),
                128,
                row -> catalog.firstCluster(row) < 0 ? "" : Units.count(catalog.firstCluster(row))));
        technicalText(
                SortBy.ATTRIBUTES,
                Messages.get("choose.column.attributes"),
                112,
                row -> Texts.attributes(catalog.attributes(row)));
        technical(number(
                SortBy.STREAMS,
                Messages.get("choose.column.streams"),
                104,
                row -> Units.count(catalog.streams(row).size())));
        technicalText(SortBy.PROVENANCE, Messages.get("choose.column.provenance"), 130, this::provenance);
    }

    TableColumn<Integer, Integer> name() {
        return name;
    }

    List<TableColumn<Integer, Integer>> all() {
        return all;
    }

    /** Shows or hides the columns for technicians. */
    static void technical(TableView<Integer> table, boolean on) {
        for (TableColumn<Integer, ?> column : table.getColumns()) {
            if (column.getStyleClass().contains(TECHNICAL)) {
                column.setVisible(on);
            }
        }
    }

    /**
     * The name and the folder share the room that the others leave. Where that is little, what the other panes show as well steps
     * back: first the folder, then the time. Technicians get all, and scroll.
     *
     * @param oneFolder all rows lie in the same folder, which need not be said in each of them
     */
    void fit(TableView<Integer> table, boolean technical, boolean oneFolder) {
        if (exact != technical) {
            exact = technical;
            modified.setPrefWidth(technical ? TIME_WIDTH : DAY_WIDTH);
        }
        double modifiedWidth = modified.getPrefWidth();
        double room = table.getWidth() - SCROLL_BAR;
        for (TableColumn<Integer, Integer> column : all) {
            boolean other = column != name && column != folder && column != modified;
            if (other && (technical || !column.getStyleClass().contains(TECHNICAL))) {
                room -= column.getWidth();
            }
        }
        room -= TickColumn.WIDTH;
        boolean time = technical || room - modifiedWidth >= NAME_WIDTH;
        double left = time ? room - modifiedWidth : room;
        boolean place = !oneFolder && (technical || left >= NAME_WIDTH + FOLDER_WIDTH);
        modified.setVisible(time);
        folder.setVisible(place);
        double forName = Math.max(technical ? NAME_WIDTH_TECHNICAL : NAME_WIDTH, place ? left * NAME_PART : left);
        name.setPrefWidth(forName);
        folder.setPrefWidth(Math.max(FOLDER_WIDTH, left - forName));
    }

    private String size(long bytes, int row) {
        return catalog.folder(row) ? "" : Units.bytes(bytes);
    }

    private String record(int row) {
        String id = catalog.id(row).text();
        return id.substring(id.lastIndexOf(':') + 1);
    }

    private String provenance(int row) {
        Provenance from = catalog.provenance(row);
        return Messages.get("choose.provenance." + from);
    }

    private TableColumn<Integer, Integer> text(SortBy by, String title, double width, IntFunction<String> value) {
        return column(by, title, width, () -> new TextCell(value, Pos.CENTER_LEFT));
    }

    private TableColumn<Integer, Integer> number(SortBy by, String title, double width, IntFunction<String> value) {
        TableColumn<Integer, Integer> column = column(by, title, width, () -> new TextCell(value, Pos.CENTER_RIGHT));
        column.getStyleClass().add("numbers");
        return column;
    }

    private void technicalText(SortBy by, String title, double width, IntFunction<String> value) {
        technical(text(by, title, width, value));
    }

    private static void technical(TableColumn<Integer, Integer> column) {
        column.getStyleClass().add(TECHNICAL);
        column.setVisible(false);
    }

    private TableColumn<Integer, Integer> column(SortBy by, String title, double width, Supplier<RowCell> cells) {
        TableColumn<Integer, Integer> column = new TableColumn<>(title);
        column.setUserData(by);
        column.setId("column-" + by.name().toLowerCase(Locale.ROOT));
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(unused -> cells.get());
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 90));
        column.setReorderable(false);
        all.add(column);
        return column;
    }

    private final class TextCell extends RowCell {
        private final IntFunction<String> value;

        TextCell(IntFunction<String> value, Pos alignment) {
            super(changes);
            this.value = value;
            setAlignment(alignment);
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        }

        @Override
        protected void show(int row) {
            setText(value.apply(row));
        }
    }

    /** A text that may be longer than its room: the whole of it comes as a tooltip. */
    private abstract class LongCell extends RowCell {
        private final Tooltip full = new Tooltip();

        LongCell(OverrunStyle overrun) {
            super(changes);
            setTextOverrun(overrun);
            setTooltip(full);
            full.setWrapText(true);
            full.setMaxWidth(480);
        }

        void show(String text) {
            setText(text);
            full.setText(text);
        }
    }

    /** The end of a path says most. */
    private final class FolderCell extends LongCell {
        FolderCell() {
            super(OverrunStyle.LEADING_ELLIPSIS);
            getStyleClass().add("folder-cell");
        }

        @Override
        protected void show(int row) {
            show(Texts.folder(catalog, row));
        }
    }

    private final class NameCell extends LongCell {
        private final FontIcon icon = new FontIcon();

        NameCell() {
            super(OverrunStyle.CENTER_ELLIPSIS);
            getStyleClass().add("name-cell");
        }

        @Override
        protected void show(int row) {
            icon.setIconCode(Icons.of(catalog, row));
            setGraphic(icon);
            show(catalog.name(row));
        }
    }

    private final class BadgeCell extends RowCell {
        private final RatingBadge badge = new RatingBadge();

        BadgeCell() {
            super(changes);
        }

        @Override
        protected void show(int row) {
            if (catalog.folder(row)) {
                setGraphic(null);
            } else {
                badge.show(catalog.ratingClass(row), catalog.intactPercent(row));
                setGraphic(badge);
            }
        }
    }
}
