package org.salvor.recovery;

/**
 * Something that went wrong without ending the job.
 *
 * @param severity how much it matters
 * @param place path of a file, or a byte range; empty if neither
 * @param text a sentence for a person
 */
public record Problem(Severity severity, String place, String text) {
    /** How much a problem matters. */
    public enum Severity {
        NOTE,
        WARNING,
        ERROR
    }
}
