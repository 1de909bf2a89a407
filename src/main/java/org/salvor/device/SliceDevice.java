package org.salvor.device;

import java.nio.ByteBuffer;
import org.salvor.fault.SourceReadException;

/**
 * A part of a device as a device of its own: a partition, a volume in an image. Closing it leaves the whole open. A slice may
 * promise more than the whole holds (a truncated image); reads there throw as reads past the end do.
 */
public final class SliceDevice implements BlockDevice {
    private final BlockDevice whole;
    private final long offset;
    private final long length;
    private final int sectorSize;
    private final String name;

    /**
     * @param offset first byte of the slice on the whole, at least 0
     * @param length in bytes; must not overflow together with {@code offset}
     */
    public SliceDevice(BlockDevice whole, long offset, long length, int sectorSize, String name) {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("slice of " + length + " bytes at " + offset);
        }
        this.whole = whole;
        this.offset = offset;
        this.length = length;
        this.sectorSize = sectorSize;
        this.name = name;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        Bounds.check(position, target.remaining(), length);
        try {
            whole.read(offset + position, target);
        } catch (SourceReadException e) {
            throw here(e);
        }
    }

    @Override
    public void readAround(long position, ByteBuffer target, BadRangeListener bad) {
        int wanted = target.remaining();
        int inside = (int) Math.clamp(length - position, 0, wanted);
        if (inside > 0) {
            target.limit(target.position() + inside);
            whole.readAround(
                    offset + position, target, (at, bytes, cause) -> bad.unreadable(at - offset, bytes, here(cause)));
            target.limit(target.position() + wanted - inside);
        }
        if (inside < wanted) {
            Zeros.fill(target);
            bad.unreadable(
                    position + inside, wanted - inside, Bounds.pastEnd(position + inside, wanted - inside, length));
        }
    }

    private SourceReadException here(SourceReadException e) {
        return e.movedTo(e.position() - offset);
    }

    @Override
    public void close() {}
}
