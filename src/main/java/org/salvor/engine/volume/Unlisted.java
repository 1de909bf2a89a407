package org.salvor.engine.volume;

import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundTimes;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Columns;
import org.salvor.recovery.IdScheme;

/**
 * Files and folders that the plan does not list. They are kept while the scan runs, because a listed file may lie in one of the
 * folders, or have lost clusters to one of the files, and then needs its name. One thread.
 */
final class Unlisted {
    private final Catalog catalog;
    private final CatalogBuilder builder;
    private final Columns.Longs parentKeys = new Columns.Longs();

    Unlisted(IdScheme ids) {
        builder = new CatalogBuilder(ids);
        catalog = builder.catalog();
    }

    int add(FoundFile file, FoundName name) {
        FoundTimes times = file.folder() ? file.times() : FoundTimes.NONE;
        int at = builder.add(Rows.of(file, name.name(), Catalog.NONE, Catalog.NONE, times));
        parentKeys.set(at, name.parentKey());
        return at;
    }

    int size() {
        return catalog.size();
    }

    Catalog catalog() {
        return catalog;
    }

    String name(int at) {
        return catalog.name(at);
    }

    long key(int at) {
        return catalog.key(at);
    }

    long parentKey(int at) {
        return parentKeys.get(at);
    }
}
