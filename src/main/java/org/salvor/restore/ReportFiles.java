package org.salvor.restore;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.HostFiles;
import org.salvor.text.Messages;

/** Reports as files. */
final class ReportFiles {
    private ReportFiles() {}

    /** The file appears, or takes the place of an older one, only when it is complete. */
    static void write(RestoreReport report, Path file, ReportForm form) throws IOException {
        Path whole = file.toAbsolutePath();
        Path temporary = whole.resolveSibling(whole.getFileName() + TargetNames.TEMPORARY);
        Files.deleteIfExists(temporary);
        try {
            try (BufferedWriter out =
                    Files.newBufferedWriter(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                switch (form) {
                    case JSON -> ReportJson.write(report, out);
                    case CSV -> ReportCsv.write(report, out);
                    case HTML -> ReportHtml.write(report, out);
                }
            }
            HostFiles.PLAIN.sync(temporary, List.of(temporary));
            Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    static RestoreReport read(Path json) throws RecoveryException {
        try {
            return ReportJson.read(json);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("report.unreadable", json), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("report.missing", json), e);
        }
    }
}
