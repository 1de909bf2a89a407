package org.salvor.ui.scan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ScanPlan;

/**
 * What a scan has found so far of what it was asked for: rows that only hold others are not counted.
 *
 * @param files rows that are no folders
 * @param deleted of them
 * @param bytes of the files, as their names tell
 * @param byRating files of each class; classes without files are left out
 */
record ScanTotals(long files, long folders, long deleted, long bytes, Map<RatingClass, Long> byRating) {
    static final ScanTotals NONE = new ScanTotals(0, 0, 0, 0, Map.of());

    /** Goes through all rows: some ten milliseconds for a million, so not on the UI thread. */
    static ScanTotals of(Catalog catalog, ScanPlan plan) {
        RatingClass[] classes = RatingClass.values();
        long[] counts = new long[classes.length];
        long files = 0;
        long folders = 0;
        long deleted = 0;
        long bytes = 0;
        int rows = catalog.size();
        for (int row = 0; row < rows; row++) {
            if (!plan.asksFor(catalog, row)) {
                continue;
            }
            if (catalog.folder(row)) {
                folders++;
                continue;
            }
            files++;
            deleted += catalog.deleted(row) ? 1 : 0;
            bytes += Math.max(0, catalog.size(row));
            counts[catalog.ratingClass(row).ordinal()]++;
        }
        Map<RatingClass, Long> byRating = new EnumMap<>(RatingClass.class);
        for (RatingClass each : classes) {
            if (counts[each.ordinal()] > 0) {
                byRating.put(each, counts[each.ordinal()]);
            }
        }
        return new ScanTotals(files, folders, deleted, bytes, Collections.unmodifiableMap(byRating));
    }
}
