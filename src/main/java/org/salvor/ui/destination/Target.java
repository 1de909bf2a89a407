package org.salvor.ui.destination;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How full the place of a folder is: bytes in all and free; -1 where that is not known. */
record Target(long total, long free) {
    static final Target UNKNOWN = new Target(-1, -1);

    /** Of the folder, or of the nearest folder above it that is there. Blocks. */
    static Target of(Path folder) {
        try {
            @Nullable Path at = folder;
            while (at != null && !Files.exists(at)) {
                at = at.getParent();
            }
            if (at == null) {
                return UNKNOWN;
            }
            FileStore store = Files.getFileStore(at);
            return new Target(store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException | SecurityException e) {
            return UNKNOWN;
        }
    }
}
