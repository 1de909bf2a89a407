package org.salvor.recovery;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of disks and volumes as paths. Java on Windows takes {@code \\.\D:} for a share of a computer called ".", in whose name is no colon:
 * it has no path for it, and {@code \\.\D} stands for it. Behind every such name it puts a backslash, with which it would be a folder.
 */
public final class DevicePaths {
    private static final String DEVICE = "\\\\.\\";
    private static final Pattern LETTER = Pattern.compile("\\\\\\\\\\.\\\\([A-Za-z]):?\\\\*");

    private DevicePaths() {}

    /** Whether a name is one that only Windows gives to devices. */
    public static boolean isWindows(String name) {
        return name.startsWith(DEVICE);
    }

    /**
     * The path that stands for a name.
     *
     * @throws java.nio.file.InvalidPathException there is none on this computer
     */
    public static Path of(String name) {
        Matcher letter = LETTER.matcher(name);
        return Path.of(letter.matches() ? DEVICE + letter.group(1) : name);
    }

    /** The name that a path stands for, as Windows and a person write it. */
    public static String name(Path path) {
        String text = path.toString();
        Matcher letter = LETTER.matcher(text);
        if (letter.matches()) {
            return DEVICE + letter.group(1) + ":";
        }
        return isWindows(text) ? text.replaceAll("\\\\+$", "") : text;
    }
}
