package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import org.salvor.recovery.SourceIdentity;

/**
 * The dry run: what lands where, what cannot, how much space.
 *
 * @param bytes that will be written, holes included
 * @param needed bytes of the target that this takes, with what is kept beside the files; holes take none where the target keeps them
 * @param space free on the target in bytes, -1 if not known
 * @param losses what the scan knows to be lost of the source, as sentences, where all that it found was chosen; else empty
 * @param journal where the journal of the job will lie, unless somebody takes that name before it begins
 */
public record RestorePlan(
        SourceIdentity source,
        RestoreOptions options,
        List<PlannedFile> files,
        List<PlanIssue> issues,
        long bytes,
        long needed,
        long space,
        Path journal,
        List<String> losses) {
    /** Of a choice without losses. */
    public RestorePlan(
            SourceIdentity source,
            RestoreOptions options,
            List<PlannedFile> files,
            List<PlanIssue> issues,
            long bytes,
            long needed,
            long space,
            Path journal) {
        this(source, options, files, issues, bytes, needed, space, journal, List.of());
    }

    public boolean possible() {
        return issues.stream().noneMatch(PlanIssue::blocking);
    }

    /** Planned rows with this action. */
    public long count(PlannedFile.Action action) {
        return files.stream().filter(file -> file.action() == action).count();
    }
}
