package org.salvor.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.salvor.recovery.Problem;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.restore.Unfinished;
import org.salvor.text.Messages;
import org.salvor.text.ShellWords;
import org.salvor.text.Units;

/** A report in words: what did not come back whole and why, then the sums. */
final class ReportWords {
    private static final int NAMED = 200;

    private final Terminal terminal;
    private final boolean export;

    /** @param export whether backup streams were written, and not files */
    ReportWords(Terminal terminal, boolean export) {
        this.terminal = terminal;
        this.export = export;
    }

    /** @param problems of the work; those of files that are named anyway are not told twice */
    void print(RestoreReport report, List<Problem> problems) {
        // what a stopped run did not come to is a number: what is to be done is the same for all of it, and told below
        List<RestoredFile> open = report.files().stream()
                .filter(file -> !file.there())
                .filter(file -> !report.stopped() || file.outcome() != Outcome.SKIPPED)
                .toList();
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
        Set<String> named = open.stream().map(RestoredFile::path).collect(Collectors.toSet());
        List<Problem> others = problems.stream()
                .filter(problem -> !named.contains(problem.place()))
                .toList();
        others.stream().limit(NAMED).forEach(problem -> terminal.note(JobWatch.words(problem)));
        if (others.size() > NAMED) {
            terminal.note(Messages.get("cli.problems.more", others.size() - NAMED));
        }
        long encrypted = report.count(Outcome.KEPT_ENCRYPTED);
        terminal.note(Messages.get(
                export ? "cli.report.sum.export" : encrypted == 0 ? "cli.report.sum" : "cli.report.sum.encrypted",
                Units.files(report.count(Outcome.RESTORED)),
                Units.count(report.count(Outcome.PARTIAL)),
                Units.count(report.count(Outcome.SKIPPED)),
                Units.count(report.count(Outcome.FAILED)),
                Units.bytes(report.bytes()),
                Units.count(encrypted)));
        if (!report.problems().isEmpty()) {
            terminal.note(Messages.get("cli.report.losses"));
            report.problems().stream().limit(NAMED).forEach(loss -> terminal.note("  " + Terminal.printable(loss)));
        }
        if (report.stop() != RestoreReport.Stop.TARGET_GONE) {
            terminal.note(Messages.get("cli.report.where", report.target()));
        }
        if (!report.sidecar().isEmpty() && !report.stopped()) { // only the end of the work gives it its name
            terminal.note(Messages.get("cli.report.permissions", report.applyCommand()));
        }
        if (report.stopped()) {
            terminal.note(Messages.get("cli.report.stop." + report.stop()));
            Path journal = Unfinished.journalOf(report).orElse(report.target().resolve(JournalInfo.FILE_NAME));
            terminal.note(Messages.get(
                    "cli.report.resume", ShellWords.line(List.of("salvor", "resume", journal.toString()))));
        }
    }
}
