package org.salvor.ui.table;

import java.util.BitSet;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.salvor.recovery.Selection;

/** The ticks a person sets, one bit a row; has nothing to do with a table's own selection. UI thread only. */
public final class Ticks {
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
    private final Selection rows;

    /** @param rows kept, and changed in place with each tick */
    public Ticks(Selection rows) {
        this.rows = rows;
    }

    /** Rises with every change. */
    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    public boolean has(int row) {
        return rows.has(row);
    }

    public void set(int row, boolean ticked) {
        if (rows.has(row) != ticked) {
            rows.set(row, ticked);
            changed();
        }
    }

    /** Ticks, or clears, all of these. */
    public void setAll(int[] these, boolean ticked) {
        for (int row : these) {
            rows.set(row, ticked);
        }
        changed();
    }

    /** Ticks, or clears, all of these; the set is not kept. */
    public void setAll(BitSet these, boolean ticked) {
        rows.setAll(these, ticked);
        changed();
    }

    /** A copy, for another thread. */
    public BitSet snapshot() {
        return rows.rows();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }
}
