package org.salvor.restore;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers outside the heap for the bytes of large files: what is read into one is hashed and written from it without another
 * copy. Kept for the next file, because they are slow to make; dropped with this object.
 */
final class Spaces {
    /** Small enough for what was read to be hashed and written out of the processor's cache. */
    private static final int SIZE = 256 << 10;

    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    ByteBuffer take() {
        ByteBuffer known = spare.poll();
        return known != null ? known : ByteBuffer.allocateDirect(SIZE);
    }

    void give(ByteBuffer space) {
        spare.add(space);
    }
}
