package org.salvor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.salvor.restore.ExitCode;
import org.salvor.restore.Outcome;
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
        List<RestoredFile> before = context.workbench().readReport(report).files();
        RestoreReport checked = context.watch().await(context.workbench().verify(report));
        List<RestoredFile> after = checked.files();
        // what never came back cannot differ from what came back
        long written = 0;
        long same = 0;
        List<RestoredFile> different = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            boolean came = before.get(i).outcome() != Outcome.FAILED
                    && !before.get(i).target().isEmpty();
            boolean differs = came && after.get(i).outcome() == Outcome.FAILED;
            if (differs) {
                different.add(after.get(i));
            }
            boolean file = came && !before.get(i).folder();
            written += file ? 1 : 0;
            same += file && !differs ? 1 : 0;
        }
        for (RestoredFile file : different) {
            context.terminal()
                    .line(Messages.get(
                            "cli.verify.differs",
                            Terminal.printable(file.path()),
                            Terminal.printable(
                                    file.reasons().isEmpty()
                                            ? ""
                                            : file.reasons().getLast())));
        }
        context.terminal().flush();
        context.terminal()
                .note(Messages.get("cli.verify.sum", Units.count(same), Units.files(written), checked.target()));
        return (different.isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS).code();
    }
}
