package org.salvor.cli;

import java.util.stream.Stream;
import org.salvor.recovery.RatingClass;
import org.salvor.restore.PlanIssue;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.PlannedFile.Action;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** A dry run in words. */
final class PlanWords {
    private final Terminal terminal;

    PlanWords(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What a person should know before anything is written. */
    void issues(RestorePlan plan) {
        for (PlanIssue issue : plan.issues()) {
            terminal.note(Terminal.printable(issue.text()));
        }
    }

    /** File by file, then the issues, then the sums. */
    void everything(RestorePlan plan) {
        for (PlannedFile file : plan.files()) {
            terminal.line(line(file));
            file.notes().forEach(note -> terminal.line("    " + Terminal.printable(note)));
        }
        terminal.flush();
        issues(plan);
        long written = plan.files().stream()
                .filter(file -> !file.folder() && writes(file))
                .count();
        if (plan.possible()) {
            terminal.note(Messages.get(
                    "cli.plan.sum",
                    Units.files(written),
                    Units.bytes(plan.bytes()),
                    plan.options().target()));
        }
        if (plan.space() >= 0) {
            terminal.note(Messages.get("cli.plan.space", Units.bytes(plan.space())));
        }
        terminal.note(Messages.get("cli.plan.dry"));
    }

    private static String line(PlannedFile file) {
        String path = Terminal.printable(file.path());
        String action = Messages.get("cli.plan.action." + file.action());
        return file.target().isEmpty()
                ? "%-10s %s".formatted(action, path)
                : "%-10s %s -> %s".formatted(action, path, Terminal.printable(file.target()));
    }

    private static boolean writes(PlannedFile file) {
        return file.action() == Action.WRITE || file.action() == Action.REPLACE || file.action() == Action.LINK;
    }

    /** Those of the files that were chosen. */
    static Stream<RatingClass> ratings(RestorePlan plan) {
        return plan.files().stream().filter(file -> !file.folder()).map(PlannedFile::rating);
    }

    /** Whether all that was chosen can no longer come back. */
    static boolean nothingLeft(RestorePlan plan) {
        return plan.files().stream().filter(file -> !file.folder()).allMatch(file -> file.action() == Action.IMPOSSIBLE)
                && plan.count(Action.IMPOSSIBLE) > 0;
    }
}
