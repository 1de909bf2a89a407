package org.salvor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Keyring;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;
import picocli.CommandLine.Option;

/** Keys come from files, never from an argument: arguments of a process can be seen by every user of a computer. */
final class KeyArguments {
    @Option(names = "--recovery-password-file", paramLabel = "F", descriptionKey = "cli.option.recoveryPassword")
    private @Nullable Path recoveryPassword;

    @Option(names = "--startup-key", paramLabel = "F.bek", descriptionKey = "cli.option.startupKey")
    private @Nullable Path startupKey;

    @Option(names = "--password-file", paramLabel = "F", descriptionKey = "cli.option.password")
    private @Nullable Path password;

    @Option(names = "--pfx", paramLabel = "F.pfx", descriptionKey = "cli.option.pfx")
    private @Nullable Path pfx;

    @Option(names = "--pfx-password-file", paramLabel = "F", descriptionKey = "cli.option.pfxPassword")
    private @Nullable Path pfxPassword;

    /** An empty keyring, which is said where keys were given; a key file that cannot be read is a mistake in the command. */
    Keyring keyring(Terminal terminal) throws CommandFailure {
        List<@Nullable Path> files = new ArrayList<>();
        files.add(recoveryPassword);
        files.add(startupKey);
        files.add(password);
        files.add(pfx);
        files.add(pfxPassword);
        for (Path file : files) {
            if (file != null && !Files.isReadable(file)) {
                throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.key.unreadable", file));
            }
        }
        if (files.stream().anyMatch(file -> file != null)) {
            terminal.note(Messages.get("cli.key.unused"));
        }
        return new Keyring();
    }
}
