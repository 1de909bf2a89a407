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
        String path = catalog.ids().path(id);
        if (path != null) {
            return find(path);
        }
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

    /** Paths are put in as they are now: in a scan that goes by paths, a row has its folder from the start. */
    private int find(String path) {
        for (int end = catalog.size(); indexed < end; indexed++) {
            rows.putIfAbsent(hash(catalog.path(indexed)), indexed);
        }
        int row = rows.get(hash(path));
        return row != LongIntMap.ABSENT && catalog.path(row).equals(path) ? row : Catalog.NONE;
    }

    private static long hash(String path) {
        long hash = path.length();
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static long mix(long key, long slackOffset) {
        return key ^ (slackOffset + 1) * 0xD1B54A32D192ED03L;
    }
}
