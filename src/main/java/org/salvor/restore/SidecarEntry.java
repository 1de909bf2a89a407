package org.salvor.restore;

import java.util.List;
import org.salvor.recovery.PreparedFile.FileTimes;

/**
 * One file or folder of a {@link CommonSidecar}.
 *
 * @param steps the single names that lead to it from the restored folder
 * @param link what it holds if it is a symbolic link; empty if it is none
 * @param size of its content
 * @param sha256 of its content, in hexadecimal; empty for folders and links
 * @param attributes of Windows
 * @param security the name of its security descriptor; empty if it has none
 */
record SidecarEntry(
        List<String> steps,
        boolean folder,
        String link,
        long size,
        String sha256,
        int attributes,
        FileTimes times,
        String security) {
    /** Whether it is a file with content of its own: no folder, no link. */
    boolean content() {
        return !folder && link.isEmpty();
    }

    String target() {
        return String.join("/", steps);
    }

    /** The names that lead to its folder. */
    List<String> parents() {
        return steps.subList(0, steps.size() - 1);
    }

    String name() {
        return steps.getLast();
    }
}
