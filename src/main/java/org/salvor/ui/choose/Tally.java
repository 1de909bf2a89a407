package org.salvor.ui.choose;

import java.util.BitSet;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.ui.table.Ticket;
import org.salvor.ui.table.TriState;

/**
 * What the ticks amount to.
 *
 * @param bytes of their main streams; further names of one file add nothing
 * @param incomplete files of which not everything will come back
 * @param lost files of which nothing can come back
 * @param pending files that are not rated yet
 * @param shown how much of what the table shows is ticked
 */
record Tally(
        int files,
        int folders,
        long bytes,
        int incomplete,
        int lost,
        int pending,
        TriState shown,
        FolderTree tree,
        int[] ticked) {
    private static final int CHECK = 0xffff;

    static Tally of(Catalog catalog, Findings findings, BitSet ticks, Ticket ticket) throws CancelledException {
        int files = 0;
        int folders = 0;
        long bytes = 0;
        int incomplete = 0;
        int lost = 0;
        int pending = 0;
        int limit = findings.snapshot().tree().rowCount();
        for (int row = ticks.nextSetBit(0); row >= 0 && row < limit; row = ticks.nextSetBit(row + 1)) {
            if ((row & CHECK) == 0) {
                ticket.check();
            }
            if (catalog.folder(row)) {
                folders++;
                continue;
            }
            files++;
            int first = catalog.linkOf(row);
            if (first == Catalog.NONE || !ticks.get(first)) {
                bytes += Math.max(0, catalog.size(row));
            }
            switch (catalog.ratingClass(row)) {
                case PENDING -> pending++;
                case PARTIAL, BLANK -> incomplete++;
                case OVERWRITTEN -> {
                    if (catalog.intactPercent(row) == 0) {
                        lost++;
                    } else {
                        incomplete++;
                    }
                }
                case STUB -> lost++;
                case INTACT, PROBABLE, LOCKED -> {}
            }
        }
        FolderTree tree = findings.snapshot().tree();
        int[] below = tree.count(catalog, ticks);
        int whole = 0;
        int some = 0;
        for (int row : findings.rows()) {
            TriState state = catalog.folder(row)
                    ? TriState.of(tree.of(below, row), tree.choosable(row))
                    : ticks.get(row) ? TriState.ALL : TriState.NONE;
            whole += state == TriState.ALL ? 1 : 0;
            some += state == TriState.SOME ? 1 : 0;
        }
        int rows = findings.rows().length;
        TriState shown = whole == 0 && some > 0 ? TriState.SOME : TriState.of(whole, rows);
        return new Tally(files, folders, bytes, incomplete, lost, pending, shown, tree, below);
    }

    /** How much below a folder is ticked. */
    TriState folder(int folder) {
        return TriState.of(tree.of(ticked, folder), tree.choosable(folder));
    }
}
