package org.salvor.substream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** One typed part of a file's content, read from front to back. */
public interface Substream {
    StreamType type();

    /** The name of a named data stream without colons ("Zone.Identifier"); empty otherwise. */
    String name();

    /** In bytes, holes and losses included. */
    long size();

    /** Whether the source kept it as sparse; a target keeps it so where it can. */
    default boolean sparse() {
        return false;
    }

    /**
     * Whether pieces of it are holes for which it is worth to write a sparse form, be it that the source did not keep it as sparse: a
     * compressed stream, or one of which the clusters are not all there. A hole may come all the same where it is said to have none.
     */
    default boolean holes() {
        return sparse();
    }

    /** Whether {@link #next} may say at its end that something of the bytes is wrong: whoever has them from elsewhere reads it to its end too. */
    default boolean checked() {
        return false;
    }

    /**
     * The next piece, or null at the end. A buffer in it is valid until the next call.
     *
     * @throws RecoveryException the rest cannot be given; where all was given, something of it is wrong (a checksum), and where is not known
     */
    @Nullable
    Chunk next() throws RecoveryException;

    /**
     * As {@link #next()}, for a caller that wants to keep the bytes longer: what has to be read from a medium is put into
     * {@code space}, from its position on and no more than fits. The data of the piece are then {@code space} itself. A source that
     * has its bytes at hand may give a buffer of its own all the same.
     */
    default @Nullable Chunk next(ByteBuffer space) throws RecoveryException {
        return next();
    }
}
