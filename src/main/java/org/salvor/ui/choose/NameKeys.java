package org.salvor.ui.choose;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.salvor.recovery.Catalog;
import org.salvor.ui.table.NaturalOrder;
import org.salvor.ui.table.RowSort;
import org.salvor.ui.table.Ticket;

/** The order of names for sorting many rows at once: the names are read once, into keys of 16 bytes. */
final class NameKeys {
    private static final int KEY = 16;

    /** Rows per task. */
    private static final int PART = 1 << 14;

    private NameKeys() {}

    /** Sorts the rows by their names, in place; see {@link RowSort#sort} for the ticket. */
    static void sort(Catalog catalog, int[] rows, Ticket ticket) {
        long[] front = new long[rows.length];
        long[] back = new long[rows.length];
        IntStream.range(0, (rows.length + PART - 1) / PART).parallel().forEach(part -> {
            byte[] key = new byte[KEY];
            ByteBuffer numbers = ByteBuffer.wrap(key);
            int end = ticket.stale() ? 0 : Math.min(rows.length, (part + 1) * PART);
            for (int i = part * PART; i < end; i++) {
                NaturalOrder.key(catalog.name(rows[i]), key);
                front[i] = numbers.getLong(0);
                back[i] = numbers.getLong(Long.BYTES);
            }
        });
        int[] before = rows.clone();
        RowSort.sortPlaces(
                rows,
                (a, b) -> {
                    int result = Long.compareUnsigned(front[a], front[b]);
                    if (result == 0) {
                        result = Long.compareUnsigned(back[a], back[b]);
                    }
                    return result != 0
                            ? result
                            : NaturalOrder.INSTANCE.compare(catalog.name(before[a]), catalog.name(before[b]));
                },
                ticket);
    }
}
