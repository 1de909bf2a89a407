package org.salvor.recovery;

import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@code --match}: {@code *} any characters of one name, {@code ?} one of them, {@code **} any number of folders.
 * Upper and lower case are the same. A pattern without "/" is matched with the name alone, any other with the whole path.
 */
public final class GlobMatcher {
    private final String[] parts;
    private final boolean nameOnly;
    private final List<String> plainParts;

    public GlobMatcher(String pattern) {
        String text = pattern.replace('\\', '/').toLowerCase(Locale.ROOT);
        nameOnly = text.indexOf('/') < 0;
        parts = (text.startsWith("/") ? text.substring(1) : text).split("/", -1);
        plainParts = nameOnly && text.indexOf('?') < 0 ? List.of(text.split("\\*", -1)) : List.of();
    }

    /** @param path with "/", relative to the volume */
    public boolean matches(String path) {
        String text = path.toLowerCase(Locale.ROOT);
        if (nameOnly) {
            return name(parts[0], text.substring(text.lastIndexOf('/') + 1));
        }
        return path(0, text.split("/", -1), 0);
    }

    /** The texts before, between and behind the "*" of a pattern for names without "?", in lower case; else empty. */
    List<String> plainParts() {
        return plainParts;
    }

    /** The usual two-pointer walk: on a mismatch, the last "**" takes one folder more. */
    private boolean path(int first, String[] names, int from) {
        int part = first;
        int at = from;
        int star = -1;
        int mark = 0;
        while (at < names.length) {
            if (part < parts.length && parts[part].equals("**")) {
                star = part++;
                mark = at;
            } else if (part < parts.length && name(parts[part], names[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++mark;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part].equals("**")) {
            part++;
        }
        return part == parts.length;
    }

    private static boolean name(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
