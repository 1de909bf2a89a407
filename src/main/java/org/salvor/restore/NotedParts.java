package org.salvor.restore;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.salvor.recovery.PreparedFile;

/** In place of a sidecar where there is one already: what does not fit on the file is noted, and written nowhere. */
final class NotedParts extends Sidecar {
    NotedParts(Path folder) {
        super(folder);
    }

    @Override
    SeekableByteChannel open(String file) {
        return new Nowhere();
    }

    @Override
    void finish(PreparedFile file, long size, String sha256) {}
}
