package org.salvor.ui.choose;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of this process as jars, and what the Java machine keeps of a rehearsal beside them: as in the packed program
 * ({@code packaging/Rehearsal.java}), where a person meets the page. Java before 25 keeps nothing.
 */
record Packed(String classPath, Path cache) {
    private static final int SINCE = 25;

    /** @param folder where the jars and the cache go; may hold older ones */
    static Packed in(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            jars.add(Files.isDirectory(place) ? jar(place, folder).toString() : entry);
        }
        Path cache = folder.resolve("bench.aot").toAbsolutePath();
        Files.deleteIfExists(cache);
        return new Packed(String.join(File.pathSeparator, jars), cache);
    }

    private static Path jar(Path classes, Path folder) throws IOException {
        Path jar = folder.resolve(classes.getFileName() + ".jar").toAbsolutePath();
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                var all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    /** Options of the Java machine for a run that is to be kept. */
    List<String> rehearsing() {
        return Runtime.version().feature() < SINCE ? List.of() : List.of("-XX:AOTCacheOutput=" + cache);
    }

    /** Options of the Java machine for a program just started. */
    List<String> options() {
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:disable") : List.of();
    }
}
