package org.salvor.recovery;

import java.util.List;

/** Rows for catalogs whose content does not matter. */
public final class FileRows {
    private FileRows() {}

    /** A file of one byte at the top, as the next row. */
    public static FileRow next(CatalogBuilder builder, String name) {
        return new FileRow(
                Catalog.NONE,
                name,
                false,
                false,
                Provenance.TABLE,
                builder.catalog().size() + 1,
                -1,
                Catalog.NO_LOCATOR,
                Catalog.NONE,
                1,
                1,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                0x20,
                1,
                -1,
                List.of());
    }
}
