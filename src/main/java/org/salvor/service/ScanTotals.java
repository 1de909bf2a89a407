package org.salvor.service;

import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.RatingClass;

/**
 * What a catalog holds so far. Counting a million rows takes some milliseconds.
 *
 * @param files rows that are files, further names of the same file included
 * @param folders rows that are folders, made-up ones left out
 * @param deleted files that are deleted
 * @param deletedBytes sizes of their main streams
 * @param byClass deleted files by {@link RatingClass#ordinal()}
 */
public record ScanTotals(int files, int folders, int deleted, long deletedBytes, int[] byClass) {
    public static ScanTotals of(Catalog catalog) {
        int files = 0;
        int folders = 0;
        int deleted = 0;
        long bytes = 0;
        int[] byClass = new int[RatingClass.values().length];
        int rows = catalog.size();
        for (int row = 0; row < rows; row++) {
            if (catalog.folder(row)) {
                folders += catalog.provenance(row) == Provenance.MADE_UP ? 0 : 1;
                continue;
            }
            files++;
            if (catalog.deleted(row)) {
                deleted++;
                bytes += catalog.size(row);
                byClass[catalog.ratingClass(row).ordinal()]++;
            }
        }
        return new ScanTotals(files, folders, deleted, bytes, byClass);
    }

    /** Deleted files of this class. */
    public int count(RatingClass ratingClass) {
        return byClass[ratingClass.ordinal()];
    }
}
