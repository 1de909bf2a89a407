package org.salvor.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.salvor.cli.SalvorCli;
import org.salvor.recovery.SourceNames;

/**
 * What the arguments ask for.
 *
 * @param wizard the wizard instead of a command
 * @param source what the wizard shall start at
 */
record Start(boolean wizard, Optional<String> source) {
    static Start of(String... arguments) {
        if (arguments.length == 0) {
            return new Start(true, Optional.empty());
        }
        boolean source = arguments.length == 1 && !SalvorCli.knows(arguments[0]) && namesSource(arguments[0]);
        return source ? new Start(true, Optional.of(arguments[0])) : new Start(false, Optional.empty());
    }

    /** A misspelt command must not open a window. */
    private static boolean namesSource(String word) {
        if (word.equals(SourceNames.PRACTICE)) {
            return true;
        }
        if (word.startsWith("-")) {
            return false;
        }
        try {
            return word.indexOf('/') >= 0 || word.indexOf('\\') >= 0 || Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
