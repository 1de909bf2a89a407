package org.salvor.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.fault.ErrorCode;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;

/**
 * Where the program starts: nothing, or the name of a source alone, opens the wizard; anything else is a command. It is no
 * JavaFX application itself, so that commands run where there is no toolkit.
 */
public final class Launcher {
    /** As long as the largest batch may need to be brought to a slow medium. */
    private static final long GRACE_SECONDS = 20;

    private Launcher() {}

    public static void main(String[] seen) {
        String[] arguments = Wiring.words(seen);
        LogFile log = LogFile.install();
        Wiring wiring = new Wiring(log);
        Terminal terminal = Terminal.ofProcess();
        Start start = Start.of(arguments);
        int code = start.wizard() ? wizard(wiring, terminal, start) : command(wiring, terminal, arguments);
        terminal.flush();
        System.exit(code);
    }

    private static int wizard(Wiring wiring, Terminal terminal, Start start) {
        String missing = Display.missing(System.getProperty("os.name", ""), System::getProperty, System::getenv);
        if (missing.isEmpty()) {
            // the terminal keeps the real one
            LogStream printed = new LogStream();
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                wiring.openWizard(start.source());
                if (Wiring.rehearses()) {
                    commands(wiring);
                }
                return ExitCode.DONE.code();
            } catch (RuntimeException | LinkageError e) {
                try {
                    missing = Display.whyNot(e, printed.first());
                } catch (RuntimeException | LinkageError unexpected) {
                    return internal(terminal, unexpected);
                }
            }
        }
        return new WithoutDisplay(terminal, wiring.cli(terminal), Path.of("")).run(missing, start.source());
    }

    /** After the window, in a rehearsal: a scan and a restore of the practice disk, into the home that a rehearsal has of its own. */
    private static void commands(Wiring wiring) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        String back = Path.of(String.valueOf(System.getenv("HOME")), "back-" + System.nanoTime())
                .toString();
        for (String[] words : List.of(
                new String[] {"scan", "practice:", "--match", "*.jpg"},
                new String[] {"restore", "practice:", "--to", back, "--yes"},
                new String[] {"verify", back})) {
            wiring.cli(Terminal.piped(nowhere, nowhere)).run(words);
        }
    }

    /** What failed inside ends in a short code for a person; the log has the rest. */
    static int internal(Terminal terminal, Throwable failure) {
        System.getLogger("org.salvor.app").log(System.Logger.Level.ERROR, "internal error", failure);
        terminal.note(Messages.get("cli.internal", ErrorCode.of(failure)));
        return ExitCode.INTERNAL.code();
    }

    /** Ctrl+C asks the command to stop, waits for its clean end, and leaves with the command's own exit code. */
    private static int command(Wiring wiring, Terminal terminal, String[] arguments) {
        SalvorCli cli = wiring.cli(terminal);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(ExitCode.CANCELLED.code());
        AtomicBoolean regular = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (regular.get()) {
                return;
            }
            cli.cancel();
            try {
                var unused = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code.get());
        }));
        code.set(cli.run(arguments));
        ended.countDown();
        // a stop that came too late to matter changes nothing any more
        regular.set(true);
        return code.get();
    }
}
