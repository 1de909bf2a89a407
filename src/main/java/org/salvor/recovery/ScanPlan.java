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
}
