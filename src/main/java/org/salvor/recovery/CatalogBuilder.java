package org.salvor.recovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Fills a catalog. Confined to one thread; the catalog itself may be read by others at the same time. */
public final class CatalogBuilder {
    private final Catalog catalog;

    /** By the row of the first name. */
    private final Map<Integer, List<Integer>> apart = new HashMap<>();

    public CatalogBuilder(IdScheme ids) {
        catalog = new Catalog(ids);
    }

    /** Goes on with a catalog that is complete, to change its ratings; nobody else may write to it meanwhile. */
    public CatalogBuilder(Catalog catalog) {
        this.catalog = catalog;
        for (int row = 0; row < catalog.size(); row++) {
            apart(row);
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    /** The new row's number. */
    public int add(FileRow row) {
        int added = catalog.add(row);
        apart(added);
        return added;
    }

    /** Further names mostly stand right behind the first; others are found here. */
    private void apart(int row) {
        int first = catalog.linkOf(row);
        if (first == Catalog.NONE || first == row - 1) {
            return;
        }
        if (catalog.linkOf(row - 1) != first || apart.containsKey(first)) {
            apart.computeIfAbsent(first, unknown -> new ArrayList<>(1)).add(row);
        }
    }

    /** The caller makes sure that no row becomes its own ancestor. */
    public void parent(int row, int parent) {
        catalog.parent(row, parent);
    }

    public void rating(int row, Rating rating) {
        catalog.rating(row, rating, rating.otherRow());
    }

    /** The rating of a file under its first name and all further ones. @param row of the first name */
    public void ratingOfAllNames(int row, Rating rating) {
        forAllNames(row, name -> catalog.rating(name, rating, rating.otherRow()));
    }

    /** A rating that names a file which is no row. @param otherPath what {@link #otherPath} gave */
    public void rating(int row, Rating rating, int otherPath) {
        catalog.rating(row, rating, otherPath);
    }

    /**
     * The file is encrypted, and so its further names (those that stand apart ask the first); told once for a file, in rising order of rows. Whether it is locked is
     * told by {@link #locked}.
     */
    public void encryption(int row, Encryption encryption) {
        forNamesBehind(row, name -> catalog.encryption(name, encryption));
    }

    /**
     * Locks a file or unlocks it, with its further names: while it is locked it is rated LOCKED, and the rating that its evidence
     * gives is kept below that.
     */
    public void locked(int row, boolean locked) {
        forAllNames(row, name -> catalog.locked(name, locked));
    }

    /** A certificate that was given fits the file, and does not open it; false takes that back. */
    public void keyDamaged(int row, boolean damaged) {
        forAllNames(row, name -> catalog.keyDamaged(name, damaged));
    }

    private void forAllNames(int row, IntConsumer change) {
        forNamesBehind(row, change);
        apart.getOrDefault(row, List.of()).forEach(change::accept);
    }

    private void forNamesBehind(int row, IntConsumer change) {
        change.accept(row);
        for (int link = row + 1; link < catalog.size() && catalog.linkOf(link) == row; link++) {
            change.accept(link);
        }
    }

    /** Keeps the path of a file that is no row, to be named by ratings. */
    public int otherPath(String path) {
        return catalog.otherPath(path);
    }

    /** The source held files or folders that are no rows, because they are lost. @param sentence for a person */
    public void lost(String sentence) {
        catalog.lost(sentence);
    }

    /** Nothing more will come. */
    public void finished() {
        catalog.finished();
    }
}
