package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/** Restores files into a folder, with a journal and a report beside them. Safe for use by several threads. */
public final class FileRestorer implements Restorer {
    /** The report that each run leaves in the target folder. */
    public static final String REPORT = "salvor-report.json";

    private final PlaceResolver places;
    private final HostFiles host;
    private final SystemTarget system;
    private final EncryptedFiles encrypted;
    private final int batch;

    /** Without functions of the operating system beyond {@code host}. */
    public FileRestorer(PlaceResolver places, HostFiles host) {
        this(places, host, SystemTarget.NONE, EncryptedFiles.NONE);
    }

    /**
     * @param system writes files where it can; elsewhere the portable way is taken
     * @param encrypted puts encrypted files back where it can and {@code system} writes; elsewhere they stay exports
     */
    public FileRestorer(PlaceResolver places, HostFiles host, SystemTarget system, EncryptedFiles encrypted) {
        this(places, host, system, encrypted, Batch.MAX_FILES);
    }

    /** @param batch how many files at most are brought to the medium together */
    FileRestorer(PlaceResolver places, HostFiles host, SystemTarget system, EncryptedFiles encrypted, int batch) {
        this.encrypted = encrypted;
        this.system = system;
        this.places = places;
        this.host = host;
        this.batch = batch;
    }

    @Override
    public boolean systemTarget() {
        return system != SystemTarget.NONE;
    }

    @Override
    public boolean systemTarget(Path target) {
        TargetCapabilities portable =
                TargetProbe.of(Planner.nearest(target), places.holding(target).fileSystem(), host);
        return system.on(portable).isPresent();
    }

    @Override
    public RestorePlan plan(
            Source source,
            RecoverySession session,
            Catalog catalog,
            Selection selection,
            RestoreOptions options,
            JobMonitor monitor)
            throws RecoveryException {
        WriteGuard guard = new WriteGuard(places, source, session.identity().text());
        boolean again = options.form() == RestoreOptions.Form.FILES
                && systemTarget(options.target())
                && encrypted.on(Planner.nearest(options.target()));
        return new Planner(session, catalog, options, guard, places, host, system, again, monitor).plan(selection);
    }

    @Override
    public RestoreReport run(
            Source source, RecoverySession session, Catalog catalog, RestorePlan plan, JobMonitor monitor)
            throws RecoveryException {
        for (PlanIssue issue : plan.issues()) {
            if (issue.blocking()) {
                throw refusal(issue);
            }
        }
        WriteGuard guard = new WriteGuard(places, source, session.identity().text());
        RestoreOptions options = plan.options();
        RestoreReport report = null;
        try (TargetFolders folders = new TargetFolders(options.target(), guard, options.confirmed())) {
            String job = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
            List<Task> tasks = tasks(catalog, plan);
            boolean thorough =
                    plan.files().stream().anyMatch(file -> catalog.provenance(file.row()) == Provenance.OUTSIDE_TABLE);
            Journal.Head head = new Journal.Head(
                    job,
                    session.identity(),
                    options,
                    thorough,
                    now(),
                    TargetNames.free(folders.root(), REPORT),
                    TargetNames.free(folders.root(), CommonSidecar.NAME),
                    plan.losses());
            try (Journal journal =
                    Journal.create(folders.root().resolve(TargetNames.free(folders.root(), TargetNames.JOURNAL)))) {
                journal.begin(head, tasks);
                Descriptors descriptors = new Descriptors(journal, Map.of());
                RestoreRun run = prepare(session, folders, journal, descriptors, head, tasks, monitor);
                report = end(run, tasks, run.run(), journal, descriptors, head, folders, monitor);
                return report;
            }
        } catch (IOException e) {
            if (report != null) {
                return report; // a target that went away cannot be closed either
            }
            throw unusable(options.target(), e);
        }
    }

    private static RecoveryException refusal(PlanIssue issue) {
        return switch (ExitCode.of(issue)) {
            case TARGET_ON_SOURCE -> new TargetException(TargetException.Kind.ON_SOURCE, issue.text(), null);
            case NO_SPACE -> new TargetException(TargetException.Kind.FULL, issue.text(), null);
            case TARGET_GONE -> new TargetException(TargetException.Kind.GONE, issue.text(), null);
            default -> new RecoveryException(issue.text());
        };
    }

    private static TargetException unusable(Path target, IOException e) {
        return new TargetException(
                TargetHealth.saysFull(e) ? TargetException.Kind.FULL : TargetException.Kind.GONE,
                Messages.get("restore.unusable", target, IoReasons.of(e)),
                e);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private RestoreRun prepare(
            RecoverySession session,
            TargetFolders folders,
            Journal journal,
            Descriptors descriptors,
            Journal.Head head,
            List<Task> tasks,
            JobMonitor monitor) {
        RestoreOptions options = head.options();
        String fileSystem = places.holding(folders.root()).fileSystem();
        TargetCapabilities portable = TargetProbe.of(folders.root(), fileSystem, host);
        TargetCapabilities capabilities = TargetProbe.of(folders.root(), fileSystem, host, system, options.form());
        Aside kept = new KeptAside(descriptors);
        RestoreTarget target = switch (options.form()) {
            case FILES ->
                system.on(portable)
                        .map(own -> system.open(own, kept))
                        .orElseGet(() -> new PortableTarget(capabilities, host, kept));
            case PORTABLE_FILES -> new PortableTarget(capabilities, host, kept);
            case BACKUP_STREAMS -> new StreamTarget(capabilities, new PortableTarget(capabilities, host, kept));
        };
        boolean own = options.form() == RestoreOptions.Form.FILES
                && system.on(portable).isPresent();
        return new RestoreRun(
                tasks,
                session,
                folders,
                target,
                options,
                journal,
                head.job(),
                new TargetHealth(folders, head.job()),
                host,
                own && encrypted.on(folders.root()) ? encrypted : EncryptedFiles.NONE,
                (names, all, done) -> new Batch(folders, host, journal, options.verify(), batch, names, all, done),
                kept,
                monitor);
    }

    private static List<Task> tasks(Catalog catalog, RestorePlan plan) {
        Map<Integer, Integer> firstNames = new HashMap<>();
        List<PlannedFile> files = plan.files();
        for (int i = 0; i < files.size(); i++) {
            PlannedFile.Action action = files.get(i).action();
            boolean exported = action == PlannedFile.Action.SAME
                    && plan.options().form() == RestoreOptions.Form.BACKUP_STREAMS
                    && files.get(i).rating() != RatingClass.LOCKED;
            if (action == PlannedFile.Action.WRITE || action == PlannedFile.Action.REPLACE || exported) {
                firstNames.putIfAbsent(Planner.firstName(catalog, files.get(i).row()), i);
            }
        }
        List<Task> tasks = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            PlannedFile file = files.get(i);
            int row = file.row();
            Integer first = firstNames.get(Planner.firstName(catalog, row));
            tasks.add(new Task(
                    i,
                    file.id().text(),
                    file.path(),
                    file.target(),
                    file.folder(),
                    catalog.size(row),
                    file.action(),
                    file.rating(),
                    file.intactPercent(),
                    catalog.firstCluster(row),
                    file.action() == PlannedFile.Action.LINK && first != null ? first : -1,
                    catalog.attributes(row),
                    Times.of(catalog, row),
                    file.notes()));
        }
        return tasks;
    }

    /** Saves the sidecar of the restore and the report and, if nothing is left to do, removes the journal. */
    private RestoreReport end(
            RestoreRun run,
            List<Task> tasks,
            RestoreReport.Stop stop,
            Journal journal,
            Descriptors descriptors,
            Journal.Head head,
            TargetFolders folders,
            JobMonitor monitor)
            throws IOException {
        RestoreReport report = new RestoreReport(
                head.source(),
                folders.root(),
                stop,
                run.results(),
                head.started(),
                now(),
                run.permissionsWait() ? head.sidecar() : "",
                head.losses());
        try {
            CommonSidecar.write(
                    folders,
                    host,
                    head.sidecar(),
                    head.source(),
                    descriptors,
                    tasks,
                    report.files(),
                    run::security,
                    run::unmet);
            ReportFiles.write(report, folders.root().resolve(head.report()), ReportForm.JSON);
            if (stop == RestoreReport.Stop.NONE) {
                journal.finished();
                Files.deleteIfExists(journal.path());
            }
        } catch (IOException e) {
            notSaved(head, folders, IoReasons.of(e), monitor);
        } catch (FormatException | TargetException e) {
            notSaved(head, folders, String.valueOf(e.getMessage()), monitor);
        }
        return report;
    }

    private static void notSaved(Journal.Head head, TargetFolders folders, String why, JobMonitor monitor) {
        monitor.problem(new Problem(
                Problem.Severity.WARNING,
                head.report(),
                Messages.get("restore.report-not-saved", folders.root(), why.replaceFirst("\\.$", ""))));
    }

    @Override
    public JournalInfo journal(Path journal) throws RecoveryException {
        try {
            if (!Files.exists(journal) && Files.exists(journal.resolveSibling(REPORT))) {
                RestoreReport report = ReportJson.read(journal.resolveSibling(REPORT));
                long files = report.fileCount();
                return new JournalInfo(report.source(), report.target(), false, files, files, true, false);
            }
            JournalReader reader = JournalReader.read(journal);
            return new JournalInfo(
                    reader.head().source(),
                    folder(journal),
                    reader.head().thorough(),
                    reader.tasks().stream().filter(task -> !task.folder()).count(),
                    reader.done().values().stream()
                            .filter(file -> !file.folder())
                            .count(),
                    reader.finished(),
                    reader.head().options().form() == RestoreOptions.Form.BACKUP_STREAMS);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("restore.journal-unreadable", journal), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("restore.no-journal", journal), e);
        }
    }

    @Override
    public RestoreReport resume(Path journal, Source source, RecoverySession session, JobMonitor monitor)
            throws RecoveryException {
        JournalInfo info = journal(journal);
        if (!info.source().sameAs(session.identity())) {
            throw new SourceMismatchException(
                    Messages.get("restore.other-source", journal, info.source().text()));
        }
        try {
            if (!Files.exists(journal)) {
                return ReportJson.read(journal.resolveSibling(REPORT));
            }
            return resume(journal, JournalReader.read(journal), source, session, monitor);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("restore.journal-unreadable", journal), e);
        } catch (IOException e) {
            throw unusable(info.target(), e);
        }
    }

    private RestoreReport resume(
            Path path, JournalReader reader, Source source, RecoverySession session, JobMonitor monitor)
            throws IOException, RecoveryException {
        Journal.Head head = reader.head();
        WriteGuard guard = new WriteGuard(places, source, session.identity().text());
        Path root = folder(path);
        try (TargetFolders folders =
                        new TargetFolders(root, guard, head.options().confirmed());
                Journal journal = Journal.append(path, reader.length())) {
            Descriptors descriptors = new Descriptors(journal, reader.descriptors());
            RestoreRun run = prepare(session, folders, journal, descriptors, head, reader.tasks(), monitor);
            run.resumed();
            TakenUp.all(run, folders, reader, monitor);
            return end(run, reader.tasks(), run.run(), journal, descriptors, head, folders, monitor);
        }
    }

    /** The target folder of a journal: the one it lies in, even if that was moved since. */
    private static Path folder(Path journal) {
        Path parent = journal.toAbsolutePath().getParent();
        return parent == null ? journal.toAbsolutePath() : parent;
    }

    @Override
    public RestoreReport verify(Path reportJson, JobMonitor monitor) throws RecoveryException {
        return new Verifier(host, monitor).verify(readReport(reportJson), reportJson);
    }

    @Override
    public Applied apply(
            Path sidecar, Function<SourceIdentity, Optional<Source>> here, boolean dryRun, JobMonitor monitor)
            throws RecoveryException {
        return SidecarPlace.of(sidecar).apply(here, places, host, system, dryRun, monitor);
    }

    @Override
    public void checkPlace(Source source, Path file) throws RecoveryException {
        new WriteGuard(places, source, source.text()).require(file);
    }

    @Override
    public List<Path> ownFilesOn(Source source, List<Path> own) {
        return WriteGuard.ownFiles(places, source, own);
    }

    @Override
    public RestoreReport readReport(Path json) throws RecoveryException {
        return ReportFiles.read(json);
    }

    @Override
    public void writeReport(RestoreReport report, Path file, ReportForm form) throws RecoveryException {
        try {
            ReportFiles.write(report, file, form);
        } catch (IOException e) {
            throw new TargetException(
                    TargetException.Kind.GONE, Messages.get("report.not-saved", file, IoReasons.of(e)), e);
        }
    }
}
