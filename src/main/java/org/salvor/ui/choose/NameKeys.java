package org.salvor.ui.choose;

import java.nio.ByteBuffer;
import org.salvor.recovery.Catalog;
import org.salvor.ui.table.NaturalOrder;
import org.salvor.ui.table.RowSort;

/** The order of names for sorting many rows at once: the names are read once, into keys of 16 bytes. */
final class NameKeys {
    private static final int KEY = 16;

    private NameKeys() {}

    /** The order of names for exactly these rows, in rising order of rows or with no gaps too large to keep 16 bytes for each. */
    static RowSort.Order order(Catalog catalog, int[] rows) {
        int low = Integer.MAX_VALUE;
        int high = -1;
        for (int row : rows) {
            low = Math.min(low, row);
            high = Math.max(high, row);
        }
        if (high < 0 || high - low > 4L * rows.length + 1000) {
            return (a, b) -> NaturalOrder.INSTANCE.compare(catalog.name(a), catalog.name(b));
        }
        int base = low;
        long[] front = new long[high - low + 1];
        long[] back = new long[high - low + 1];
        byte[] key = new byte[KEY];
        ByteBuffer numbers = ByteBuffer.wrap(key);
        for (int row : rows) {
            NaturalOrder.key(catalog.name(row), key);
            front[row - base] = numbers.getLong(0);
            back[row - base] = numbers.getLong(Long.BYTES);
        }
        return (a, b) -> {
            int result = Long.compareUnsigned(front[a - base], front[b - base]);
            if (result == 0) {
                result = Long.compareUnsigned(back[a - base], back[b - base]);
            }
            return result != 0 ? result : NaturalOrder.INSTANCE.compare(catalog.name(a), catalog.name(b));
        };
    }
}
