package org.salvor.ui.choose;

import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;

/** The picture beside a name. */
final class Icons {
    private Icons() {}

    static Feather of(FileGroup group) {
        return switch (group) {
            case PICTURES -> Feather.IMAGE;
            case DOCUMENTS -> Feather.FILE_TEXT;
            case VIDEO -> Feather.FILM;
            case AUDIO -> Feather.MUSIC;
            case ARCHIVES -> Feather.ARCHIVE;
            case MAIL -> Feather.MAIL;
            case DATABASES -> Feather.DATABASE;
            case PROGRAMS -> Feather.TERMINAL;
            case OTHER -> Feather.FILE;
        };
    }

    static Feather of(Catalog catalog, int row) {
        if (!catalog.folder(row)) {
            return of(FileGroup.ofEnding(FileGroup.ending(catalog.name(row))));
        }
        return catalog.provenance(row) == Provenance.MADE_UP ? Feather.LIFE_BUOY : Feather.FOLDER;
    }
}
