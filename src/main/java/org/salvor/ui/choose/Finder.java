package org.salvor.ui.choose;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RowTest;
import org.salvor.recovery.ScanPlan;
import org.salvor.ui.table.Ticket;

/** Finds the rows to show, on a background thread; keeps what the next search can use again. Confined to one thread. */
final class Finder {
    private static final RatingClass[] CLASSES = RatingClass.values();

    /** Rows per task; a multiple of those tested at a time, so that no two tasks write to the same word. */
    private static final int PART = 1 << 15;

    private final Catalog catalog;
    private final ScanPlan plan;
    private final IntPredicate choosable;
    private final EndingColumn endings = new EndingColumn();
    private final Orders orders;
    private @Nullable Snapshot snapshot;

    Finder(Catalog catalog, ScanPlan plan) {
        this.catalog = catalog;
        this.plan = plan;
        this.choosable = choosable(catalog, plan);
        this.orders = new Orders(catalog);
    }

    /** Rows that can be ticked: what the scan was asked for, and nothing that Salvor made up. */
    static IntPredicate choosable(Catalog catalog, ScanPlan plan) {
        return row -> plan.asksFor(catalog, row);
    }

    /** @param refresh take in what has changed in the catalog since the last time */
    Findings find(Request request, boolean refresh, Ticket ticket) throws CancelledException {
        long start = System.nanoTime();
        Snapshot now = snapshot;
        if (now == null || refresh && now.revision() != catalog.revision()) {
            now = refresh(now, ticket);
            snapshot = now;
        }
        int rowCount = now.tree().rowCount();
        RowTests tests = new RowTests(catalog, endings, now.tree());
        RowTest scope = tests.scope(request.scope(), plan, choosable);
        Supplier<RowTest> filter = tests.filter(request.filter());
        int wanted = 0;
        for (RatingClass each : request.classes()) {
            wanted |= 1 << each.ordinal();
        }
        int mask = wanted == 0 ? -1 : wanted;
        long[] words = new long[(rowCount + RowTest.ROWS - 1) / RowTest.ROWS];
        int parts = (rowCount + PART - 1) / PART;
        int[][] counts = new int[parts][];
        IntStream.range(0, parts).parallel().forEach(part -> {
            if (!ticket.stale()) {
                int end = Math.min(rowCount, (part + 1) * PART);
                counts[part] = search(part * PART, end, scope, filter.get(), mask, words);
            }
        });
        ticket.check();
        int[] order =
                orders.order(words, rowCount, now.tree(), now.revision(), request.sort(), request.descending(), ticket);
        return new Findings(request, now, order, sum(counts), System.nanoTime() - start);
    }

    private int[] search(int from, int end, RowTest scope, RowTest filter, int mask, long[] words) {
        int[] counts = new int[CLASSES.length];
        for (int first = from; first < end; first += RowTest.ROWS) {
            long asked = end - first < RowTest.ROWS ? (1L << end - first) - 1 : -1L;
            long found = filter.pass(first, scope.pass(first, asked));
            long wanted = 0;
            for (long left = found; left != 0; left &= left - 1) {
                int row = first + Long.numberOfTrailingZeros(left);
                int rating = catalog.ratingClass(row).ordinal();
                if (!catalog.folder(row)) {
                    counts[rating]++;
                }
                if ((mask & 1 << rating) != 0) {
                    wanted |= left & -left;
                }
            }
            words[first / RowTest.ROWS] = wanted;
        }
        return counts;
    }

    private static Map<RatingClass, Integer> sum(int[][] counts) {
        Map<RatingClass, Integer> all = new EnumMap<>(RatingClass.class);
        for (RatingClass each : CLASSES) {
            all.put(each, Arrays.stream(counts).mapToInt(c -> c[each.ordinal()]).sum());
        }
        return all;
    }

    private Snapshot refresh(@Nullable Snapshot before, Ticket ticket) throws CancelledException {
        long revision = catalog.revision();
        int rowCount = catalog.size();
        FolderTree tree = new FolderTree(catalog, rowCount, choosable, before == null ? null : before.tree(), ticket);
        endings.extend(catalog, rowCount);
        int[] counts = new int[endings.count()];
        int files = 0;
        for (int row = 0; row < rowCount; row++) {
            if (!catalog.folder(row) && choosable.test(row)) {
                counts[endings.of(row)]++;
                files++;
            }
        }
        return new Snapshot(revision, tree, Snapshot.types(endings, counts), files);
    }
}
