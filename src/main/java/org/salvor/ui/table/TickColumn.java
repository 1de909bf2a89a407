package org.salvor.ui.table;

import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column of plain check boxes over {@link Ticks}, with one in its header that ticks whatever the table shows at the moment.
 * The check boxes take no focus: the table has it, and the space key is the table's.
 */
public final class TickColumn extends TableColumn<Integer, Integer> {
    private static final double WIDTH = 44;

    private final CheckBox header = new CheckBox();
    private final Ticks ticks;
    private final IntPredicate tickable;
    private final ObjIntConsumer<Boolean> clicked;

    /**
     * @param tickable rows that have no tick show an empty cell
     * @param clicked told the wished state and the row
     * @param headerClicked told whether all shown rows shall be ticked
     */
    public TickColumn(
            Ticks ticks,
            IntPredicate tickable,
            ObjIntConsumer<Boolean> clicked,
            Consumer<Boolean> headerClicked,
            String headerText) {
        this.ticks = ticks;
        this.tickable = tickable;
        this.clicked = clicked;
        setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        setCellFactory(column -> new Cell());
        setSortable(false);
        setReorderable(false);
        setResizable(false);
        setPrefWidth(WIDTH);
        setMinWidth(WIDTH);
        setMaxWidth(WIDTH);
        header.setAccessibleText(headerText);
        header.setFocusTraversable(false);
        header.getStyleClass().add("tick");
        header.setOnAction(event -> headerClicked.accept(header.isSelected()));
        setGraphic(header);
    }

    /** Shows how many of the shown rows are ticked. */
    public void show(TriState state) {
        show(header, state);
    }

    /** Lets a check box show a group's state. */
    public static void show(CheckBox box, TriState state) {
        box.setIndeterminate(state == TriState.SOME);
        box.setSelected(state == TriState.ALL);
    }

    private final class Cell extends TableCell<Integer, Integer> {
        private final CheckBox box = new CheckBox();
        private final InvalidationListener listener = observable -> refresh();

        Cell() {
            box.setFocusTraversable(false);
            box.getStyleClass().add("tick");
            box.setAccessibleRole(AccessibleRole.CHECK_BOX);
            box.setOnAction(event -> {
                Integer row = getItem();
                if (row != null) {
                    clicked.accept(box.isSelected(), row);
                }
            });
            setAlignment(Pos.CENTER);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            ticks.revisionProperty().addListener(new WeakInvalidationListener(listener));
        }

        @Override
        protected void updateItem(@Nullable Integer row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(row == null || empty || !tickable.test(row) ? null : box);
            refresh();
        }

        private void refresh() {
            Integer row = getItem();
            if (row != null) {
                box.setSelected(ticks.has(row));
            }
        }
    }
}
