package org.salvor.recovery;

import java.io.IOException;
import org.salvor.substream.StreamType;

/** Where a restore keeps what belongs to a file and cannot be put on it. Used by several threads at once, each with its own file. */
public interface Keeping {
    /** Keeps a security descriptor for the whole restore. Returns the name by which a file refers to it. */
    String security(byte[] descriptor) throws IOException;

    /** Keeps what else belongs to one file in its sidecar; bytes as they were on the source. */
    void aside(PreparedFile file, StreamType type, String name, byte[] content) throws IOException;

    /**
     * Ends the sidecar of a file, if anything was kept in it.
     *
     * @param size of the file's content, as is {@code sha256} in hexadecimal
     */
    void finish(PreparedFile file, long size, String sha256) throws IOException;
}
