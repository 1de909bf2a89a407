package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;

/** The bytes of one stream, to be asked for at any position. */
interface ChunkSource {
    /** The largest piece of bytes given at once. */
    int MAX_CHUNK = 1 << 20;

    long size();

    /**
     * The piece that begins at {@code position}, which is less than the size. Bytes of it are valid until the next call and
     * not more than {@code limit}; holes and losses may be longer.
     */
    Chunk at(long position, int limit) throws RecoveryException;

    /**
     * Fills {@code target} from {@code position} on, holes and losses as zeros; less at the end.
     *
     * @return false if something of it was lost
     */
    default boolean fill(long position, ByteBuffer target) throws RecoveryException {
        boolean whole = true;
        int start = target.position();
        while (target.hasRemaining()) {
            long at = position + target.position() - start;
            if (at >= size()) {
                break;
            }
            Chunk chunk = at(at, Math.min(target.remaining(), MAX_CHUNK));
            switch (chunk) {
                case Chunk.Bytes bytes -> target.put(bytes.data());
                case Chunk.Hole hole -> zeros(target, hole.length());
                case Chunk.Lost lost -> {
                    zeros(target, lost.length());
                    whole = false;
                }
            }
        }
        return whole;
    }

    private static void zeros(ByteBuffer target, long count) {
        int end = (int) Math.min(target.limit(), target.position() + count);
        while (target.position() < end) {
            target.put((byte) 0);
        }
    }
}
