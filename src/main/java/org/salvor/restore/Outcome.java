package org.salvor.restore;

/** What became of a file (contract, section 4). */
public enum Outcome {
    RESTORED,
    PARTIAL,
    KEPT_ENCRYPTED,
    SKIPPED,
    FAILED
}
