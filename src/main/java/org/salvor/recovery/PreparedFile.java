package org.salvor.recovery;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * A place that {@code restore} has made ready for one file: an empty file under its temporary name, open for writing.
 *
 * @param temporary path of the empty file
 * @param channel the same file, opened through the checked handle of its folder; whoever prepared it closes it
 * @param sidecar folder for what of the content the target cannot hold; made by the target when it is first needed
 * @param name the file's name on the source
 * @param permissions put the security descriptor on the file
 * @param link the file is a link that leads nowhere outside of the target folder: its reparse data may be put on it
 */
public record PreparedFile(
        Path temporary,
        SeekableByteChannel channel,
        Path sidecar,
        String name,
        boolean folder,
        long size,
        FileTimes times,
        int attributes,
        boolean permissions,
        boolean link) {
    /** The times of a file in units of 100 ns since 1970 UTC, {@link Catalog#NO_TIME} where unknown. */
    public record FileTimes(long created, long modified, long changed, long accessed) {}
}
