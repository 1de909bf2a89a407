package org.salvor.recovery;

import java.util.List;

/**
 * One place inside a source. Recognition gives a tree of them.
 *
 * @param id as {@code --at} takes it: "" for the source itself, "2", "lost-198656", "2/shadow-1", "set-3", "sets"
 * @param title for a person: "Partition 2", "Backup set of 3 May 2019"
 * @param offset first byte on the source; -1 where that has no meaning
 * @param length in bytes; -1 if not known
 * @param format "NTFS", "MBR", "MTF 1.00a"...; empty if nothing known is there
 * @param label volume label or set name; empty if none
 * @param detail one line more for a person: what is wrong, or which key is needed; empty if nothing
 */
public record SourceNode(
        Source source,
        String id,
        Kind kind,
        String title,
        long offset,
        long length,
        String format,
        String label,
        State state,
        String detail,
        List<SourceNode> children) {
    /** What a place is. */
    public enum Kind {
        DISK,
        PARTITION,
        LOST_VOLUME,
        VOLUME,
        SNAPSHOT,
        MEDIUM,
        BACKUP_SET,
        /** All sets of a medium at once: each is a folder at the top. */
        BACKUP_SETS;

        /** Whether its files are there because somebody saved them: nothing in it was deleted. */
        public boolean backup() {
            return this == MEDIUM || this == BACKUP_SET || this == BACKUP_SETS;
        }
    }

    /** Whether a session can be opened on it. */
    public enum State {
        READABLE,
        LOCKED,
        /** Holds other places, but no files itself. */
        CONTAINER,
        UNKNOWN
    }
}
