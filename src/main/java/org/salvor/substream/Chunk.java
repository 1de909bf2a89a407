package org.salvor.substream;

import java.nio.ByteBuffer;

/** A piece of a substream: bytes, a hole, or a loss. Offsets and lengths are bytes of the stream; chunks come in order and leave no gap. */
public sealed interface Chunk {
    long offset();

    long length();

    /** Bytes; {@code data} is read-only in spirit and valid until the next chunk is asked for. */
    record Bytes(long offset, ByteBuffer data) implements Chunk {
        @Override
        public long length() {
            return data.remaining();
        }
    }

    /** A range that reads as zeros and takes no space. */
    record Hole(long offset, long length) implements Chunk {}

    /** A range whose bytes are gone; {@code reason} is a sentence part for a person. */
    record Lost(long offset, long length, String reason) implements Chunk {}
}
