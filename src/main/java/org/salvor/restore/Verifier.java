package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Progress;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/** Reads restored files and their named streams again and compares them with a report. */
final class Verifier {
    /** How the report is called that each restore leaves, also where another has taken its name. */
    private static final String OWN_REPORT = FileRestorer.REPORT.substring(0, FileRestorer.REPORT.indexOf('.'));

    private final HostFiles host;
    private final JobMonitor monitor;

    Verifier(HostFiles host, JobMonitor monitor) {
        this.host = host;
        this.monitor = monitor;
    }

    /** The report with each file that differs or is missing as FAILED. Nothing outside the target folder is read. */
    RestoreReport verify(RestoreReport report, Path reportFile) throws CancelledException {
        Path target = folder(report, reportFile);
        List<RestoredFile> checked = new ArrayList<>(report.files().size());
        long bytes = 0;
        long total = report.bytes();
        long done = 0;
        long files = report.fileCount();
        for (RestoredFile file : report.files()) {
            monitor.checkpoint();
            checked.add(check(target, file));
            bytes += file.written();
            done += file.folder() ? 0 : 1;
            monitor.progress(new Progress("verify", bytes, total, done, files));
        }
        return new RestoreReport(
                report.source(),
                target,
                report.stop(),
                checked,
                report.started(),
                report.ended(),
                "",
                report.problems());
    }

    /**
     * The one that the report lies in where that is the restored folder, moved or copied; else the one that the report names. Only the
     * report that each restore leaves beside its files tells: one that was saved elsewhere may lie among files of the same names.
     */
    private static Path folder(RestoreReport report, Path reportFile) {
        Path named = report.target();
        Path beside = reportFile.toAbsolutePath().getParent();
        boolean copy = beside != null
                && String.valueOf(reportFile.getFileName()).startsWith(OWN_REPORT)
                && report.files().stream()
                        .anyMatch(file -> !file.folder() && !file.target().isEmpty() && lies(beside, file.target()));
        return beside != null && (copy || !Files.isDirectory(named)) ? beside : named;
    }

    private static boolean lies(Path folder, String file) {
        try {
            return Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private RestoredFile check(Path target, RestoredFile file) throws CancelledException {
        if (file.target().isEmpty() || file.outcome() == Outcome.FAILED) {
            return file;
        }
        Path path;
        try {
            path = target.resolve(file.target()).normalize();
        } catch (InvalidPathException e) {
            return Results.with(file, Outcome.FAILED, Messages.get("verify.missing", file.target()));
        }
        if (!path.startsWith(target.normalize())) {
            return Results.with(file, Outcome.FAILED, Messages.get("verify.outside", file.target()));
        }
        try {
            if (file.sha256().isEmpty() && Files.isSymbolicLink(path)) {
                return file;
            }
            if (file.folder()) {
                return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        ? file
                        : Results.with(file, Outcome.FAILED, Messages.get("verify.missing", path));
            }
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return Results.with(file, Outcome.FAILED, Messages.get("verify.missing", path));
            }
            if (EncryptedReturn.isBack(file)) {
                return Files.size(path) == file.size()
                        ? Results.renamed(file, file.target(), Messages.get("verify.encrypted"))
                        : Results.with(file, Outcome.FAILED, Messages.get("verify.differs", path));
            }
            host.forget(path);
            try (FileChannel channel =
                    FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                if (channel.size() != file.size()
                        || !Hashes.of(channel, monitor).equals(file.sha256())) {
                    return Results.with(file, Outcome.FAILED, Messages.get("verify.differs", path));
                }
            }
            for (RestoredFile.RestoredStream stream : file.streams()) {
                if (!StoredStreams.sha256(path, stream.name(), host, monitor).equals(stream.sha256())) {
                    return Results.with(file, Outcome.FAILED, Messages.get("verify.stream", stream.name(), path));
                }
            }
            return file;
        } catch (IOException e) {
            return Results.with(file, Outcome.FAILED, Messages.get("verify.unreadable", path, IoReasons.of(e)));
        }
    }
}
