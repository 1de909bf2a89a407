package org.salvor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.ScanPlan;
import org.salvor.restore.ExitCode;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on after a stop. The journal names the source and the place; the same scan finds the files again. */
@Command(name = "resume", resourceBundle = SalvorCli.BUNDLE)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JOURNAL", descriptionKey = "cli.option.journal")
    private Path named = Path.of("");

    @Option(names = "--report", paramLabel = "FILE.json|.csv|.html", descriptionKey = "cli.option.report")
    private List<Path> reports = new ArrayList<>();

    @Mixin
    private KeyArguments keys = new KeyArguments();

    private final Context context;

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ReportOutput.checkNames(reports);
        ReportOutput.checkFolders(reports, null);
        Path journal = Files.isDirectory(named) ? named.resolve(JournalInfo.FILE_NAME) : named;
        // a restore that came to its end removes its journal and leaves its report beside it
        Path ended = journal.toAbsolutePath().resolveSibling(FileRestorer.REPORT);
        if (!Files.isReadable(journal) && (Files.exists(journal) || !Files.exists(ended))) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.resume.absent", journal));
        }
        JournalInfo info = context.workbench().journal(journal);
        if (info.finished()) {
            context.terminal().note(Messages.get("cli.resume.nothing"));
            if (!reports.isEmpty()) {
                ReportOutput.write(context.workbench(), context.workbench().readReport(ended), reports);
            }
            return ExitCode.DONE.code();
        }
        try (Keyring keyring = keys.keyring(context.terminal());
                OpenPlace place = OpenPlace.open(
                        context, info.source().text(), info.source().node(), info.thorough(), keyring)) {
            for (Path report : reports) {
                context.workbench().checkPlace(place.source(), report);
            }
            ScanPlan plan = new ScanPlan(info.thorough(), true, true);
            keys.tellUseless(ScanCommand.Scanned.of(context, place, plan, null).catalog(), context.terminal());
            Job<RestoreReport> job = context.workbench().resume(journal, place.source(), place.session());
            RestoreReport report = context.quietWatch().await(job);
            new ReportWords(context.terminal(), info.export()).print(report, job.problems());
            ReportOutput.write(context.workbench(), report, reports);
            return keys.exit(report).code();
        }
    }
}
