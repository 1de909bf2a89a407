package org.salvor.engine.volume;

import java.util.List;
import org.salvor.fault.CancelledException;
import org.salvor.fault.KeyRequiredException;
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
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.text.Messages;

/**
 * The last pass of a scan: looks at the content of deleted files. Contested files that prove themselves whole become INTACT; starts
 * that cannot be right, and content of zeros, lower a rating.
 */
final class ContentPass {
    private static final long NANOS_BETWEEN_PROGRESS = 50_000_000L;

    private final FileSystem fileSystem;
    private final CatalogBuilder builder;
    private final Catalog catalog;
    private final FileSystemInfo info;

    ContentPass(FileSystem fileSystem, CatalogBuilder builder, FileSystemInfo info) {
        this.fileSystem = fileSystem;
        this.builder = builder;
        this.catalog = builder.catalog();
        this.info = info;
    }

    void run(List<Rater.Undecided> undecided, JobMonitor monitor) throws CancelledException {
        int decided = 0;
        try {
            for (Rater.Undecided file : undecided) {
                boolean locked = catalog.ratingClass(file.row()) == RatingClass.LOCKED;
                Rating rating = locked ? file.doubtful() : prove(file.row(), file.doubtful(), monitor);
                builder.ratingOfAllNames(file.row(), rating);
                decided++;
            }
        } finally {
            for (Rater.Undecided file : undecided.subList(decided, undecided.size())) {
                builder.ratingOfAllNames(file.row(), file.doubtful());
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

    /** What was locked until now, and so could not be looked into with the others. */
    void opened(int row, JobMonitor monitor) throws CancelledException {
        Rating now = catalog.evidence(row);
        if (now.ratingClass() == RatingClass.PROBABLE
                && now.reasons().contains(ReasonKind.CLAIMED_BY_DELETED)
                && WholeContent.knows(catalog.name(row))) {
            builder.ratingOfAllNames(row, prove(row, now, monitor));
        }
        if (ContentCheck.concerns(catalog, row)) {
            check(row, monitor);
        }
    }

    private void check(int row, JobMonitor monitor) throws CancelledException {
        Rating now = catalog.evidence(row);
        Rating rating;
        try (FileContent content = fileSystem.open(catalog.key(row), catalog.locator(row))) {
            rating = ContentCheck.check(now, catalog.name(row), content, info.clusterSize(), monitor);
        } catch (CancelledException e) {
            throw e;
        } catch (KeyRequiredException e) {
            builder.locked(row, true); // the certificate fits, but the key in the record is damaged
            return;
        } catch (RecoveryException e) {
            tell(row, e, monitor);
            rating = ContentCheck.unreadable(now);
        }
        if (!rating.equals(now)) {
            builder.ratingOfAllNames(row, rating);
        }
    }

    /** The doubtful rating, without the doubt that the proof removes. */
    private Rating prove(int row, Rating doubtful, JobMonitor monitor) throws CancelledException {
        try (FileContent content = fileSystem.open(catalog.key(row), catalog.locator(row))) {
            if (!WholeContent.proves(catalog.name(row), content, monitor)) {
                return doubtful;
            }
        } catch (CancelledException e) {
            throw e;
        } catch (KeyRequiredException e) {
            builder.locked(row, true);
            return doubtful;
        } catch (RecoveryException e) {
            tell(row, e, monitor);
            return ContentCheck.unreadable(doubtful);
        }
        return Rater.proved(doubtful);
    }

    private void tell(int row, RecoveryException problem, JobMonitor monitor) {
        String text = Messages.get("scan.no-content", String.valueOf(problem.getMessage()));
        monitor.problem(new Problem(Problem.Severity.WARNING, catalog.path(row), text));
    }
}
