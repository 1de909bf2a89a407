package org.salvor.ui.table;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import javafx.collections.ListChangeListener;
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
        int[] before = order;
        order = rows;
        if (before.length > 0 || rows.length > 0) {
            fireChange(new Replaced(this, new Rows(before)));
        }
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

    /** All rows are others. The toolkit's own way to say so copies each one of those before. */
    private static final class Replaced extends ListChangeListener.Change<Integer> {
        private static final int[] NO_PERMUTATION = {};

        private final Rows before;
        private boolean told;

        Replaced(IndexList list, Rows before) {
            super(list);
            this.before = before;
        }

        @Override
        public boolean next() {
            boolean first = !told;
            told = true;
            return first;
        }

        @Override
        public void reset() {
            told = false;
        }

        @Override
        public int getFrom() {
            return 0;
        }

        @Override
        public int getTo() {
            return getList().size();
        }

        @Override
        public List<Integer> getRemoved() {
            return before;
        }

        @Override
        protected int[] getPermutation() {
            return NO_PERMUTATION;
        }
    }

    private static final class Rows extends AbstractList<Integer> implements RandomAccess {
        private final int[] rows;

        Rows(int[] rows) {
            this.rows = rows;
        }

        @Override
        public Integer get(int index) {
            return rows[index];
        }

        @Override
        public int size() {
            return rows.length;
        }
    }
}
