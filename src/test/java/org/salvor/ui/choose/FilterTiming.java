package org.salvor.ui.choose;

import java.time.ZoneOffset;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.ScanPlan;

/** Times the search that the page Choose runs off the UI thread. */
public final class FilterTiming {
    private FilterTiming() {}

    /** Milliseconds of each of {@code times} searches, after the page was opened (all rows in order) and one search before them. */
    public static double[] milliseconds(Catalog catalog, String text, int times) throws CancelledException {
        Finder finder = new Finder(catalog, new ScanPlan(false, true, true));
        Request request =
                new Request(Scope.ALL, FilterParser.parse(text, ZoneOffset.UTC), Set.of(), SortBy.NAME, false);
        double[] all = new double[times];
        finder.find(Request.EVERYTHING, true, () -> false);
        finder.find(request, false, () -> false);
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            finder.find(request, false, () -> false);
            all[i] = (System.nanoTime() - start) / 1e6;
        }
        return all;
    }
}
