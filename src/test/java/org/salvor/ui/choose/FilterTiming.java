package org.salvor.ui.choose;

import java.time.ZoneOffset;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.ScanPlan;

/** Times the search that the page Choose runs off the UI thread. */
public final class FilterTiming {
    private FilterTiming() {}

    /** Milliseconds of each of {@code times} searches, the first left out: it builds what later ones use again. */
    public static double[] milliseconds(Catalog catalog, String text, int times) throws CancelledException {
        Finder finder = new Finder(catalog, new ScanPlan(false, true, true));
        Request request =
                new Request(Scope.ALL, FilterParser.parse(text, ZoneOffset.UTC), Set.of(), SortBy.NAME, false);
        double[] all = new double[times];
        for (int i = -1; i < times; i++) {
            long start = System.nanoTime();
            finder.find(request, i < 0, () -> false);
            if (i >= 0) {
                all[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return all;
    }
}
