package org.salvor.ui.table;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;

/** A stable merge sort of row numbers, without boxing, on all cores. */
public final class RowSort {
    /** Which of two rows comes first. */
    @FunctionalInterface
    public interface Order {
        int compare(int a, int b);

        /** The other way round. */
        default Order reversed() {
            return (a, b) -> compare(b, a);
        }
    }

    private static final int SMALL = 12;
    private static final int PARALLEL = 1 << 14;

    private RowSort() {}

    /** Sorts in place. When the ticket becomes stale it stops, and leaves the rows in no particular order. */
    public static void sort(int[] rows, Order order, Ticket ticket) {
        int[] spare = rows.clone();
        ForkJoinPool.commonPool().invoke(new Part(spare, rows, 0, rows.length, order, ticket));
    }

    /**
     * As {@link #sort}, by an order of places: it is asked which of the rows at two places of {@code rows} (as it was before the
     * sort) comes first, so that keys lie close together however far apart the rows are.
     */
    public static void sortPlaces(int[] rows, Order places, Ticket ticket) {
        int[] order = new int[rows.length];
        Arrays.setAll(order, i -> i);
        sort(order, places, ticket);
        int[] before = rows.clone();
        for (int i = 0; i < order.length; i++) {
            rows[i] = before[order[i]];
        }
    }

    /**
     * Puts rows that came later into an order that is sorted already: few comparisons, one new array. Equal rows keep the order
     * old before new.
     *
     * @param added sorted
     */
    public static int[] merge(int[] sorted, int[] added, Order order) {
        int[] all = new int[sorted.length + added.length];
        int from = 0;
        int at = 0;
        for (int row : added) {
            int low = from;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (order.compare(sorted[middle], row) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            System.arraycopy(sorted, from, all, at, low - from);
            at += low - from;
            all[at++] = row;
            from = low;
        }
        System.arraycopy(sorted, from, all, at, sorted.length - from);
        return all;
    }

    /** Sorts a range of {@code from} into {@code to}; both hold the same rows at the start. */
    private static final class Part extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient int[] from;
        private final transient int[] to;
        private final int start;
        private final int end;
        private final transient Order order;
        private final transient Ticket ticket;

        Part(int[] from, int[] to, int start, int end, Order order, Ticket ticket) {
            this.from = from;
            this.to = to;
            this.start = start;
            this.end = end;
            this.order = order;
            this.ticket = ticket;
        }

        @Override
        protected void compute() {
            int length = end - start;
            if (length <= SMALL) {
                insertion();
                return;
            }
            if (length > PARALLEL && ticket.stale()) {
                return;
            }
            int middle = (start + end) >>> 1;
            Part left = new Part(to, from, start, middle, order, ticket);
            Part right = new Part(to, from, middle, end, order, ticket);
            if (length > PARALLEL) {
                invokeAll(left, right);
            } else {
                left.compute();
                right.compute();
            }
            merge(middle);
        }

        private void insertion() {
            for (int i = start + 1; i < end; i++) {
                int row = to[i];
                int j = i - 1;
                while (j >= start && order.compare(to[j], row) > 0) {
                    to[j + 1] = to[j];
                    j--;
                }
                to[j + 1] = row;
            }
        }

        private void merge(int middle) {
            if (order.compare(from[middle - 1], from[middle]) <= 0) {
                System.arraycopy(from, start, to, start, end - start);
                return;
            }
            int a = start;
            int b = middle;
            for (int i = start; i < end; i++) {
                boolean left = b == end || a < middle && order.compare(from[a], from[b]) <= 0;
                to[i] = left ? from[a++] : from[b++];
            }
        }
    }
}
