package org.salvor.restore;

/**
 * Something a person should know before starting.
 *
 * @param exitCode of the contract, section 5, when a blocking issue ends the command line
 * @param text a sentence or two for a person
 */
public record PlanIssue(Kind kind, boolean blocking, int exitCode, String text) {
    /** What the issue is about. */
    public enum Kind {
        TARGET_ON_SOURCE,
        SAME_DISK,
        PLACE_UNKNOWN,
        SPACE,
        NOT_WRITABLE,
        FILE_TOO_LARGE,
        CONFLICT,
        NAMES_CHANGED,
        NOT_RESTORABLE,
        KEPT_ENCRYPTED,
        FEATURES_LOST,
        NOTHING_CHOSEN
    }
}
