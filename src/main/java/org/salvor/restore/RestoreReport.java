package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.ShellWords;

/**
 * What happened to each file, with hashes.
 *
 * @param target the target folder, absolute
 * @param started when, as ISO 8601 in UTC; {@code ended} likewise
 * @param problems what was lost of the source before the run, as sentences, and belongs to what was chosen; the files do not tell it
 * @param sidecar the folder in the target folder in which permissions wait that are not on the files; empty if none do
 */
public record RestoreReport(
        SourceIdentity source,
        Path target,
        Stop stop,
        List<RestoredFile> files,
        String started,
        String ended,
        String sidecar,
        List<String> problems) {
    /** Of a run after which no permissions wait in a sidecar, from a source that lost nothing. */
    public RestoreReport(
            SourceIdentity source, Path target, Stop stop, List<RestoredFile> files, String started, String ended) {
        this(source, target, stop, files, started, ended, "", List.of());
    }

    /** What puts the permissions that wait in the sidecar on the files; empty if none do. */
    public String applyCommand() {
        return sidecar.isEmpty()
                ? ""
                : ShellWords.line(
                        List.of("salvor", "apply", target.resolve(sidecar).toString()));
    }

    /** What ended the job before all files were done; the journal is kept then, and the job can be resumed. */
    public enum Stop {
        NONE,
        /** A person stopped it. */
        CANCELLED,
        TARGET_FULL,
        /** The target cannot be written any more, or went away. */
        TARGET_GONE,
        /** An error that lies in no single file. */
        ERROR
    }

    public boolean stopped() {
        return stop != Stop.NONE;
    }

    /** Files that ended so; folders are not counted. */
    public long count(Outcome outcome) {
        return files.stream()
                .filter(file -> !file.folder() && file.outcome() == outcome)
                .count();
    }

    /** How many files were chosen, without the folders. */
    public long fileCount() {
        return files.stream().filter(file -> !file.folder()).count();
    }

    /** How many of the files are on the target, whole. */
    public long thereCount() {
        return files.stream().filter(file -> !file.folder() && file.there()).count();
    }

    /** Bytes written, main and named streams. */
    public long bytes() {
        return files.stream().mapToLong(RestoredFile::written).sum();
    }
}
