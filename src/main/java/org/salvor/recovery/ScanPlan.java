package org.salvor.recovery;

/**
 * What a scan shall do.
 *
 * @param thorough also sweep the whole volume for records outside the current file table
 * @param deleted list deleted files
 * @param existing list files that are there
 */
public record ScanPlan(boolean thorough, boolean deleted, boolean existing) {
    public static final ScanPlan QUICK = new ScanPlan(false, true, false);

    /**
     * Whether the row is one that was asked for. Others are there only to hold such ones: live folders, and what Salvor made up
     * for lost folders.
     */
    public boolean asksFor(Catalog catalog, int row) {
        return (catalog.deleted(row) ? deleted : existing) && catalog.provenance(row) != Provenance.MADE_UP;
    }
}
