package org.salvor;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tools of other makers that confirm a result. A test that needs one is skipped, with a message, where it is not installed. */
public final class TestTools {
    private TestTools() {}

    public static Optional<Path> find(String tool) {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Path require(String tool) {
        Optional<Path> found = find(tool);
        assumeTrue(found.isPresent(), "The tool " + tool + " is not installed");
        return found.get();
    }

    /** Skips the test where it does not run as root: mounting and loop devices need it. */
    public static void requireRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "This test needs root");
    }

    /** Skips the test where this user may make no symbolic links, or where the system says to make one and does not. */
    public static Path symbolicLink(Path link, Path to) throws IOException {
        try {
            Files.createSymbolicLink(link, to);
        } catch (IOException e) {
            if (File.separatorChar == '/') {
                throw e; // every Unix makes them; Windows asks for a right
            }
            abort("This user may make no symbolic links: " + e.getMessage());
        }
        assumeTrue(Files.isSymbolicLink(link), "This system says to make symbolic links and does not");
        return link;
    }

    /** Runs a tool to its end and returns what it wrote; an exit code other than 0 throws. */
    public static byte[] run(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(command[0] + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
        return output;
    }
}
