package org.salvor.windows.backup;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The strict double of the functions of Windows (src/test/native), built by the C compiler of the system. */
final class BackupDouble {
    /** What the double has beside the functions of Windows. */
    interface Knobs extends Library {
        void double_reset();

        int double_knob(String name, long value);

        long double_count(String name);

        String double_violations();
    }

    private static @Nullable BackupDouble built;

    final String library;
    final Kernel kernel;
    final Token token;
    private final Knobs knobs;

    private BackupDouble(String library) {
        this.library = library;
        kernel = Native.load(library, Kernel.class);
        token = Native.load(library, Token.class);
        knobs = Native.load(library, Knobs.class);
    }

    /** Fresh; the test is skipped where it cannot be built. */
    static synchronized BackupDouble fresh() throws IOException, InterruptedException {
        if (built == null) {
            built = new BackupDouble(build());
        }
        built.knobs.double_reset();
        return built;
    }

    private static String build() throws IOException, InterruptedException {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            abort("the double of BackupWrite is built on Linux only");
        }
        Path library = Files.createDirectories(Path.of("target", "native"))
                .toAbsolutePath()
                .resolve("backupwrite_double.so");
        Process compiler;
        try {
            compiler = new ProcessBuilder(List.of(
                            "gcc",
                            "-std=gnu11",
                            "-Wall",
                            "-O1",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            "src/test/native/backupwrite_double.c"))
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            return abort("no C compiler here: the double of BackupWrite is not built");
        }
        if (!compiler.waitFor(60, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            throw new IOException("the double of BackupWrite does not compile");
        }
        return library.toString();
    }

    void knob(String name, long value) {
        if (knobs.double_knob(name, value) == 0) {
            throw new IllegalArgumentException(name);
        }
    }

    long count(String name) {
        return knobs.double_count(name);
    }

    /** What a caller did wrong, with everything that was left open; one a line, empty if all was right. */
    String violations() {
        return knobs.double_violations();
    }
}
