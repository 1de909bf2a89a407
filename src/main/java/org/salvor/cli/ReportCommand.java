package org.salvor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.restore.ExitCode;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreReport;
import org.salvor.text.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: a report in another form. */
@Command(name = "report", resourceBundle = SalvorCli.BUNDLE)
final class ReportCommand implements Callable<Integer> {
    /** Values of {@code --as}. */
    enum Form {
        csv,
        html
    }

    @Parameters(index = "0", paramLabel = "REPORT.json", descriptionKey = "cli.option.reportFile")
    private Path report = Path.of("");

    @Option(names = "--as", required = true, paramLabel = "csv|html", descriptionKey = "cli.option.as")
    private Form form = Form.html;

    @Option(names = "--to", required = true, paramLabel = "FILE", descriptionKey = "cli.option.toFile")
    private Path to = Path.of("");

    private final Context context;

    ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws RecoveryException {
        ReportOutput.checkThere(report);
        if (Files.exists(to) && same(report, to)) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.report.itself", report));
        }
        ReportForm target = form == Form.csv ? ReportForm.CSV : ReportForm.HTML;
        RestoreReport read = context.workbench().readReport(report);
        // the report tells which source it came from: as long as that is here, nothing is written on it
        Optional<Source> source = SourceNames.here(read.source().text());
        if (source.isPresent()) {
            context.workbench().checkPlace(source.get(), to);
        }
        context.workbench().writeReport(read, to, target);
        return ExitCode.DONE.code();
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return true; // what cannot be told apart is not written over
        }
    }
}
