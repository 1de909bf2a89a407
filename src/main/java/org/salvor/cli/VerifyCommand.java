package org.salvor.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.salvor.restore.ExitCode;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verify}: are the restored files still what the report says? */
@Command(name = "verify", resourceBundle = SalvorCli.BUNDLE)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REPORT.json", descriptionKey = "cli.option.reportFile")
    private Path report = Path.of("");

    private final Context context;

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        ReportOutput.checkThere(report);
        RestoreReport found = context.watch().await(context.workbench().verify(report));
        long good = found.files().stream().filter(RestoredFile::there).count();
        for (RestoredFile file : found.files()) {
            if (file.outcome() == org.salvor.restore.Outcome.FAILED) {
                context.terminal()
                        .line(Messages.get(
                                "cli.verify.differs",
                                Terminal.printable(file.target()),
                                Terminal.printable(String.join(" ", file.reasons()))));
            }
        }
        context.terminal().flush();
        context.terminal()
                .note(Messages.get(
                        "cli.verify.sum",
                        Units.count(good),
                        Units.count(found.files().size())));
        return ExitCode.of(found).code();
    }
}
