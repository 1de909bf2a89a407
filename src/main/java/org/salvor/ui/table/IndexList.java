package org.salvor.ui.table;

import java.util.Arrays;
import java.util.Collections;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * Row numbers in the order they are shown, as one array. A new order replaces the old one in a single event, which a table takes
 * in milliseconds also for a million rows. UI thread only.
 */
public final class IndexList extends ObservableListBase<Integer> {
    private int[] order = {};

    /** Shows these rows from now on; the array is kept and must not change any more. */
    public void show(int[] rows) {
        beginChange();
        int before = order.length;
        order = rows;
        nextReplace(0, rows.length, Collections.nCopies(before, 0));
        endChange();
    }

    /** The rows as shown now; not to be changed. */
    public int[] rows() {
        return order;
    }

    public int row(int index) {
        return order[index];
    }

    @Override
    public Integer get(int index) {
        return order[index];
    }

    @Override
    public int size() {
        return order.length;
    }

    /** Where a row is shown, -1 if it is not. */
    public int indexOfRow(int row) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == row) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int indexOf(@Nullable Object row) {
        return row instanceof Integer number ? indexOfRow(number) : -1;
    }

    @Override
    public int lastIndexOf(@Nullable Object row) {
        return indexOf(row);
    }

    @Override
    public boolean contains(@Nullable Object row) {
        return indexOf(row) >= 0;
    }

    /** Two lists are the same only if they are one: comparing a million rows would hold the UI thread. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** A copy of the rows between two indices, the second one not included. */
    public int[] rows(int from, int to) {
        return Arrays.copyOfRange(order, from, to);
    }
}
