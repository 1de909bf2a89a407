package org.salvor.cli;

import java.util.BitSet;
import org.salvor.recovery.Catalog;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** How much was found: files and folders apart, and how many of each were deleted. */
record Totals(long files, long folders, long deletedFiles, long deletedFolders) {
    static Totals of(Catalog catalog, BitSet rows) {
        long files = 0;
        long folders = 0;
        long deletedFiles = 0;
        long deletedFolders = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            int deleted = catalog.deleted(row) ? 1 : 0;
            if (catalog.folder(row)) {
                folders++;
                deletedFolders += deleted;
            } else {
                files++;
                deletedFiles += deleted;
            }
        }
        return new Totals(files, folders, deletedFiles, deletedFolders);
    }

    long deleted() {
        return deletedFiles + deletedFolders;
    }

    /** @param seconds how long it took to find them */
    String sentence(double seconds) {
        String found = Units.both(files, folders);
        String time = Units.duration(seconds);
        if (deleted() == 0) {
            return Messages.get("cli.scan.summary", found, time);
        }
        if (deleted() == files + folders) {
            return Messages.get("cli.scan.summary.deleted", found, time);
        }
        String deleted = Units.both(deletedFiles, deletedFolders);
        return Messages.get("cli.scan.summary.some", found, deleted, time);
    }
}
