package org.salvor.recovery;

/** Fills a catalog. Confined to one thread; the catalog itself may be read by others at the same time. */
public final class CatalogBuilder {
    private final Catalog catalog;

    public CatalogBuilder(IdScheme ids) {
        catalog = new Catalog(ids);
    }

    public Catalog catalog() {
        return catalog;
    }

    /** The new row's number. */
    public int add(FileRow row) {
        return catalog.add(row);
    }

    /** The caller makes sure that no row becomes its own ancestor. */
    public void parent(int row, int parent) {
        catalog.parent(row, parent);
    }

    public void rating(int row, Rating rating) {
        catalog.rating(row, rating, rating.otherRow());
    }

    /** A rating that names a file which is no row. @param otherPath what {@link #otherPath} gave */
    public void rating(int row, Rating rating, int otherPath) {
        catalog.rating(row, rating, otherPath);
    }

    /** Keeps the path of a file that is no row, to be named by ratings. */
    public int otherPath(String path) {
        return catalog.otherPath(path);
    }

    /** Nothing more will come. */
    public void finished() {
        catalog.finished();
    }
}
