package org.salvor.cli;

import java.util.List;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** A report in words: what did not come back whole and why, then the sums. */
final class ReportWords {
    private static final int NAMED = 200;

    private final Terminal terminal;

    ReportWords(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(RestoreReport report) {
        List<RestoredFile> open =
                report.files().stream().filter(file -> !file.there()).toList();
        for (RestoredFile file : open.subList(0, Math.min(NAMED, open.size()))) {
            terminal.line(Messages.get(
                    "cli.report.file",
                    Messages.get("cli.outcome." + file.outcome()),
                    Terminal.printable(file.path()),
                    Terminal.printable(String.join(" ", file.reasons()))));
        }
        if (open.size() > NAMED) {
            terminal.line(Messages.get("cli.report.more", Units.count(open.size() - NAMED)));
        }
        terminal.flush();
        terminal.note(Messages.get(
                "cli.report.sum",
                Units.files(files(report, Outcome.RESTORED)),
                Units.count(files(report, Outcome.PARTIAL)),
                Units.count(files(report, Outcome.SKIPPED)),
                Units.count(files(report, Outcome.FAILED)),
                Units.bytes(report.bytes())));
        terminal.note(Messages.get("cli.report.where", report.target()));
        if (report.stopped()) {
            terminal.note(Messages.get("cli.report.stop." + report.stop()));
            terminal.note(Messages.get("cli.report.resume", report.target().resolve(".salvor-journal")));
        }
    }

    private static long files(RestoreReport report, Outcome outcome) {
        return report.files().stream()
                .filter(file -> !file.folder() && file.outcome() == outcome)
                .count();
    }
}
