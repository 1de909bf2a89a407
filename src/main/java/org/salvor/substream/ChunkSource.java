package org.salvor.substream;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;

/** The bytes of one stream, to be asked for at any position. Confined to one thread at a time. */
public interface ChunkSource {
    /** The largest piece of bytes given at once. */
    int MAX_CHUNK = 1 << 20;

    /** A range of zeros at the end, whose clusters may be there, counts as a hole from this length on: a unit of NTFS for such things. */
    int WORTH = 64 << 10;

    /** In bytes, holes and losses included. */
    long size();

    /**
     * The piece that begins at {@code position}, which is less than the size. Bytes of it are valid until the next call and
     * not more than {@code limit}; holes and losses may be longer.
     */
    Chunk at(long position, int limit) throws RecoveryException;

    /**
     * As {@link #at(long, int)}, with as many bytes as fit into {@code space}. What has to be read from a medium is put there, and the
     * data of the piece are then {@code space} itself; a source that has its bytes at hand may give a buffer of its own all the same.
     */
    default Chunk at(long position, ByteBuffer space) throws RecoveryException {
        return at(position, space.remaining());
    }

    /** A stretch that is a hole from end to end, or has none. */
    record Stretch(boolean hole, long length) {}

    /** What begins at {@code position}, which is less than the size; sources that can tell it without reading do so. */
    default Stretch stretch(long position) throws RecoveryException {
        Chunk chunk = at(position, MAX_CHUNK);
        return new Stretch(chunk instanceof Chunk.Hole, chunk.length());
    }

    /** Whether it is known, without reading, to have holes that are worth a sparse form: see {@link Substream#holes}. */
    default boolean holes() {
        return false;
    }

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
