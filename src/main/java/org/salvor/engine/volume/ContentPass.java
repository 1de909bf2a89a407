package org.salvor.engine.volume;

import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Rating;
import org.salvor.text.Messages;

/**
 * The last pass of a scan: looks at the content of deleted files. Contested files that prove themselves whole become INTACT; starts
 * that cannot be right, and content of zeros, lower a rating.
 */
final class ContentPass {
    private static final long NANOS_BETWEEN_PROGRESS = 50_000_000L;

    private final FileSystem fileSystem;
    private final Catalog catalog;
    private final Rater rater;
    private final FileSystemInfo info;

    ContentPass(FileSystem fileSystem, CatalogBuilder builder, Rater rater, FileSystemInfo info) {
        this.fileSystem = fileSystem;
        this.catalog = builder.catalog();
        this.rater = rater;
        this.info = info;
    }

    void run(JobMonitor monitor) throws CancelledException {
        int decided = 0;
        try {
            for (Rater.Undecided file : rater.undecided()) {
                Rating rating = prove(file, monitor);
                rater.apply(file.row(), rating);
                decided++;
            }
        } finally {
            for (Rater.Undecided file :
                    rater.undecided().subList(decided, rater.undecided().size())) {
                rater.apply(file.row(), file.doubtful());
            }
        }
        int rows = catalog.size();
        long next = 0;
        for (int row = 0; row < rows; row++) {
            if (catalog.linkOf(row) != Catalog.NONE || !ContentCheck.concerns(catalog, row)) {
                continue;
            }
            monitor.checkpoint();
            if (System.nanoTime() - next >= 0) {
                monitor.progress(new Progress("content", 0, -1, row, rows));
                next = System.nanoTime() + NANOS_BETWEEN_PROGRESS;
            }
            check(row, monitor);
        }
        monitor.progress(new Progress("content", 0, -1, rows, rows));
    }

    private void check(int row, JobMonitor monitor) throws CancelledException {
        Rating now = catalog.rating(row);
        Rating rating;
        try (FileContent content = fileSystem.open(catalog.key(row), catalog.locator(row))) {
            rating = ContentCheck.check(now, catalog.name(row), content, info.clusterSize(), monitor);
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            tell(row, e, monitor);
            rating = ContentCheck.unreadable(now);
        }
        if (!rating.equals(now)) {
            rater.apply(row, rating);
        }
    }

    /** The doubtful rating, without the doubt that the proof removes. */
    private Rating prove(Rater.Undecided file, JobMonitor monitor) throws CancelledException {
        int row = file.row();
        try (FileContent content = fileSystem.open(catalog.key(row), catalog.locator(row))) {
            if (!WholeContent.proves(catalog.name(row), content, monitor)) {
                return file.doubtful();
            }
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            tell(row, e, monitor);
            return ContentCheck.unreadable(file.doubtful());
        }
        return Rater.proved(file.doubtful());
    }

    private void tell(int row, RecoveryException problem, JobMonitor monitor) {
        String text = Messages.get("scan.no-content", String.valueOf(problem.getMessage()));
        monitor.problem(new Problem(Problem.Severity.WARNING, catalog.path(row), text));
    }
}
