package org.salvor.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The named streams of the rows that have some, 28 bytes each; most have one of few names. One writer, many readers. */
final class StreamColumn {
    private static final int SHARED_NAMES = 1000;

    private final NamePool pool;
    private final Map<String, Long> shared = new HashMap<>();
    private final Columns.Ints rows = new Columns.Ints();
    private final Columns.Longs names = new Columns.Longs();
    private final Columns.Longs sizes = new Columns.Longs();
    private final Columns.Longs filled = new Columns.Longs();
    private volatile int count;

    StreamColumn(NamePool pool) {
        this.pool = pool;
    }

    void add(int row, List<StreamInfo> streams) {
        int at = count;
        for (StreamInfo stream : streams) {
            rows.set(at, row);
            names.set(at, place(stream.name()));
            sizes.set(at, stream.size());
            filled.set(at, stream.filled());
            at++;
        }
        count = at;
    }

    List<StreamInfo> get(int row) {
        int end = count;
        int at = SparseColumn.find(rows, end, row);
        if (at == end || rows.get(at) != row) {
            return List.of();
        }
        List<StreamInfo> all = new ArrayList<>(2);
        for (; at < end && rows.get(at) == row; at++) {
            all.add(new StreamInfo(pool.get(names.get(at)), sizes.get(at), filled.get(at)));
        }
        return all;
    }

    private long place(String name) {
        Long known = shared.get(name);
        if (known != null) {
            return known;
        }
        long place = pool.add(name);
        if (shared.size() < SHARED_NAMES) {
            shared.put(name, place);
        }
        return place;
    }

    int count() {
        return count;
    }

    void write(int entries, byte[] buffer, Columns.Transfer out) throws IOException {
        rows.write(entries, buffer, out);
        names.write(entries, buffer, out);
        sizes.write(entries, buffer, out);
        filled.write(entries, buffer, out);
    }

    /** @param known whether it was written what the streams take; saved scans of before do not tell */
    void read(int entries, boolean known, byte[] buffer, Columns.Transfer in) throws IOException {
        rows.read(entries, buffer, in);
        names.read(entries, buffer, in);
        sizes.read(entries, buffer, in);
        if (known) {
            filled.read(entries, buffer, in);
        } else {
            for (int at = 0; at < entries; at++) {
                filled.set(at, sizes.get(at));
            }
        }
        count = entries;
    }

    /** Whether what was read makes sense: rows in order and inside the catalog. */
    boolean valid(int rowCount) {
        int last = -1;
        for (int at = 0; at < count; at++) {
            int row = rows.get(at);
            if (row < last || row >= rowCount || !pool.holds(names.get(at))) {
                return false;
            }
            last = row;
        }
        return true;
    }
}
