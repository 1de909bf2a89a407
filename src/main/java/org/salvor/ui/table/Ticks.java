package org.salvor.ui.table;

import java.util.BitSet;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.salvor.recovery.Selection;

/** The ticks a person sets, one bit a row; has nothing to do with a table's own selection. UI thread only. */
public final class Ticks {
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
    private BitSet rows = new BitSet();

    /** Rises with every change. */
    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    public boolean has(int row) {
        return rows.get(row);
    }

    public void set(int row, boolean ticked) {
        if (rows.get(row) != ticked) {
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
        if (ticked) {
            rows.or(these);
        } else {
            rows.andNot(these);
        }
        changed();
    }

    /** Exactly these from now on; the set is copied. */
    public void replace(BitSet these) {
        rows = (BitSet) these.clone();
        changed();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A copy, for another thread. */
    public BitSet snapshot() {
        return (BitSet) rows.clone();
    }

    /** A copy in the words of the domain. */
    public Selection selection() {
        return new Selection(rows);
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }
}
