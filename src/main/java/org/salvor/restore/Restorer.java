package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;

/** From a selection to files on a target. Every call blocks. */
public interface Restorer {
    /** The dry run; writes nothing. A target that must not be used is a blocking issue of the plan, not an exception. */
    RestorePlan plan(
            Source source,
            RecoverySession session,
            Catalog catalog,
            Selection selection,
            RestoreOptions options,
            JobMonitor monitor)
            throws RecoveryException;

    /**
     * Carries a plan out; the journal lies beside the files as {@code .salvor-journal} until all is done. Refuses a plan that is
     * not possible. A stop on the way (a person, a full or vanished target) gives a report that says so.
     */
    RestoreReport run(Source source, RecoverySession session, Catalog catalog, RestorePlan plan, JobMonitor monitor)
            throws RecoveryException;

    /** What a journal tells: the caller opens that source, scans it, and calls {@link #resume}. */
    JournalInfo journal(Path journal) throws RecoveryException;

    /**
     * Goes on after a stop. The report covers the whole job, also what was done before.
     *
     * @param session of the same source and place, scanned: {@link RecoverySession#content} must know the files
     * @throws org.salvor.fault.SourceMismatchException the session is on another source than the journal
     */
    RestoreReport resume(Path journal, Source source, RecoverySession session, JobMonitor monitor)
            throws RecoveryException;

    /** Reads restored files again and compares them with the report; differing files come back as FAILED. */
    RestoreReport verify(Path reportJson, JobMonitor monitor) throws RecoveryException;

    /**
     * Puts on restored files what the sidecar of their restore keeps for them: permissions, attributes, streams and times. Looks at
     * all of them first, and touches only those whose content is still as the sidecar tells.
     *
     * @param sidecar the folder of that name in the restored folder, or the list in it
     * @param here the source of that identity, where it is on this computer: nothing is written to it
     * @param dryRun only look
     * @throws TargetException the folder has no place for permissions, or lies on the source
     */
    Applied apply(Path sidecar, Function<SourceIdentity, Optional<Source>> here, boolean dryRun, JobMonitor monitor)
            throws RecoveryException;

    /**
     * Whether a file of the program (a saved scan, a selection, a report) may be written at this path while that source is open.
     *
     * @throws TargetException it would lie on the source, or its place cannot be told
     */
    void checkPlace(Source source, Path file) throws RecoveryException;

    /**
     * Which of the program's own files (logs, settings, caches, temporary files) lie on the source: a sentence for each, to be
     * shown before a scan. Empty if all is well.
     */
    List<Path> ownFilesOn(Source source, List<Path> own);

    /** Whether this system has functions of its own to write files with all that belongs to them. */
    default boolean systemTarget() {
        return false;
    }

    /** Whether they would be used for a folder, which need not be there. */
    default boolean systemTarget(Path target) {
        return false;
    }

    /** Reads a report in JSON. */
    RestoreReport readReport(Path json) throws RecoveryException;

    /**
     * Writes a report. The file appears only when it is complete.
     *
     * @throws TargetException it cannot be written
     */
    void writeReport(RestoreReport report, Path file, ReportForm form) throws RecoveryException;
}
