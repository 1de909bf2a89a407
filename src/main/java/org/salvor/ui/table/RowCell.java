package org.salvor.ui.table;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/**
 * A cell that shows something of a row, and shows it anew when told that rows may have changed: a table itself looks only at
 * row numbers, which stay the same. However often it is told, it looks once per pulse.
 */
public abstract class RowCell extends TableCell<Integer, Integer> {
    private final InvalidationListener listener = observable -> outdated();
    private boolean outdated;

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
        outdated = false;
        if (row == null || empty) {
            clear();
        } else {
            show(row);
        }
    }

    private void outdated() {
        if (getItem() != null && !isEmpty()) {
            outdated = true;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        Integer row = getItem();
        if (outdated && row != null) {
            outdated = false;
            show(row);
        }
        super.layoutChildren();
    }
}
