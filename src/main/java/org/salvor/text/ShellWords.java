package org.salvor.text;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Words of a command as they are typed: what a name holds is never taken for something to run. */
public final class ShellWords {
    private static final String SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%";

    private ShellWords() {}

    /** A line for the shell of this system. */
    public static String line(List<String> words) {
        return line(words, File.separatorChar == '\\');
    }

    /** One line that the shell of this system splits into exactly these words. */
    public static String line(List<String> words, boolean windows) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            quoted.add(windows ? windowsQuoted(word) : posixQuoted(word));
        }
        return String.join(" ", quoted);
    }

    private static boolean safe(String word, String more) {
        return !word.isEmpty() && word.chars().allMatch(c -> SAFE.indexOf(c) >= 0 || more.indexOf(c) >= 0);
    }

    private static String posixQuoted(String word) {
        return safe(word, "") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** As CommandLineToArgvW splits: backslashes count only before a quotation mark. */
    private static String windowsQuoted(String word) {
        if (safe(word.replace("%", " "), "\\")) {
            return word;
        }
        StringBuilder text = new StringBuilder("\"");
        int backslashes = 0;
        for (char c : word.toCharArray()) {
            if (c == '\\') {
                backslashes++;
                continue;
            }
            text.append("\\".repeat(c == '"' ? 2 * backslashes + 1 : backslashes))
                    .append(c);
            backslashes = 0;
        }
        return text.append("\\".repeat(2 * backslashes)).append('"').toString();
    }
}
