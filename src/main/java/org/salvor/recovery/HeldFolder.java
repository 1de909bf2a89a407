package org.salvor.recovery;

import java.io.IOException;
import java.nio.file.Path;

/** A folder that was reached without following a link, for as long as this is open. */
public interface HeldFolder extends AutoCloseable {
    /** Leads to the folder itself; names of single files are resolved against it, and are not followed where they are links. */
    Path path();

    @Override
    void close() throws IOException;
}
