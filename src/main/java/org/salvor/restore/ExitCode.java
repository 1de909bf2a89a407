package org.salvor.restore;

import org.salvor.fault.CancelledException;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;

/** How a command ends (contract, section 5). */
public enum ExitCode {
    DONE(0),
    PROBLEMS(1),
    USAGE(2),
    SOURCE_UNREADABLE(3),
    KEY_NEEDED(4),
    TARGET_ON_SOURCE(5),
    NO_SPACE(6),
    CANCELLED(7),
    MISMATCH(8),
    NOTHING_MATCHED(9),
    TARGET_GONE(10),
    INTERNAL(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Of what ended the work before a report could be made. */
    public static ExitCode of(Throwable failure) {
        return switch (failure) {
            case CancelledException e -> CANCELLED;
            case KeyRequiredException e -> KEY_NEEDED;
            case SourceMismatchException e -> MISMATCH;
            case SidecarChoiceException e -> USAGE;
            case TargetException e ->
                switch (e.kind()) {
                    case ON_SOURCE -> TARGET_ON_SOURCE;
                    case FULL -> NO_SPACE;
                    case GONE -> TARGET_GONE;
                };
            case RecoveryException e -> SOURCE_UNREADABLE;
            default -> INTERNAL;
        };
    }

    /** Of a dry run: {@link #DONE} if it could be carried out. */
    public static ExitCode of(RestorePlan plan) {
        return plan.issues().stream()
                .filter(PlanIssue::blocking)
                .findFirst()
                .map(ExitCode::of)
                .orElse(DONE);
    }

    /** Of a run or a verification: {@link #DONE} only if all that was chosen is there, and nothing that belongs to it is known to be lost. */
    public static ExitCode of(RestoreReport report) {
        return switch (report.stop()) {
            case CANCELLED -> CANCELLED;
            case TARGET_FULL -> NO_SPACE;
            case TARGET_GONE -> TARGET_GONE;
            case ERROR -> INTERNAL;
            case NONE ->
                report.files().isEmpty()
                        ? NOTHING_MATCHED
                        : report.problems().isEmpty() && report.files().stream().allMatch(RestoredFile::there)
                                ? DONE
                                : PROBLEMS;
        };
    }

    /** Of sidecars that were put on files: {@link #DONE} only if all that they keep is there. */
    public static ExitCode of(Applied applied) {
        return applied.files().stream().allMatch(file -> file.state() == Applied.State.DONE) ? DONE : PROBLEMS;
    }

    static ExitCode of(PlanIssue issue) {
        for (ExitCode value : values()) {
            if (value.code == issue.exitCode()) {
                return value;
            }
        }
        return INTERNAL;
    }
}
