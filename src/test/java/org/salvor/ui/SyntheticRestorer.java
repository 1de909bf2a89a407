package org.salvor.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.restore.Applied;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.Outcome;
import org.salvor.restore.PlanIssue;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.restore.Restorer;

/** Made-up plans and reports, so that each state of a page can be shown and judged. */
final class SyntheticRestorer implements Restorer {
    static final String UNREADABLE = "24 KB of it could not be read from the source.";

    /** What does not answer. */
    final Failing failing = new Failing();

    /** The copy waits at half. */
    volatile boolean hold;

    /** It reads again until this is taken back. */
    volatile boolean holdVerify;

    /** Every how-many-th file cannot be copied; 0 for none. */
    int failEvery = 97;

    /** Each failure has a cause of its own. */
    boolean manyCauses;

    /** How a copy ends. */
    RestoreReport.Stop stop = RestoreReport.Stop.NONE;

    @Override
    public RestorePlan plan(
            Source source,
            RecoverySession session,
            Catalog catalog,
            Selection selection,
            RestoreOptions options,
            JobMonitor monitor)
            throws RecoveryException {
        failing.at("plan");
        List<PlannedFile> files = new ArrayList<>();
        List<PlanIssue> issues = new ArrayList<>();
        BitSet rows = selection.rows();
        long bytes = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            if (catalog.folder(row)) {
                continue;
            }
            RatingClass rating = catalog.ratingClass(row);
            boolean impossible = rating == RatingClass.OVERWRITTEN;
            boolean partial = rating == RatingClass.PARTIAL;
            boolean renamed = row % 53 == 0;
            files.add(new PlannedFile(
                    row,
                    catalog.id(row),
                    catalog.path(row),
                    impossible ? "" : catalog.path(row) + (partial ? ".partial" : renamed ? " (2)" : ""),
                    false,
                    catalog.size(row),
                    impossible ? PlannedFile.Action.IMPOSSIBLE : PlannedFile.Action.WRITE,
                    rating,
                    catalog.intactPercent(row),
                    impossible
                            ? List.of("Other files took all of its places. Nothing of its content is left.")
                            : renamed ? List.of("A file of this name is there already.") : List.of()));
            bytes += impossible ? 0 : catalog.size(row);
        }
        if (files.isEmpty()) {
            issues.add(new PlanIssue(PlanIssue.Kind.NOTHING_CHOSEN, true, 9, "Nothing is chosen."));
        }
        String target = options.target().toString();
        if (target.contains("source")) {
            issues.add(
                    new PlanIssue(
                            PlanIssue.Kind.TARGET_ON_SOURCE,
                            true,
                            5,
                            "This folder is on the same place as the files you want back. Saving there could destroy them. Choose another drive."));
        }
        if (target.contains("samedisk")) {
            issues.add(
                    new PlanIssue(
                            PlanIssue.Kind.SAME_DISK,
                            !options.confirmed(),
                            5,
                            "This folder is on another partition of the same disk. If the disk is failing, copying there may harm it."));
        }
        if (target.contains("full")) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.SPACE,
                    true,
                    6,
                    "There is not enough space in " + target
                            + ": 8.1 GB are needed, 96 MB are free. Free some space or choose another folder."));
        }
        if (target.contains("fat")) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.FEATURES_LOST,
                    false,
                    0,
                    "This drive cannot hold named streams. They go to a folder beside the file."));
        }
        if (target.contains("unrestorable")) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.NOT_RESTORABLE, false, 0, "4 of the files you chose cannot be restored."));
        }
        return new RestorePlan(
                session.identity(),
                options,
                files,
                issues,
                bytes,
                bytes,
                96L << 30,
                options.target().resolve(JournalInfo.FILE_NAME));
    }

    @Override
    public RestoreReport run(
            Source source, RecoverySession session, Catalog catalog, RestorePlan plan, JobMonitor monitor)
            throws RecoveryException {
        failing.at("run");
        List<RestoredFile> done = new ArrayList<>();
        long bytes = 0;
        int at = 0;
        for (PlannedFile file : plan.files()) {
            monitor.checkpoint();
            boolean written = file.action() == PlannedFile.Action.WRITE;
            boolean failed = failEvery > 0 && at % failEvery == Math.min(11, failEvery - 1);
            String why = manyCauses ? 24 + at + " KB of it could not be read." : UNREADABLE;
            boolean partial = file.rating() == RatingClass.PARTIAL;
            Outcome outcome =
                    !written ? Outcome.SKIPPED : failed ? Outcome.FAILED : partial ? Outcome.PARTIAL : Outcome.RESTORED;
            done.add(new RestoredFile(
                    file.id().text(),
                    file.path(),
                    written && !failed ? file.target() : "",
                    false,
                    file.size(),
                    outcome,
                    file.rating(),
                    file.intactPercent(),
                    written && !failed ? "9f".repeat(32) : "",
                    List.of(),
                    failed
                            ? List.of(why)
                            : partial
                                    ? List.of(
                                            "62 % of its clusters are left; the others are in use by another file now.")
                                    : file.notes()));
            if (failed) {
                monitor.problem(new Problem(Problem.Severity.ERROR, file.path(), why));
            }
            bytes += written ? file.size() : 0;
            at++;
            monitor.progress(new Progress(
                    "restore", bytes, plan.bytes(), at, plan.files().size()));
            while (hold && at > plan.files().size() / 2) {
                failing.at("run, half");
                monitor.checkpoint();
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
        return new RestoreReport(
                session.identity(),
                plan.options().target(),
                stop,
                done,
                "2026-11-20T11:00:00Z",
                "2026-11-20T11:02:31Z",
                "",
                losses);
    }

    /** What the source had lost before. */
    List<String> losses = List.of();

    /** Whether this made-up system has functions of its own. */
    boolean ownFunctions;

    @Override
    public boolean systemTarget() {
        return ownFunctions;
    }

    @Override
    public JournalInfo journal(Path journal) throws RecoveryException {
        failing.at("journal");
        if (Files.exists(journal)) {
            SourceIdentity source = new SourceIdentity("/dev/sda", "2", "NTFS", "1c2a90b72a908e3c", 1, "00", Map.of());
            return new JournalInfo(source, Path.of("/media/usb/back"), false, 412, 310, false, false);
        }
        throw new RecoveryException("There is no journal.");
    }

    @Override
    public RestoreReport resume(Path journal, Source source, RecoverySession session, JobMonitor monitor)
            throws RecoveryException {
        failing.at("resume");
        throw new RecoveryException("There is no journal.");
    }

    @Override
    public RestoreReport verify(Path reportJson, JobMonitor monitor) throws RecoveryException {
        failing.at("verify");
        while (holdVerify) {
            monitor.checkpoint();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new RecoveryException("There is no report.");
    }

    @Override
    public Applied apply(
            Path sidecar, Function<SourceIdentity, Optional<Source>> here, boolean dryRun, JobMonitor monitor) {
        throw new UnsupportedOperationException("no page of the wizard does this");
    }

    @Override
    public void checkPlace(Source source, Path file) throws RecoveryException {
        failing.at("checkPlace");
    }

    @Override
    public RestoreReport readReport(Path json) throws RecoveryException {
        throw new RecoveryException("There is no report.");
    }

    @Override
    public void writeReport(RestoreReport report, Path file, ReportForm form) throws RecoveryException {
        failing.at("writeReport");
    }

    @Override
    public List<Path> ownFilesOn(Source source, List<Path> paths) {
        failing.unchecked("ownFilesOn");
        return source.text().contains("sda")
                ? List.of(Path.of("/home/me/.config/salvor"), Path.of("/home/me/.cache/salvor"))
                : List.of();
    }
}
