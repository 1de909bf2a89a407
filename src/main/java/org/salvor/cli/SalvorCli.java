package org.salvor.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.ErrorCode;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.ExitCode;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line (contract, section 4): one command for each page of the wizard. */
@Command(
        name = "salvor",
        resourceBundle = SalvorCli.BUNDLE,
        mixinStandardHelpOptions = true,
        versionProvider = SalvorCli.Version.class)
public final class SalvorCli implements Callable<Integer> {
    static final String BUNDLE = "org.salvor.messages";

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, descriptionKey = "cli.option.debug")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final RunningJob running = new RunningJob();
    private final CommandLine line;

    public SalvorCli(Workbench workbench, Terminal terminal) {
        this.terminal = terminal;
        Context context = new Context(workbench, terminal, running);
        line = new CommandLine(this);
        for (Callable<Integer> command : List.of(
                new ListCommand(context),
                new ProbeCommand(context),
                new ScanCommand(context),
                new RestoreCommand(context),
                new ExportCommand(context),
                new ResumeCommand(context),
                new VerifyCommand(context),
                new ReportCommand(context),
                new ApplyCommand(context))) {
            line.addSubcommand(new CommandLine(command));
        }
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        line.registerConverter(Path.class, SalvorCli::path);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.interactive() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((failure, arguments) -> unclear(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        line.setUnmatchedOptionsArePositionalParams(false);
    }

    /** "Salvor 1.0.0"; without the number where the program was not packed. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String number = SalvorCli.class.getPackage().getImplementationVersion();
            String name = Messages.get("app.name");
            return new String[] {number == null ? name : name + " " + number};
        }
    }

    /** An empty name would be the folder one happens to be in, and mostly is a variable that was not set. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new CommandLine.TypeConversionException(Messages.get("cli.path.empty"));
        }
        return Path.of(text);
    }

    /** Whether this word is a command, and no path. */
    public static boolean knows(String word) {
        return switch (word) {
            case "list",
                    "probe",
                    "scan",
                    "restore",
                    "export",
                    "resume",
                    "verify",
                    "report",
                    "apply",
                    "-h",
                    "--help",
                    "-V",
                    "--version" -> true;
            default -> false;
        };
    }

    /** Runs one command to its end and returns its exit code (contract, section 5). */
    public int run(String... arguments) {
        int code;
        try {
            code = line.execute(arguments);
        } catch (Error failure) {
            code = internal(failure);
        }
        terminal.flush();
        String lost = terminal.lost().get();
        if (lost != null) {
            terminal.note(Messages.get("cli.output-lost", lost));
            return code == ExitCode.DONE.code() ? ExitCode.TARGET_GONE.code() : code;
        }
        return code;
    }

    /** Stops what is running; {@link #run} then returns 7. May be called from any thread. */
    public void cancel() {
        running.cancel();
    }

    @Override
    public Integer call() {
        line.usage(terminal.err());
        return ExitCode.USAGE.code();
    }

    /** What is wrong with the arguments, and where to read how they are; all of it would hide the one line that matters. */
    private int unclear(CommandLine.ParameterException failure) {
        terminal.note(Messages.get("cli.failed", Terminal.printableLines(String.valueOf(failure.getMessage()))));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, terminal.err());
        terminal.note(Messages.get(
                "cli.see-help", failure.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitCode.USAGE.code();
    }

    private int failed(Exception failure) {
        terminal.flush();
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        if (failure instanceof CancelledException) {
            terminal.note(Messages.get("cli.cancelled"));
            return ExitCode.CANCELLED.code();
        }
        if (failure instanceof RecoveryException known) {
            terminal.note(Messages.get("cli.failed", Terminal.printableLines(String.valueOf(known.getMessage()))));
            return (known instanceof CommandFailure command ? command.exit() : ExitCode.of(known)).code();
        }
        return internal(failure);
    }

    private int internal(Throwable failure) {
        if (debug && failure instanceof Error) {
            failure.printStackTrace(terminal.err());
        }
        System.getLogger("org.salvor.cli").log(System.Logger.Level.ERROR, "internal error", failure);
        terminal.note(Messages.get("cli.internal", ErrorCode.of(failure)));
        return ExitCode.INTERNAL.code();
    }
}
