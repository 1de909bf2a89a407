package org.salvor.recovery;

/** Where the knowledge of a file comes from. */
public enum Provenance {
    /** The current file table, or the catalogue of a backup. */
    TABLE,
    /** A record found outside the current file table. */
    OUTSIDE_TABLE,
    /** Its record is in the table, but its name stood only in slack. */
    SLACK_NAME,
    /** Only an index entry knows it: a name without content. */
    INDEX_ONLY,
    /** A folder that Salvor made up to hold what has lost its own. */
    MADE_UP
}
