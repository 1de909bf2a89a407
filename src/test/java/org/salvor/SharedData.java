package org.salvor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The large test data that does not lie in this repository: the folder {@code ../shared/data} beside the project, or the one named by
 * the system property {@code salvor.shared} or the environment variable {@code SALVOR_SHARED}. Tests that need it are skipped, with
 * a message, where it is absent.
 */
public final class SharedData {
    private SharedData() {}

    public static Optional<Path> folder() {
        String named = System.getProperty("salvor.shared", System.getenv("SALVOR_SHARED"));
        Path folder = named == null || named.isBlank() ? Path.of("..", "shared", "data") : Path.of(named);
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    /** A file of the folder; the test is skipped if it is not there. */
    public static Path require(String file) {
        Optional<Path> folder = folder();
        assumeTrue(folder.isPresent(), "The shared test data is not here (../shared/data or SALVOR_SHARED)");
        Path path = folder.get().resolve(file);
        assumeTrue(Files.exists(path), "The shared test data has no " + file);
        return path;
    }

    /** Unpacks a .tar.zst into a folder, with tar and zstd; the test is skipped if they are not installed. */
    public static Path unpack(String archive, Path into) throws IOException {
        Path packed = require(archive);
        TestTools.require("tar");
        TestTools.require("zstd");
        TestTools.run("sh", "-c", "zstd -dcq --long=28 \"$0\" | tar -xS -C \"$1\"", packed.toString(), into.toString());
        return into;
    }
}
