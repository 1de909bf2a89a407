package org.salvor.substream;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** One typed part of a file's content, read from front to back. */
public interface Substream {
    StreamType type();

    /** The name of a named data stream without colons ("Zone.Identifier"), or of a link; empty otherwise. */
    String name();

    /** In bytes, holes and losses included. */
    long size();

    /** Whether the source kept it as sparse; a target keeps it so where it can. */
    default boolean sparse() {
        return false;
    }

    /** The next piece, or null at the end. A buffer in it is valid until the next call. */
    @Nullable
    Chunk next() throws RecoveryException;
}
