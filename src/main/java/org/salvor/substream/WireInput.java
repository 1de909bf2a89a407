package org.salvor.substream;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;

/** The bytes of a sequence of WIN32_STREAM_ID streams, to be read at any position. */
public interface WireInput {
    /** In bytes. */
    long size();

    /** Fills {@code target}, which lies inside the input; ranges that cannot be read are filled with zeros and told. */
    void read(long position, ByteBuffer target, Unreadable unreadable) throws RecoveryException;

    /** Hears of each range that could not be read, in bytes of the input, in order. */
    @FunctionalInterface
    interface Unreadable {
        void range(long position, long length);
    }
}
