package org.salvor.device;

import java.nio.ByteBuffer;
import org.salvor.fault.SourceReadException;

/**
 * Read-only bytes at positions: a disk, an image, a slice of one, a decrypted view. There is no way to write. Safe for use by
 * several threads at once; interrupts are never used on it.
 */
public interface BlockDevice extends AutoCloseable {
    /** In bytes. */
    long size();

    /** The logical sector size in bytes, 512 or 4096; images that do not say have 512. */
    int sectorSize();

    /** For a person: the path, model or place. */
    String describe();

    /**
     * Fills {@code target} from {@code position} on. A read past the end, and a sector that cannot be read, throw; then the
     * contents of {@code target} are undefined.
     */
    void read(long position, ByteBuffer target) throws SourceReadException;

    /**
     * As {@link #read}, but a range that cannot be read is filled with zeros and told to {@code bad}. Positions told are
     * those of this device. The default tells the whole range; devices that can retry in smaller pieces tell less.
     */
    default void readAround(long position, ByteBuffer target, BadRangeListener bad) {
        int start = target.position();
        int length = target.remaining();
        try {
            read(position, target);
        } catch (SourceReadException e) {
            target.position(start);
            while (target.hasRemaining()) {
                target.put((byte) 0);
            }
            bad.unreadable(position, length, e);
        }
    }

    @Override
    void close();

    /** Hears of each range that could not be read, in bytes. */
    @FunctionalInterface
    interface BadRangeListener {
        void unreadable(long position, long length, SourceReadException cause);
    }
}
