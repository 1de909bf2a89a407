package org.salvor.recovery;

/** Why a file is rated as it is. The text of each is {@code reason.<NAME>} in the bundle: {0} percent, {1} the other file's path. */
public enum ReasonKind {
    LIVE,
    RESIDENT,
    EMPTY,
    CLUSTERS_FREE,
    CLUSTERS_REUSED,
    REUSED_BY_FILE,
    UNREADABLE,
    STREAM_LOST,
    BAD_START,
    ALL_ZERO,
    CLAIMED_BY_DELETED,
    CONTENT_VALIDATED,
    OUTSIDE_TABLE,
    NAME_ONLY,
    RECORD_DAMAGED,
    RUNS_MISSING,
    NO_KEY,
    NO_STORE,
    LOST_FOLDER,
    NAME_FROM_SLACK,
    ALLOCATION_UNKNOWN,
    SCAN_STOPPED,
    FOLDER,
    KEY_LOST,
    WINDOWS_ONLY,
    DECRYPTED,
    NOT_COMPARED,
    /** All of it is in the backup. */
    IN_BACKUP,
    /** What the backup itself tells of the file, as {1}. */
    TOLD_BY_BACKUP,
    /** A certificate that was given fits, and does not open it. */
    KEY_DAMAGED
}
