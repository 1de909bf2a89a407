package org.salvor.restore;

import java.util.List;
import org.salvor.recovery.SourceIdentity;

/**
 * The dry run: what lands where, what cannot, how much space.
 *
 * @param bytes that will be written
 * @param space free on the target in bytes, -1 if not known
 */
public record RestorePlan(
        SourceIdentity source,
        RestoreOptions options,
        List<PlannedFile> files,
        List<PlanIssue> issues,
        long bytes,
        long space) {
    public boolean possible() {
        return issues.stream().noneMatch(PlanIssue::blocking);
    }

    /** Planned rows with this action. */
    public long count(PlannedFile.Action action) {
        return files.stream().filter(file -> file.action() == action).count();
    }
}
