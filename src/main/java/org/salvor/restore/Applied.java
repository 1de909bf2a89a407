package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of each file of a sidecar whose permissions, attributes, times and streams were to be put on it, or would become.
 *
 * @param folder the restored folder
 * @param files in the order of the sidecar
 */
public record Applied(Path folder, List<AppliedFile> files) {
    /** How far it went. */
    public enum State {
        /** All that the sidecar keeps for it is on the file. */
        DONE,
        /** Some of it is; the rest stays in the sidecar. */
        PARTLY,
        /** Nothing was put on it. */
        LEFT
    }

    /**
     * One file or folder.
     *
     * @param target relative to the restored folder
     * @param reasons sentences for a person: why not, or what not
     */
    public record AppliedFile(String target, boolean folder, State state, List<String> reasons) {}

    public long count(State state) {
        return files.stream().filter(file -> file.state() == state).count();
    }
}
