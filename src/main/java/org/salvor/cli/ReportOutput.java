package org.salvor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.ExitCode;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;

/** The files of {@code --report}. */
final class ReportOutput {
    private ReportOutput() {}

    /** Before any work: does each name say in which form it shall be written? */
    static void checkNames(List<Path> reports) throws CommandFailure {
        for (Path report : reports) {
            if (ReportForm.of(report).isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.report.ending", report));
            }
        }
    }

    /**
     * Is there a folder for each?
     *
     * @param target a folder that the restore makes itself
     */
    static void checkFolders(List<Path> reports, @Nullable Path target) throws CommandFailure {
        for (Path report : reports) {
            Path folder = report.toAbsolutePath().normalize().getParent();
            boolean inTarget =
                    target != null && target.toAbsolutePath().normalize().equals(folder);
            if (folder != null && !Files.isDirectory(folder) && !inTarget) {
                throw new CommandFailure(ExitCode.TARGET_GONE, Messages.get("cli.report.folder", folder, report));
            }
        }
    }

    static void checkThere(Path report) throws CommandFailure {
        if (!Files.isReadable(report)) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.report.absent", report));
        }
    }

    static void write(Workbench workbench, RestoreReport report, List<Path> files) throws RecoveryException {
        for (Path file : files) {
            workbench.writeReport(report, file, ReportForm.of(file).orElseThrow());
        }
    }
}
