package org.salvor.recovery;

import java.io.IOException;

/** Numbers that only few rows have, 12 bytes each. Rows are added in rising order by one writer; any thread may read. */
final class SparseColumn {
    private final Columns.Ints rows = new Columns.Ints();
    private final Columns.Longs values = new Columns.Longs();
    private volatile int count;

    void add(int row, long value) {
        int at = count;
        rows.set(at, row);
        values.set(at, value);
        count = at + 1;
    }

    long get(int row, long otherwise) {
        int at = find(rows, count, row);
        return at < count && rows.get(at) == row ? values.get(at) : otherwise;
    }

    /** Place of the first entry whose row is not below {@code row}. */
    static int find(Columns.Ints rows, int count, int row) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle) < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int count() {
        return count;
    }

    void write(int entries, byte[] buffer, Columns.Transfer out) throws IOException {
        rows.write(entries, buffer, out);
        values.write(entries, buffer, out);
    }

    void read(int entries, byte[] buffer, Columns.Transfer in) throws IOException {
        rows.read(entries, buffer, in);
        values.read(entries, buffer, in);
        count = entries;
    }

    /** Whether what was read makes sense: rows in order and inside the catalog. */
    boolean valid(int rowCount) {
        int last = -1;
        for (int at = 0; at < count; at++) {
            int row = rows.get(at);
            if (row < last || row >= rowCount) {
                return false;
            }
            last = row;
        }
        return true;
    }

    /** Whether all values lie between 0 and {@code limit} - 1. */
    boolean below(long limit) {
        for (int at = 0; at < count; at++) {
            if (values.get(at) < 0 || values.get(at) >= limit) {
                return false;
            }
        }
        return true;
    }
}
