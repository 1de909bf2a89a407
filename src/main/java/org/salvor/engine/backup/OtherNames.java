package org.salvor.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.salvor.backup.BackupEntry;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.LongIntMap;
import org.salvor.substream.LinkPath;

/**
 * Entries that are further names of files, until the listing is at its end: then the file that each one names is looked for among the
 * rows, on the same volume and by the folders of the backup. A path that is not found is only words.
 */
final class OtherNames {
    /** A name may be one of another further name, and so on; no program writes more than one. */
    private static final int MAX_ROUNDS = 16;

    /** So many names in a folder that differ in case only; a backup with more was made to be slow. */
    private static final int MAX_LIKE = 256;

    private final Catalog catalog;
    private final int root;
    private final boolean volumes;
    private final List<Name> waiting = new ArrayList<>();
    private final LongIntMap rows = new LongIntMap();
    private int indexed;

    /**
     * One such entry.
     *
     * @param folder its row, {@link Catalog#NONE} for the top
     */
    record Name(int folder, BackupEntry entry, LinkPath of) {}

    /** Takes an entry with the row of the file that it is another name of, {@link Catalog#NONE} if that is not there. */
    @FunctionalInterface
    interface Found {
        void found(Name name, int first);
    }

    /**
     * @param root row of the folder that holds all of the set, {@link Catalog#NONE} where it has none
     * @param volumes the topmost folders of the backup are volumes
     */
    OtherNames(Catalog catalog, int root, boolean volumes) {
        this.catalog = catalog;
        this.root = root;
        this.volumes = volumes;
    }

    void add(int folder, BackupEntry entry, LinkPath of) {
        waiting.add(new Name(folder, entry, of));
    }

    /** Tells all of them, those whose file is there first; a row is made for each before the next is told. */
    void tell(Found found) {
        boolean more = true;
        for (int round = 0; round < MAX_ROUNDS && more && !waiting.isEmpty(); round++) {
            index();
            List<Name> left = new ArrayList<>();
            for (Name name : waiting) {
                int row = find(name);
                if (row == Catalog.NONE) {
                    left.add(name);
                } else {
                    int first = catalog.linkOf(row);
                    found.found(name, first == Catalog.NONE ? row : first);
                }
            }
            more = left.size() < waiting.size();
            waiting.clear();
            waiting.addAll(left);
        }
        waiting.forEach(name -> found.found(name, Catalog.NONE));
        waiting.clear();
    }

    private void index() {
        for (; indexed < catalog.size(); indexed++) {
            long place = place(catalog.parent(indexed), catalog.name(indexed));
            int steps = 0;
            while (steps < MAX_LIKE && rows.get(place) != LongIntMap.ABSENT && !same(rows.get(place), indexed)) {
                place++;
                steps++;
            }
            if (steps < MAX_LIKE) {
                rows.putIfAbsent(place, indexed);
            }
        }
    }

    private boolean same(int row, int other) {
        return catalog.parent(row) == catalog.parent(other)
                && catalog.folder(row) == catalog.folder(other)
                && catalog.name(row).equals(catalog.name(other));
    }

    private int find(Name name) {
        LinkPath of = name.of();
        int top = root;
        if (volumes) {
            for (int row = name.folder(); row != root && row != Catalog.NONE; row = catalog.parent(row)) {
                top = row;
            }
            boolean here = of.volume().isEmpty()
                    || top != root && EntryCollector.volume(of.volume()).equalsIgnoreCase(catalog.name(top));
            return here ? below(top, of.steps()) : Catalog.NONE;
        }
        if (!of.volume().isEmpty()) {
            int drive = child(top, EntryCollector.volume(of.volume()), true);
            int there = drive == Catalog.NONE ? Catalog.NONE : below(drive, of.steps());
            if (there != Catalog.NONE) {
                return there;
            }
        }
        return below(top, of.steps());
    }

    private int below(int top, List<String> steps) {
        int row = top;
        for (int i = 0; i < steps.size(); i++) {
            row = child(row, steps.get(i), i < steps.size() - 1);
            if (row == Catalog.NONE) {
                return Catalog.NONE;
            }
        }
        return steps.isEmpty() ? Catalog.NONE : row;
    }

    /** Of names that differ in case only, the one that is equal is taken before the others. */
    private int child(int parent, String name, boolean folder) {
        int like = Catalog.NONE;
        long place = place(parent, name);
        for (int row = rows.get(place); row != LongIntMap.ABSENT; row = rows.get(++place)) {
            if (catalog.parent(row) == parent && catalog.folder(row) == folder) {
                if (catalog.name(row).equals(name)) {
                    return row;
                }
                like = like == Catalog.NONE && catalog.name(row).equalsIgnoreCase(name) ? row : like;
            }
        }
        return like;
    }

    private static long place(int parent, String name) {
        return EntryCollector.spread(parent, name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }
}
