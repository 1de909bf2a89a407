package org.salvor.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its own few files, as the operating system wants it: the XDG base directories on Linux, the
 * application data folders on Windows, the library folder on macOS.
 *
 * @param settings the settings file
 * @param log the log file; older ones lie beside it with a number
 */
public record ProgramFiles(Path settings, Path log) {
    private static final String FOLDER = "salvor";

    public static ProgramFiles ofUser() {
        return of(System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")), System::getenv);
    }

    /** @param environment gives a variable's value, null where it is not set */
    static ProgramFiles of(String system, Path home, UnaryOperator<@Nullable String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return new ProgramFiles(
                    folder(environment.apply("APPDATA"), home.resolve("AppData/Roaming"))
                            .resolve("Salvor/salvor.properties"),
                    folder(environment.apply("LOCALAPPDATA"), home.resolve("AppData/Local"))
                            .resolve("Salvor/salvor.log"));
        }
        if (name.startsWith("mac")) {
            return new ProgramFiles(
                    home.resolve("Library/Application Support/Salvor/salvor.properties"),
                    home.resolve("Library/Logs/Salvor/salvor.log"));
        }
        return new ProgramFiles(
                folder(environment.apply("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve(FOLDER)
                        .resolve("salvor.properties"),
                folder(environment.apply("XDG_STATE_HOME"), home.resolve(".local/state"))
                        .resolve(FOLDER)
                        .resolve("salvor.log"));
    }

    /** A variable that is empty, or no absolute path, counts as not set (XDG Base Directory Specification). */
    private static Path folder(@Nullable String variable, Path otherwise) {
        if (variable == null || variable.isBlank() || !Path.of(variable).isAbsolute()) {
            return otherwise;
        }
        return Path.of(variable);
    }

    /** All places that the program, the toolkit and the native libraries write to without being told. */
    public List<Path> all() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
        Path toolkit = Path.of(System.getProperty(
                "javafx.cachedir",
                Path.of(System.getProperty("user.home", "."), ".openjfx").toString()));
        return List.of(settings, log, temporary, toolkit);
    }
}
