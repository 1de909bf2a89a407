package org.salvor.recovery;

import java.util.BitSet;

/** The rows of a catalog that a person chose, as ticks. Confined to one thread. */
public final class Selection {
    private final BitSet rows;

    public Selection() {
        this(new BitSet());
    }

    public Selection(BitSet rows) {
        this.rows = (BitSet) rows.clone();
    }

    public boolean has(int row) {
        return rows.get(row);
    }

    public void set(int row, boolean chosen) {
        rows.set(row, chosen);
    }

    /** Chooses, or gives up, all of these. */
    public void setAll(BitSet these, boolean chosen) {
        if (chosen) {
            rows.or(these);
        } else {
            rows.andNot(these);
        }
    }

    public int count() {
        return rows.cardinality();
    }

    /** A copy of the ticks. */
    public BitSet rows() {
        return (BitSet) rows.clone();
    }
}
