package org.salvor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.salvor.restore.Applied;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apply}: what a restore kept aside comes onto its files later, where there is a place for it. */
@Command(name = "apply", resourceBundle = SalvorCli.BUNDLE)
final class ApplyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SIDECAR", descriptionKey = "cli.option.sidecar")
    private Path sidecar = Path.of("");

    @Option(names = "--dry-run", descriptionKey = "cli.option.dryRun")
    private boolean dryRun;

    private final Context context;

    ApplyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(sidecar)) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.apply.absent", sidecar));
        }
        Applied applied = context.watch().await(context.workbench().apply(sidecar, dryRun));
        Terminal terminal = context.terminal();
        for (Applied.AppliedFile file : applied.files()) {
            // what went well is a number, unless one asks what would happen
            if (dryRun || !file.reasons().isEmpty()) {
                terminal.line(line(file));
            }
        }
        terminal.flush();
        long there = applied.files().size() - applied.count(Applied.State.LEFT);
        terminal.note(Messages.get(
                dryRun ? "cli.apply.sum.dry" : "cli.apply.sum",
                Units.count(there),
                Units.count(applied.files().size()),
                Units.count(applied.count(Applied.State.PARTLY))));
        if (dryRun) {
            terminal.note(Messages.get("cli.plan.dry"));
        }
        return ExitCode.of(applied).code();
    }

    private static String line(Applied.AppliedFile file) {
        String state = Messages.get("cli.apply.state." + file.state());
        String name = Terminal.printable(file.folder() ? file.target() + "/" : file.target());
        String why = Terminal.printable(String.join(" ", file.reasons()));
        return why.isEmpty() ? "%-6s %s".formatted(state, name) : "%-6s %s: %s".formatted(state, name, why);
    }
}
