package org.salvor.restore;

import java.nio.file.Path;
import org.salvor.recovery.SourceIdentity;

/**
 * What is needed to go on with a job that was stopped.
 *
 * @param source the source, its {@code text} and {@code node} as it was named
 * @param target the target folder
 * @param thorough some chosen files are found only by a thorough scan
 * @param files chosen
 * @param done of them
 * @param finished nothing is left to resume
 * @param export it writes backup streams, and not files
 */
public record JournalInfo(
        SourceIdentity source, Path target, boolean thorough, long files, long done, boolean finished, boolean export) {
    /** How the journal is called in the target folder. */
    public static final String FILE_NAME = TargetNames.JOURNAL;
}
