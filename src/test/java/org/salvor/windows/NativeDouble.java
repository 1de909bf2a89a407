package org.salvor.windows;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A strict double of functions of Windows (src/test/native): on Linux built by its C compiler, on Windows (and Wine) as
 * {@code packaging/wine/doubles.sh} has built it.
 */
public final class NativeDouble {
    /** What every double has beside the functions of Windows. */
    public interface Knobs extends Library {
        /** Forgets everything and turns all knobs back. */
        void double_reset();

        /** Returns 0 if there is no such knob. */
        int double_knob(String name, long value);

        /** Returns -1 if nothing of that name is counted. */
        long double_count(String name);

        /** Everything that was wrong, one a line. */
        String double_violations();
    }

    private static final Map<String, NativeDouble> BUILT = new HashMap<>();

    /** Path of the library. */
    public final String library;

    private final Knobs knobs;

    private NativeDouble(String library) {
        this.library = library;
        knobs = Native.load(library, Knobs.class);
    }

    /** The double {@code name.c}, fresh; the test is skipped where it cannot be built. */
    public static synchronized NativeDouble fresh(String name) throws IOException, InterruptedException {
        NativeDouble found = BUILT.get(name);
        if (found == null) {
            found = new NativeDouble(built(name));
            BUILT.put(name, found);
        }
        found.knobs.double_reset();
        return found;
    }

    private static String built(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "native")).toAbsolutePath();
        String system = System.getProperty("os.name");
        if (system.startsWith("Windows")) {
            Path library = folder.resolve(name + ".dll");
            return Files.exists(library)
                    ? library.toString()
                    : abort("packaging/wine/doubles.sh has not built " + library);
        }
        if (!system.startsWith("Linux")) {
            return abort("the doubles of Windows' functions are built on Linux only");
        }
        Path library = folder.resolve(name + ".so");
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
                            "src/test/native/" + name + ".c",
                            "-lpthread"))
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            return abort("no C compiler here: the double " + name + " is not built");
        }
        if (!compiler.waitFor(60, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            throw new IOException("the double " + name + " does not compile");
        }
        return library.toString();
    }

    /** Turns a knob. */
    public void knob(String name, long value) {
        if (knobs.double_knob(name, value) == 0) {
            throw new IllegalArgumentException(name);
        }
    }

    /** How often something happened. */
    public long count(String name) {
        return knobs.double_count(name);
    }

    /** What a caller did wrong, with everything that was left open; one a line, empty if all was right. */
    public String violations() {
        return knobs.double_violations();
    }
}
