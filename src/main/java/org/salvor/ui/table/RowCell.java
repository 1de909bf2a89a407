package org.salvor.ui.table;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/**
 * A cell that shows something of a row, and shows it anew when told that rows may have changed: a table itself looks only at
 * row numbers, which stay the same.
 */
public abstract class RowCell extends TableCell<Integer, Integer> {
    private final InvalidationListener listener = observable -> refresh();

    /** @param changes tells when the row has to be looked at again */
    protected RowCell(Observable changes) {
        changes.addListener(new WeakInvalidationListener(listener));
    }

    /** Shows this row. */
    protected abstract void show(int row);

    /** Shows nothing. */
    protected void clear() {
        setText(null);
        setGraphic(null);
    }

    @Override
    protected final void updateItem(@Nullable Integer row, boolean empty) {
        super.updateItem(row, empty);
        if (row == null || empty) {
            clear();
        } else {
            show(row);
        }
    }

    private void refresh() {
        Integer row = getItem();
        if (row != null && !isEmpty()) {
            show(row);
        }
    }
}
