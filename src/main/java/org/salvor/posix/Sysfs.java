package org.salvor.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of the kernel: one value each. What is not there is empty. */
final class Sysfs {
    private static final int LONGEST = 65_536;

    private Sysfs() {}

    static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static long number(Path file, long otherwise) {
        String text = text(file);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }
}
