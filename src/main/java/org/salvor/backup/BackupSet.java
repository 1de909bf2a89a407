package org.salvor.backup;

import java.util.List;
import java.util.OptionalLong;

/**
 * One backup set.
 *
 * @param number as the backup counts them, from 1; with {@link ArchiveInfo#serial} it is part of every id
 * @param name empty if it has none
 * @param description empty if it has none
 * @param user who wrote it; empty if not told
 * @param machine which computer it was taken of; empty if not told
 * @param volumes the volumes in it, as the backup names them: "C:", "\\server\share", "System State"
 * @param written when, in units of 100 ns since 1970 UTC; empty if not told
 * @param method full, incremental...; a person sees it
 * @param password the writer put a password on it; it protects nothing, the set is readable
 * @param notes sentences for a person: what is unusual, missing or damaged
 */
public record BackupSet(
        int number,
        String name,
        String description,
        String user,
        String machine,
        List<String> volumes,
        OptionalLong written,
        Method method,
        boolean password,
        List<String> notes) {
    /** The one set of a backup that knows no sets. */
    public static final BackupSet ONLY =
            new BackupSet(1, "", "", "", "", List.of(), OptionalLong.empty(), Method.UNKNOWN, false, List.of());

    /** How the files of a set were chosen. */
    public enum Method {
        UNKNOWN,
        NORMAL,
        COPY,
        DAILY,
        DIFFERENTIAL,
        INCREMENTAL,
        TRANSFER
    }
}
