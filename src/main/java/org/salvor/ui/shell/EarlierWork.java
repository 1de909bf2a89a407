package org.salvor.ui.shell;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Something a person can go on with.
 *
 * @param file the saved scan, or the journal in the target folder
 * @param source its name, as on a command line
 * @param when it was last worked on
 * @param files that were found, or chosen
 */
public record EarlierWork(Kind kind, Path file, String source, Instant when, long files) {
    /** What was left. */
    public enum Kind {
        SCAN,
        COPY
    }
}
