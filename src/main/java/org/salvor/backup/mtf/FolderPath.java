package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;

/** The path of a folder as it stands in a DIRB: names, each with a NUL behind it, from the root of the volume. The root itself is one NUL. */
final class FolderPath {
    private FolderPath() {}

    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= path.length(); at++) {
            if (at == path.length() || path.charAt(at) == 0) {
                if (at > from) {
                    names.add(path.substring(from, at));
                }
                from = at + 1;
            }
        }
        return names;
    }
}
