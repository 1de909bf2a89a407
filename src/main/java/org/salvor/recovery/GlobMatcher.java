package org.salvor.recovery;

import java.util.Arrays;
import java.util.Optional;

/**
 * A pattern of {@code --match}: {@code *} any characters of one name, {@code ?} one of them, {@code **} any number of folders.
 * Upper and lower case are the same. A pattern without "/" is matched with the name alone, any other with the whole path.
 */
public final class GlobMatcher {
    private final String[] parts;
    private final boolean nameOnly;

    /** The texts before, between and behind the "*" of a pattern for names; of one for paths none. */
    private final Needle[] pieces;

    public GlobMatcher(String pattern) {
        String text = Needle.lower(pattern.replace('\\', '/'));
        nameOnly = text.indexOf('/') < 0;
        parts = (text.startsWith("/") ? text.substring(1) : text).split("/", -1);
        pieces = nameOnly
                ? Arrays.stream(text.split("\\*", -1)).map(Needle::ofPattern).toArray(Needle[]::new)
                : new Needle[0];
    }

    /** @param path with "/", relative to the volume */
    public boolean matches(String path) {
        String text = Needle.lower(path);
        if (nameOnly) {
            return name(parts[0], text.substring(text.lastIndexOf('/') + 1));
        }
        return path(0, text.split("/", -1), 0);
    }

    /** Only the name counts, not the folders above it. */
    boolean nameOnly() {
        return nameOnly;
    }

    /** What every name that fits holds, if that alone decides: the text of {@code *text*}. */
    Optional<Needle> within() {
        boolean decides = pieces.length == 3 && pieces[0].length() == 0 && pieces[2].length() == 0;
        return decides ? Optional.of(pieces[1]) : Optional.empty();
    }

    /**
     * Whether a name fits this pattern, which is one for names only. Makes no string.
     *
     * @param wide the name consists of UTF-16 units, else of Latin-1 bytes
     */
    boolean fits(byte[] block, int start, int stop, boolean wide) {
        int width = wide ? 2 : 1;
        Needle head = pieces[0];
        if (pieces.length == 1) {
            return stop - start == width * head.length() && head.isAt(block, start, wide);
        }
        Needle tail = pieces[pieces.length - 1];
        int at = start + width * head.length();
        int end = stop - width * tail.length();
        if (at > end || !tail.isAt(block, end, wide) || !head.isAt(block, start, wide)) {
            return false;
        }
        for (int i = 1; i < pieces.length - 1; i++) {
            int length = width * pieces[i].length();
            int found = pieces[i].find(block, at, end - length, wide);
            if (found < 0) {
                return false;
            }
            at = found + length;
        }
        return true;
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
