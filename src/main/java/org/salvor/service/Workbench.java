package org.salvor.service;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;
import org.salvor.fault.UnknownSourceException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.CodePage;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoveryEngine;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SavedScan;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SelectionFile;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.restore.Applied;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.Restorer;
import org.salvor.text.Messages;

/**
 * What the wizard and the command line work with: everything from picking a source to the report. Calls that may take long
 * return a {@link Job}; the others block for a short read of the source and do not belong on a UI thread.
 */
public final class Workbench {
    private final List<RecoveryEngine> engines;
    private final Restorer restorer;
    private final CodePage codePage;
    private final Map<Source, RecoveryEngine> recognisedBy = new ConcurrentHashMap<>();

    /** @param engines in the order they are asked */
    public Workbench(List<RecoveryEngine> engines, Restorer restorer) {
        this(engines, restorer, new CodePage());
    }

    /** @param codePage that the engines ask */
    public Workbench(List<RecoveryEngine> engines, Restorer restorer, CodePage codePage) {
        this.engines = List.copyOf(engines);
        this.restorer = restorer;
        this.codePage = codePage;
    }

    /** Of names that are single bytes, for backups opened from now on. */
    public CodePage codePage() {
        return codePage;
    }

    /** What this computer offers. */
    public List<Source> discover() {
        List<Source> all = new ArrayList<>();
        for (RecoveryEngine engine : engines) {
            if (engine.availability().available()) {
                all.addAll(engine.discover());
            }
        }
        return all;
    }

    /**
     * The tree of what a source holds; of a saved scan, the place it was made of. A source that nothing knows throws, with words for
     * a person.
     */
    public SourceNode recognise(Source source, Keyring keys) throws RecoveryException {
        if (source instanceof Source.SavedScan saved) {
            return place(saved.path(), SavedScan.header(saved.path()), keys);
        }
        for (RecoveryEngine engine : engines) {
            if (engine.availability().available()) {
                Optional<SourceNode> node = engine.recognise(source, keys);
                if (node.isPresent()) {
                    recognisedBy.put(source, engine);
                    return node.get();
                }
            }
        }
        throw new UnknownSourceException(
                source instanceof Source.BackupFolder folder
                        ? unknown(folder.path())
                        : Messages.get("source.unknown", source.text()));
    }

    private static String unknown(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            Path whole = folder.toAbsolutePath().normalize(); // one that is called "." ends no sentence
            return Messages.get(files.iterator().hasNext() ? "source.unknown-folder" : "source.empty-folder", whole);
        } catch (IOException | DirectoryIteratorException e) {
            return Messages.get("source.unknown-folder", folder.toAbsolutePath().normalize());
        }
    }

    /** As {@link #recognise}, but reads the whole source for places that nothing names any more. */
    public Job<SourceNode> sweep(Source source, Keyring keys) {
        return Job.start("sweep", monitor -> swept(source, keys, monitor));
    }

    private SourceNode swept(Source source, Keyring keys, JobMonitor monitor) throws RecoveryException {
        for (RecoveryEngine engine : engines) {
            if (engine.availability().available()) {
                Optional<SourceNode> node = engine.sweep(source, keys, monitor);
                if (node.isPresent()) {
                    recognisedBy.put(source, engine);
                    return node.get();
                }
            }
        }
        throw new UnknownSourceException(Messages.get("source.unknown", source.text()));
    }

    public RecoverySession open(SourceNode node, Keyring keys) throws RecoveryException {
        RecoveryEngine known = recognisedBy.get(node.source());
        if (known == null) {
            recognise(node.source(), keys);
            known = recognisedBy.get(node.source());
        }
        if (known == null) {
            throw new RecoveryException(
                    Messages.get("source.unknown", node.source().text()));
        }
        return known.open(node, keys);
    }

    /**
     * A saved scan and the place it was made of, open.
     *
     * @param problems how many things the scan had to skip
     */
    public record OpenedScan(SourceNode node, RecoverySession session, Catalog catalog, ScanPlan plan, long problems) {}

    /**
     * Opens a saved scan together with its source.
     *
     * @throws SourceMismatchException the source is another one now, or has changed
     */
    public OpenedScan openSaved(Path file, Keyring keys) throws RecoveryException {
        SavedScan.Loaded loaded = SavedScan.load(file, JobMonitor.SILENT);
        SavedScan.Header header = loaded.header();
        SourceNode node = place(file, header, keys);
        RecoverySession session = open(node, keys);
        try {
            if (!session.identity().sameAs(header.source())) {
                throw mismatch(file, header);
            }
            session.adopt(loaded.catalog());
            return new OpenedScan(node, session, loaded.catalog(), header.plan(), header.problems());
        } catch (RecoveryException e) {
            session.close();
            throw e;
        }
    }

    private SourceNode place(Path file, SavedScan.Header header, Keyring keys) throws RecoveryException {
        Source source = SourceNames.parse(header.source().text());
        SourceNode tree = recognise(source, keys);
        if (header.source().node().contains("lost-")
                && SourceTrees.find(tree, header.source().node()).isEmpty()) {
            tree = swept(source, keys, JobMonitor.SILENT);
        }
        return SourceTrees.find(tree, header.source().node()).orElseThrow(() -> mismatch(file, header));
    }

    private static SourceMismatchException mismatch(Path file, SavedScan.Header header) {
        return new SourceMismatchException(
                Messages.get("savedscan.mismatch", file, header.source().text()));
    }

    /** As below, and refused where the file would lie on the source. */
    public Job<Path> saveScan(
            Source source, Path file, RecoverySession session, ScanPlan plan, long problems, Catalog catalog) {
        return Job.start("save-scan", monitor -> {
            restorer.checkPlace(source, file);
            SavedScan.save(file, session.identity(), plan, problems, catalog, monitor);
            return file;
        });
    }

    /** Saves the rows that the catalog has now. */
    public Job<Path> saveScan(Path file, RecoverySession session, ScanPlan plan, long problems, Catalog catalog) {
        return Job.start("save-scan", monitor -> {
            SavedScan.save(file, session.identity(), plan, problems, catalog, monitor);
            return file;
        });
    }

    public void saveSelection(Path file, RecoverySession session, Catalog catalog, Selection selection)
            throws RecoveryException {
        SelectionFile.save(file, session.identity(), catalog, selection);
    }

    /** Ids that the catalog does not have are listed in the result. */
    public SelectionFile.Loaded loadSelection(Path file, RecoverySession session, Catalog catalog)
            throws RecoveryException {
        return SelectionFile.load(file, session.identity(), catalog);
    }

    /** A scan that runs: its job, and the catalog that grows meanwhile and stays readable after a stop. */
    public record Scan(Job<Catalog> job, Catalog catalog, ScanPlan plan) {}

    public Scan scan(RecoverySession session, ScanPlan plan) {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        Job<Catalog> job = Job.start("scan", monitor -> {
            session.scan(plan, builder, monitor);
            return builder.catalog();
        });
        return new Scan(job, builder.catalog(), plan);
    }

    /** The dry run. */
    public Job<RestorePlan> plan(
            Source source, RecoverySession session, Catalog catalog, Selection selection, RestoreOptions options) {
        Selection chosen = new Selection(selection.rows());
        return Job.start("plan", monitor -> restorer.plan(source, session, catalog, chosen, options, monitor));
    }

    public Job<RestoreReport> restore(Source source, RecoverySession session, Catalog catalog, RestorePlan plan) {
        return Job.start("restore", monitor -> restorer.run(source, session, catalog, plan, monitor));
    }

    /** Reads restored files again and compares. */
    public Job<RestoreReport> verify(Path reportJson) {
        return Job.start("verify", monitor -> restorer.verify(reportJson, monitor));
    }

    /** The same for a report that is not on disk; it is kept in the target folder meanwhile. */
    public Job<RestoreReport> verify(RestoreReport report) {
        return Job.start("verify", monitor -> {
            Path json = beside(report);
            try {
                restorer.writeReport(report, json, ReportForm.JSON);
                return restorer.verify(json, monitor);
            } finally {
                Files.deleteIfExists(json);
            }
        });
    }

    private static Path beside(RestoreReport report) throws RecoveryException {
        try {
            return Files.createTempFile(report.target(), ".salvor-verify", ".json");
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("verify.no-folder", report.target()), e);
        }
    }

    /**
     * Puts on restored files what the sidecar of their restore keeps for them.
     *
     * @param dryRun only look at what would become of each
     */
    public Job<Applied> apply(Path sidecar, boolean dryRun) {
        return Job.start("apply", monitor -> restorer.apply(sidecar, this::here, dryRun, monitor));
    }

    /** A source of before, if it is still on this computer: under its name may be another one by now. */
    private Optional<Source> here(SourceIdentity was) {
        return SourceNames.here(was.text()).filter(source -> mayBe(source, was));
    }

    private boolean mayBe(Source source, SourceIdentity was) {
        try (Keyring none = new Keyring()) {
            Optional<SourceNode> node = SourceTrees.find(recognise(source, none), was.node());
            if (node.isEmpty()) {
                return false;
            }
            try (RecoverySession session = open(node.get(), none)) {
                SourceIdentity now = session.identity();
                return now.format().equals(was.format())
                        && now.serial().equals(was.serial())
                        && now.size() == was.size();
            }
        } catch (UnknownSourceException e) {
            return false;
        } catch (RecoveryException e) {
            return true; // it cannot be looked at now, and so cannot be told from the one of before
        }
    }

    /** What a journal tells: open its source and place, scan, and call {@link #resume}. */
    public JournalInfo journal(Path journal) throws RecoveryException {
        return restorer.journal(journal);
    }

    /** Goes on after a stop. The session must have been scanned, and be on the journal's source. */
    public Job<RestoreReport> resume(Path journal, Source source, RecoverySession session) {
        return Job.start("resume", monitor -> restorer.resume(journal, source, session, monitor));
    }

    /** Whether this system has functions of its own to write files with all that belongs to them. */
    public boolean systemTarget() {
        return restorer.systemTarget();
    }

    /** Whether they would be used for a folder, which need not be there. */
    public boolean systemTarget(Path target) {
        return restorer.systemTarget(target);
    }

    /** Throws if a file of the program at this path would lie on the source. */
    public void checkPlace(Source source, Path file) throws RecoveryException {
        restorer.checkPlace(source, file);
    }

    /** A warning for each of the program's own files that lies on the source; to be shown before a scan. */
    public List<Path> ownFilesOn(Source source, List<Path> own) {
        return restorer.ownFilesOn(source, own);
    }

    /** Reads a report in JSON. */
    public RestoreReport readReport(Path json) throws RecoveryException {
        return restorer.readReport(json);
    }

    public void writeReport(RestoreReport report, Path file, ReportForm form) throws RecoveryException {
        restorer.writeReport(report, file, form);
    }
}
