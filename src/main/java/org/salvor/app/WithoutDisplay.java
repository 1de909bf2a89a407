package org.salvor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.recovery.SourceNames;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;

/** What the program does where no window can be opened: it says so, and shows in the terminal what it can do. */
final class WithoutDisplay {
    private final Terminal terminal;
    private final SalvorCli cli;
    private final Path here;

    /** @param here where the new folder with the practice files goes, if it can be written */
    WithoutDisplay(Terminal terminal, SalvorCli cli, Path here) {
        this.terminal = terminal;
        this.cli = cli;
        this.here = here.toAbsolutePath();
    }

    /** A source that was named is scanned, which writes nothing; without one the practice disk is recovered. */
    int run(String why, Optional<String> source) {
        if (source.isPresent()) {
            terminal.line(Messages.get("launch.scanInstead", why));
            return cli.run("scan", source.get());
        }
        terminal.line(Messages.get("launch.practiceInstead", why));
        Path folder = folder();
        try {
            // reports want a folder that is there
            Files.createDirectories(folder);
        } catch (IOException e) {
            terminal.note(Messages.get("launch.folderNotMade", folder));
            return ExitCode.TARGET_GONE.code();
        }
        Path page = folder.resolve("Salvor report.html");
        int code = cli.run(
                "restore",
                SourceNames.PRACTICE,
                "--to",
                folder.resolve("Files").toString(),
                "--report",
                folder.resolve("Salvor report.json").toString(),
                "--report",
                page.toString());
        // the practice disk has an overwritten file, so that "done, with problems" is how it has to end
        if (code == ExitCode.DONE.code() || code == ExitCode.PROBLEMS.code()) {
            terminal.line(Messages.get("launch.practiceFiles", folder.resolve("Files")));
            terminal.line(Messages.get("launch.practiceReport", page));
            terminal.line(Messages.get("launch.practiceNext"));
            return ExitCode.DONE.code();
        }
        return code;
    }

    /** A new folder here, or where temporary files go if nothing can be written here. */
    private Path folder() {
        String name = Messages.get(
                "launch.folder",
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH.mm.ss").format(LocalDateTime.now()));
        return (Files.isWritable(here) ? here : Path.of(System.getProperty("java.io.tmpdir", "."))).resolve(name);
    }
}
