package org.salvor.ui.choose;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.ui.table.NaturalOrder;
import org.salvor.ui.table.RowSort;
import org.salvor.ui.table.Ticket;

/** Brings matching rows into the wished order; remembers the last order of all rows, so that only its change costs a sort. */
final class Orders {
    private static final int PERCENT = 101;

    /** Below this part of all rows, sorting just the matching ones is cheaper than sorting all and keeping the order. */
    private static final int FEW = 8;

    /** Below this part, it is cheaper even than a walk over an order that was kept. */
    private static final int VERY_FEW = 64;

    private final Catalog catalog;
    private int[] kept = {};
    private SortBy keptBy = SortBy.FOUND;
    private long keptRevision = -1;

    Orders(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The rows in order. @param rows a bit for each @param rowCount all rows there are */
    int[] order(long[] rows, int rowCount, FolderTree tree, long revision, SortBy by, boolean descending, Ticket ticket)
            throws CancelledException {
        int count = Arrays.stream(rows).mapToInt(Long::bitCount).sum();
        int[] order;
        if (by == SortBy.FOUND) {
            order = numbers(rows, count);
        } else if (count < rowCount / (keeps(by, revision) && kept.length == rowCount ? VERY_FEW : FEW)) {
            order = numbers(rows, count);
            sort(order, by, tree, ticket);
        } else {
            keepAll(rowCount, tree, revision, by, ticket);
            order = new int[count];
            int at = 0;
            for (int row : kept) {
                if ((rows[row >>> 6] & 1L << row) != 0) {
                    order[at++] = row;
                }
            }
        }
        if (descending) {
            reverse(order);
        }
        return order;
    }

    /** In rising order. */
    private static int[] numbers(long[] rows, int count) {
        int[] numbers = new int[count];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            for (long left = rows[i]; left != 0; left &= left - 1) {
                numbers[at++] = i * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return numbers;
    }

    private void keepAll(int rowCount, FolderTree tree, long revision, SortBy by, Ticket ticket)
            throws CancelledException {
        boolean same = keeps(by, revision);
        if (same && kept.length == rowCount) {
            return;
        }
        int from = same && !by.changes() ? kept.length : 0;
        int[] added = new int[rowCount - from];
        Arrays.setAll(added, i -> from + i);
        sort(added, by, tree, ticket);
        kept = from == 0 ? added : RowSort.merge(kept, added, slowOrderOf(by, tree));
        keptBy = by;
        keptRevision = revision;
    }

    private boolean keeps(SortBy by, long revision) {
        return by == keptBy && (!by.changes() || revision == keptRevision);
    }

    /** Sorts by keys that are read once, beforehand. */
    private void sort(int[] rows, SortBy by, FolderTree tree, Ticket ticket) throws CancelledException {
        if (by == SortBy.NAME) {
            NameKeys.sort(catalog, rows, ticket);
        } else {
            IntToLongFunction value = value(by, tree);
            long[] keys = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                keys[i] = value.applyAsLong(rows[i]);
            }
            RowSort.sortPlaces(rows, (a, b) -> Long.compare(keys[a], keys[b]), ticket);
        }
        ticket.check();
    }

    private RowSort.Order slowOrderOf(SortBy by, FolderTree tree) {
        if (by == SortBy.NAME) {
            return (a, b) -> NaturalOrder.INSTANCE.compare(catalog.name(a), catalog.name(b));
        }
        IntToLongFunction value = value(by, tree);
        return (a, b) -> Long.compare(value.applyAsLong(a), value.applyAsLong(b));
    }

    private IntToLongFunction value(SortBy by, FolderTree tree) {
        return switch (by) {
            case FOUND, NAME -> row -> row;
            case FOLDER -> row -> tree.place(catalog.parent(row));
            case MODIFIED -> catalog::modified;
            case SIZE -> catalog::size;
            case CHANCE -> row -> chance(catalog.ratingClass(row), catalog.intactPercent(row));
            case ID -> catalog::key;
            case CREATED -> catalog::created;
            case CHANGED -> catalog::changed;
            case ACCESSED -> catalog::accessed;
            case ALLOCATED -> catalog::allocated;
            case FRAGMENTS -> catalog::fragments;
            case FIRST_CLUSTER -> catalog::firstCluster;
            case ATTRIBUTES -> row -> catalog.attributes(row) & 0xffff_ffffL;
            case STREAMS -> row -> catalog.streams(row).size();
            case PROVENANCE -> row -> catalog.provenance(row).ordinal();
        };
    }

    /** Small is good. */
    private static int chance(RatingClass rating, int percent) {
        int rank = switch (rating) {
            case INTACT -> 0;
            case PROBABLE -> 1;
            case PARTIAL -> 2;
            case PENDING -> 3;
            case LOCKED -> 4;
            case STUB -> 5;
            case BLANK -> 6;
            case OVERWRITTEN -> 7;
        };
        return rank * PERCENT + PERCENT - 1 - percent;
    }

    private static void reverse(int[] rows) {
        for (int i = 0, j = rows.length - 1; i < j; i++, j--) {
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }
}
