package org.salvor.ui.choose;

import org.jspecify.annotations.Nullable;

/** Which part of the catalog the table shows, before any filter. */
public sealed interface Scope {
    /** Everything that was found. */
    record All() implements Scope {}

    /** A folder. @param below also all that lies in its sub-folders */
    record Folder(int row, boolean below) implements Scope {}

    /** Files of a type. @param ending one ending of the group, null for all of them */
    record Type(FileGroup group, @Nullable String ending) implements Scope {}

    Scope ALL = new All();
}
