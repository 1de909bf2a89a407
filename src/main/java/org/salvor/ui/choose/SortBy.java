package org.salvor.ui.choose;

/** What rows are sorted by. */
enum SortBy {
    /** As the scan found them. */
    FOUND(false),
    NAME(false),
    FOLDER(true),
    MODIFIED(false),
    SIZE(false),
    CHANCE(true),
    ID(false),
    CREATED(false),
    CHANGED(false),
    ACCESSED(false),
    ALLOCATED(false),
    FRAGMENTS(false),
    FIRST_CLUSTER(false),
    ATTRIBUTES(false),
    STREAMS(false),
    PROVENANCE(false);

    private final boolean changes;

    SortBy(boolean changes) {
        this.changes = changes;
    }

    /** Whether a row's value may change after it was added: a folder moves, a rating comes. */
    boolean changes() {
        return changes;
    }
}
