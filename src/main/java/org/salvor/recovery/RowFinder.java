package org.salvor.recovery;

import java.util.OptionalLong;

/** Finds rows by their ids. The index is made when it is first asked for, and grows with the catalog. Safe for several threads. */
final class RowFinder {
    private final Catalog catalog;
    private final LongIntMap rows = new LongIntMap();
    private int indexed;

    RowFinder(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The first row with that id, {@link Catalog#NONE} if there is none. */
    synchronized int find(FileId id) {
        OptionalLong key = catalog.ids().key(id);
        if (key.isEmpty()) {
            return Catalog.NONE;
        }
        for (int end = catalog.size(); indexed < end; indexed++) {
            rows.putIfAbsent(mix(catalog.key(indexed), catalog.slackOffset(indexed)), indexed);
        }
        long slackOffset = IdScheme.slackOffset(id);
        int row = rows.get(mix(key.getAsLong(), slackOffset));
        boolean found = row != LongIntMap.ABSENT
                && catalog.key(row) == key.getAsLong()
                && catalog.slackOffset(row) == slackOffset;
        return found ? row : Catalog.NONE;
    }

    private static long mix(long key, long slackOffset) {
        return key ^ (slackOffset + 1) * 0xD1B54A32D192ED03L;
    }
}
