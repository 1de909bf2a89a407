package org.salvor.restore;

import java.nio.file.Path;

/**
 * How to restore (contract, section 4).
 *
 * @param target the folder that receives the files
 * @param permissions put security descriptors on the files; they are always kept in the sidecar
 * @param verify read every file again after writing and compare its SHA-256
 * @param form what is written of each file
 * @param confirmed a person has confirmed what needs a confirmation (another partition of the same disk)
 */
public record RestoreOptions(
        Path target,
        Layout layout,
        OnConflict onConflict,
        Partial partial,
        boolean permissions,
        boolean verify,
        boolean confirmed,
        Form form) {
    /** What is written of each file. */
    public enum Form {
        /** The file itself, by the operating system's own functions where it has some. */
        FILES,
        /** The file itself, without functions of the operating system beyond what Java has. */
        PORTABLE_FILES,
        /** A file with the backup streams that BackupRead would give of it. */
        BACKUP_STREAMS
    }

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

    /** Files themselves. */
    public RestoreOptions(
            Path target,
            Layout layout,
            OnConflict onConflict,
            Partial partial,
            boolean permissions,
            boolean verify,
            boolean confirmed) {
        this(target, layout, onConflict, partial, permissions, verify, confirmed, Form.FILES);
    }

    public static RestoreOptions to(Path target) {
        return new RestoreOptions(target, Layout.ORIGINAL, OnConflict.KEEP_BOTH, Partial.RENAME, false, false, false);
    }

    /** The same, but written in another form. */
    public RestoreOptions as(Form other) {
        return new RestoreOptions(target, layout, onConflict, partial, permissions, verify, confirmed, other);
    }
}
