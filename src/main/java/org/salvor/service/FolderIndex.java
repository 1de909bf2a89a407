package org.salvor.service;

import java.util.Arrays;
import java.util.Objects;
import org.salvor.recovery.Catalog;

/**
 * Which rows lie in which folder, as the catalog stood when it was made; immutable, so any thread may use it. Making one costs
 * about 50 ms for a million rows: make a new one, off the UI thread, when {@link Catalog#revision()} has moved.
 */
public final class FolderIndex {
    private final int rowCount;
    private final int[] folderRows;
    private final int[] starts;
    private final int[] folderCounts;
    private final int[] order;
    private final int[] filesBelow;
    private final long[] bytesBelow;

    /** Rows of a folder, folders first, in the order of the catalog. */
    public static final class Rows {
        private final int[] order;
        private final int from;
        private final int size;

        private Rows(int[] order, int from, int size) {
            this.order = order;
            this.from = from;
            this.size = size;
        }

        public int size() {
            return size;
        }

        public int get(int index) {
            return order[from + Objects.checkIndex(index, size)];
        }

        /** A copy. */
        public int[] toArray() {
            return Arrays.copyOfRange(order, from, from + size);
        }
    }

    private FolderIndex(Catalog catalog) {
        rowCount = catalog.size();
        folderRows = folderRows(catalog, rowCount);
        int[] parents = new int[rowCount];
        // slot 0 is the top level, slot i + 1 is folderRows[i]
        int[] files = new int[folderRows.length + 1];
        folderCounts = new int[folderRows.length + 1];
        bytesBelow = new long[folderRows.length + 1];
        for (int row = 0; row < rowCount; row++) {
            int slot = slot(catalog.parent(row));
            parents[row] = slot;
            if (catalog.folder(row)) {
                folderCounts[slot]++;
            } else {
                files[slot]++;
                bytesBelow[slot] += catalog.size(row);
            }
        }
        starts = new int[folderRows.length + 2];
        for (int slot = 0; slot <= folderRows.length; slot++) {
            starts[slot + 1] = starts[slot] + folderCounts[slot] + files[slot];
        }
        order = new int[rowCount];
        int[] nextFolder = Arrays.copyOf(starts, folderRows.length + 1);
        int[] nextFile = new int[folderRows.length + 1];
        for (int slot = 0; slot <= folderRows.length; slot++) {
            nextFile[slot] = starts[slot] + folderCounts[slot];
        }
        for (int row = 0; row < rowCount; row++) {
            int[] next = catalog.folder(row) ? nextFolder : nextFile;
            order[next[parents[row]]++] = row;
        }
        filesBelow = files;
        sumUp(parents);
    }

    /** The index of all rows the catalog has now. */
    public static FolderIndex of(Catalog catalog) {
        return new FolderIndex(catalog);
    }

    /** How many rows of the catalog it covers. */
    public int rowCount() {
        return rowCount;
    }

    /** All folders. */
    public int folderCount() {
        return folderRows.length;
    }

    /** What lies directly in a folder, folders first. @param folder a row, or {@link Catalog#NONE} for the top level */
    public Rows children(int folder) {
        int slot = slot(folder);
        return new Rows(order, starts[slot], starts[slot + 1] - starts[slot]);
    }

    /** The folders directly in a folder. */
    public Rows folders(int folder) {
        int slot = slot(folder);
        return new Rows(order, starts[slot], folderCounts[slot]);
    }

    /** Files in a folder and all below it. */
    public int filesBelow(int folder) {
        return filesBelow[slot(folder)];
    }

    /** Sizes of the main streams of those files, in bytes. */
    public long bytesBelow(int folder) {
        return bytesBelow[slot(folder)];
    }

    private static int[] folderRows(Catalog catalog, int rowCount) {
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            if (catalog.folder(row)) {
                count++;
            }
        }
        int[] rows = new int[count];
        int at = 0;
        for (int row = 0; row < rowCount && at < count; row++) {
            if (catalog.folder(row)) {
                rows[at++] = row;
            }
        }
        return rows;
    }

    /** Rows that are no folder of this index, and those of a folder that came later, belong to the top level. */
    private int slot(int folder) {
        return folder < 0 ? 0 : Math.max(0, Arrays.binarySearch(folderRows, folder) + 1);
    }

    /** Adds each folder's sums to the folder it lies in, the deepest first. */
    private void sumUp(int[] parents) {
        int[] waiting = folderCounts.clone();
        int[] ready = new int[folderRows.length];
        int end = 0;
        for (int i = 0; i < folderRows.length; i++) {
            if (waiting[i + 1] == 0) {
                ready[end++] = i;
            }
        }
        for (int at = 0; at < end; at++) {
            int slot = ready[at] + 1;
            int parent = parents[folderRows[ready[at]]];
            filesBelow[parent] += filesBelow[slot];
            bytesBelow[parent] += bytesBelow[slot];
            if (--waiting[parent] == 0 && parent > 0) {
                ready[end++] = parent - 1;
            }
        }
    }
}
