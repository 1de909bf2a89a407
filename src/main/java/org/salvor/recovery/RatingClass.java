package org.salvor.recovery;

/** The classes of the contract, section 3; {@link #PENDING} until the rating pass has come to the file. */
public enum RatingClass {
    PENDING,
    INTACT,
    PROBABLE,
    PARTIAL,
    OVERWRITTEN,
    BLANK,
    LOCKED,
    STUB
}
