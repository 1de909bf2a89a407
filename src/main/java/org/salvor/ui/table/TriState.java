package org.salvor.ui.table;

/** How much of a group is ticked. */
public enum TriState {
    NONE,
    SOME,
    ALL;

    /** The state of a group of {@code total} of which {@code ticked} are. */
    public static TriState of(int ticked, int total) {
        if (ticked <= 0) {
            return NONE;
        }
        return ticked < total ? SOME : ALL;
    }
}
