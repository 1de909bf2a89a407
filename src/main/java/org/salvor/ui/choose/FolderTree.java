package org.salvor.ui.choose;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;
import org.salvor.ui.table.NaturalOrder;
import org.salvor.ui.table.RowSort;
import org.salvor.ui.table.Ticket;

/**
 * The folders of a catalog as they stood at one moment, each folder's sub-folders in order of their names, with the number of
 * choosable rows below each. Immutable. "What lies below a folder" is a range of numbers, so that a filter tests it in one step.
 * Folders are named by their row; {@link Catalog#NONE} is the top level.
 */
final class FolderTree {
    private static final int LONGEST_PATH = 4096;

    private final int rowCount;
    /** Folder rows in order of their names. Slot 0 is the top level, slot i + 1 is folders[i]. */
    private final int[] folders;

    private final int[] slots;
    private final int[] parentSlots;
    private final int[] starts;
    private final int[] children;
    private final int[] first;
    private final int[] end;
    private final int[] inOrder;
    private final int[] choosable;
    private final int[] files;

    /**
     * @param before an older tree of the same catalog, whose order of names is taken over; null if there is none
     * @param choosableRow rows that can be ticked
     */
    FolderTree(Catalog catalog, int rowCount, IntPredicate choosableRow, @Nullable FolderTree before, Ticket ticket)
            throws CancelledException {
        this.rowCount = rowCount;
        folders = folders(catalog, rowCount, before, ticket);
        ticket.check();
        slots = new int[rowCount];
        for (int i = 0; i < folders.length; i++) {
            slots[folders[i]] = i + 1;
        }
        int slotCount = folders.length + 1;
        parentSlots = new int[slotCount];
        starts = new int[slotCount + 1];
        for (int slot = 1; slot < slotCount; slot++) {
            parentSlots[slot] = slotOf(catalog.parent(folders[slot - 1]));
            starts[parentSlots[slot] + 1]++;
        }
        for (int slot = 0; slot < slotCount; slot++) {
            starts[slot + 1] += starts[slot];
        }
        children = new int[folders.length];
        int[] next = Arrays.copyOf(starts, slotCount);
        madeUpLast(catalog, next);
        first = new int[slotCount];
        end = new int[slotCount];
        inOrder = new int[slotCount];
        number();
        ticket.check();
        choosable = new int[slotCount];
        files = new int[slotCount];
        for (int row = 0; row < rowCount; row++) {
            if (choosableRow.test(row)) {
                boolean folder = slots[row] > 0;
                choosable[folder ? slots[row] : slotOf(catalog.parent(row))]++;
                if (!folder) {
                    files[slotOf(catalog.parent(row))]++;
                }
            }
        }
        sumUp(choosable);
        sumUp(files);
    }

    private static int[] folders(Catalog catalog, int rowCount, @Nullable FolderTree before, Ticket ticket) {
        int from = before == null ? 0 : before.rowCount;
        int[] added = new int[64];
        int count = 0;
        for (int row = from; row < rowCount; row++) {
            if (catalog.folder(row)) {
                if (count == added.length) {
                    added = Arrays.copyOf(added, 2 * count);
                }
                added[count++] = row;
            }
        }
        added = Arrays.copyOf(added, count);
        NameKeys.sort(catalog, added, ticket);
        return before == null
                ? added
                : RowSort.merge(
                        before.folders,
                        added,
                        (a, b) -> NaturalOrder.INSTANCE.compare(catalog.name(a), catalog.name(b)));
    }

    /** Sets the children of each folder in order of their names; what Salvor made up to hold lost things comes last. */
    private void madeUpLast(Catalog catalog, int[] next) {
        for (int pass = 0; pass < 2; pass++) {
            for (int slot = 1; slot <= folders.length; slot++) {
                boolean madeUp = catalog.provenance(folders[slot - 1]) == Provenance.MADE_UP;
                if (madeUp == (pass == 1)) {
                    children[next[parentSlots[slot]]++] = slot;
                }
            }
        }
    }

    /**
     * Numbers the folders so that all below one are neighbours. A scan may move a folder while this reads it: what then seems to
     * lie inside itself stays without a number until the next tree.
     */
    private void number() {
        Arrays.fill(first, -1);
        Arrays.fill(end, -1);
        int[] path = new int[folders.length + 1];
        int[] at = Arrays.copyOf(starts, folders.length + 1);
        int depth = 0;
        int number = 0;
        first[0] = 0;
        inOrder[number++] = 0;
        while (depth >= 0) {
            int slot = path[depth];
            if (at[slot] < starts[slot + 1]) {
                int child = children[at[slot]++];
                first[child] = number;
                inOrder[number++] = child;
                path[++depth] = child;
            } else {
                end[slot] = number;
                depth--;
            }
        }
        Arrays.fill(inOrder, number, inOrder.length, 0);
    }

    /** Adds to each folder what lies below it. */
    private void sumUp(int[] counts) {
        for (int i = end[0] - 1; i > 0; i--) {
            counts[parentSlots[inOrder[i]]] += counts[inOrder[i]];
        }
    }

    private int slotOf(int folderRow) {
        return folderRow < 0 || folderRow >= rowCount ? 0 : slots[folderRow];
    }

    /** How many rows of the catalog it covers. */
    int rowCount() {
        return rowCount;
    }

    int folderCount() {
        return folders.length;
    }

    /** Sub-folders that hold something choosable, in order of their names. */
    int[] subfolders(int folder) {
        int slot = slotOf(folder);
        int[] rows = new int[starts[slot + 1] - starts[slot]];
        int count = 0;
        for (int i = starts[slot]; i < starts[slot + 1]; i++) {
            if (choosable[children[i]] > 0) {
                rows[count++] = folders[children[i] - 1];
            }
        }
        return Arrays.copyOf(rows, count);
    }

    boolean hasSubfolders(int folder) {
        int slot = slotOf(folder);
        for (int i = starts[slot]; i < starts[slot + 1]; i++) {
            if (choosable[children[i]] > 0) {
                return true;
            }
        }
        return false;
    }

    /** Choosable rows below a folder, itself included. */
    int choosable(int folder) {
        return choosable[slotOf(folder)];
    }

    /** Choosable files below a folder. */
    int files(int folder) {
        return files[slotOf(folder)];
    }

    /** A number by which folders stand in the order of their paths. */
    int place(int folder) {
        return first[slotOf(folder)];
    }

    /** A test whether a row with this parent lies in the folder or below it. */
    IntPredicate below(int folder) {
        if (folder == Catalog.NONE) {
            return parent -> true;
        }
        int from = first[slotOf(folder)];
        int to = end[slotOf(folder)];
        return parent -> {
            int place = first[slotOf(parent)];
            return place >= from && place < to;
        };
    }

    /** Calls with each folder and its path in lower case; a path longer than any sound volume allows is cut. */
    void eachPath(Catalog catalog, ObjIntConsumer<String> visitor) {
        int[] lengths = new int[folders.length + 1];
        StringBuilder path = new StringBuilder();
        for (int i = 1; i < end[0]; i++) {
            int slot = inOrder[i];
            path.setLength(lengths[parentSlots[slot]]);
            if (path.length() < LONGEST_PATH) {
                path.append(path.isEmpty() ? "" : "/").append(catalog.name(folders[slot - 1]));
            }
            lengths[slot] = path.length();
            visitor.accept(path.toString().toLowerCase(Locale.ROOT), folders[slot - 1]);
        }
    }

    /** How many of these rows lie below each folder (itself included), by slot; ask with {@link #of}. */
    int[] count(Catalog catalog, BitSet rows) {
        int[] counts = new int[folders.length + 1];
        for (int row = rows.nextSetBit(0); row >= 0 && row < rowCount; row = rows.nextSetBit(row + 1)) {
            counts[slots[row] > 0 ? slots[row] : slotOf(catalog.parent(row))]++;
        }
        sumUp(counts);
        return counts;
    }

    /** Choosable folders of which every choosable file below is in {@code rows}, and that are not themselves; at least one file. */
    BitSet wholeBut(Catalog catalog, BitSet rows, IntPredicate choosableRow) {
        int[] found = new int[folders.length + 1];
        for (int row = rows.nextSetBit(0); row >= 0 && row < rowCount; row = rows.nextSetBit(row + 1)) {
            if (slots[row] == 0) {
                found[slotOf(catalog.parent(row))]++;
            }
        }
        sumUp(found);
        BitSet whole = new BitSet();
        for (int slot = 1; slot <= folders.length; slot++) {
            int row = folders[slot - 1];
            if (files[slot] > 0 && found[slot] == files[slot] && !rows.get(row) && choosableRow.test(row)) {
                whole.set(row);
            }
        }
        return whole;
    }

    /** The number that {@link #count} found for a folder. */
    int of(int[] counts, int folder) {
        return counts[slotOf(folder)];
    }

    /** All rows in a folder and below it that pass. */
    BitSet rowsBelow(Catalog catalog, int folder, IntPredicate choosableRow) {
        BitSet rows = new BitSet(rowCount);
        IntPredicate inside = below(folder);
        for (int row = 0; row < rowCount; row++) {
            if ((row == folder || inside.test(catalog.parent(row))) && choosableRow.test(row)) {
                rows.set(row);
            }
        }
        return rows;
    }
}
