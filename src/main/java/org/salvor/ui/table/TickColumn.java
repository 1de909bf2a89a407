package org.salvor.ui.table;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column of plain check boxes, with one in its header that ticks whatever the table shows at the moment.
 * The check boxes take no focus: the table has it, and the space key is the table's.
 */
public final class TickColumn extends TableColumn<Integer, Integer> {
    /** Always as wide as this. */
    public static final double WIDTH = 40;

    private final CheckBox header = new CheckBox();
    private final Observable changes;
    private final IntFunction<@Nullable TriState> state;
    private final ObjIntConsumer<Boolean> clicked;

    /**
     * @param state of a row's box; none for rows without one
     * @param changes tells when boxes have to be looked at again
     * @param clicked told the wished state and the row
     * @param headerClicked told whether all shown rows shall be ticked
     */
    public TickColumn(
            Observable changes,
            IntFunction<@Nullable TriState> state,
            ObjIntConsumer<Boolean> clicked,
            Consumer<Boolean> headerClicked,
            String headerText) {
        this.changes = changes;
        this.state = state;
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
        getStyleClass().add("tick-column");
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

    private final class Cell extends RowCell {
        private final CheckBox box = new CheckBox();

        Cell() {
            super(changes);
            box.setFocusTraversable(false);
            box.getStyleClass().add("tick");
            box.setOnAction(event -> {
                Integer row = getItem();
                if (row != null) {
                    clicked.accept(box.isSelected(), row);
                }
            });
            setAlignment(Pos.CENTER);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void show(int row) {
            TriState now = state.apply(row);
            setGraphic(now == null ? null : box);
            if (now != null) {
                TickColumn.show(box, now);
            }
        }
    }
}
