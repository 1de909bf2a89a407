package org.salvor.restore;

import java.nio.file.Path;

/**
 * How to restore (contract, section 4).
 *
 * @param target the folder that receives the files
 * @param permissions put security descriptors on the files; they are always kept in the sidecar
 * @param verify read every file again after writing and compare its SHA-256
 * @param confirmed a person has confirmed what needs a confirmation (another partition of the same disk)
 */
public record RestoreOptions(
        Path target,
        Layout layout,
        OnConflict onConflict,
        Partial partial,
        boolean permissions,
        boolean verify,
        boolean confirmed) {
    /** Folders as they were, or all files in one folder. */
    public enum Layout {
        ORIGINAL,
        FLAT
    }

    /** What to do where a file of that name is already there. */
    public enum OnConflict {
        KEEP_BOTH,
        SKIP,
        REPLACE,
        REPLACE_OLDER,
        FAIL
    }

    /** Incomplete files: written with the ending ".partial", or left out. */
    public enum Partial {
        RENAME,
        SKIP
    }

    public static RestoreOptions to(Path target) {
        return new RestoreOptions(target, Layout.ORIGINAL, OnConflict.KEEP_BOTH, Partial.RENAME, false, false, false);
    }
}
