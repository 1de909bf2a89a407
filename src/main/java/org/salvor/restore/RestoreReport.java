package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import org.salvor.recovery.SourceIdentity;

/**
 * What happened to each file, with hashes.
 *
 * @param target the target folder, absolute
 * @param stopped a person stopped the job before its end
 */
public record RestoreReport(
        SourceIdentity source, Path target, boolean stopped, List<RestoredFile> files, String started, String ended) {
    public long count(Outcome outcome) {
        return files.stream().filter(file -> file.outcome() == outcome).count();
    }

    /** Bytes written, main and named streams. */
    public long bytes() {
        return files.stream()
                .mapToLong(file -> file.sha256().isEmpty()
                        ? 0
                        : file.size()
                                + file.streams().stream()
                                        .mapToLong(RestoredFile.RestoredStream::size)
                                        .sum())
                .sum();
    }
}
