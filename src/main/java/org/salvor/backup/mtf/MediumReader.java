package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.SourceReadException;

/**
 * Small reads that go forward over a medium, for one thread. As long as they follow closely upon each other it reads ahead; over the
 * data of large files it jumps, so that a listing reads no more than headers.
 */
final class MediumReader {
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 64 << 10;

    private final BlockDevice device;
    private byte[] window = new byte[SMALL];
    private long start;
    private int filled;
    private int ahead = SMALL;

    MediumReader(BlockDevice device) {
        this.device = device;
    }

    long size() {
        return device.size();
    }

    /** Bytes that stay as they are; all of them must lie inside the medium. */
    ByteView view(long position, int length, String structure) throws FormatException, SourceReadException {
        if (position < 0 || position > device.size() - length) {
            throw new FormatException(structure, position, length + " bytes", "the end of the medium");
        }
        byte[] bytes = new byte[length];
        if (position < start || position + length > start + filled) {
            fill(position, length);
        }
        System.arraycopy(window, (int) (position - start), bytes, 0, length);
        return ByteView.of(bytes, structure, position);
    }

    private void fill(long position, int length) throws SourceReadException {
        long gap = position - (start + filled);
        ahead = gap >= -SMALL && gap <= SMALL && filled > 0 ? Math.min(LARGE, 2 * ahead) : SMALL;
        int wanted = (int) Math.min(Math.max(length, ahead), device.size() - position);
        if (window.length < wanted) {
            window = new byte[wanted];
        }
        filled = 0;
        try {
            device.read(position, ByteBuffer.wrap(window, 0, wanted));
        } catch (SourceReadException e) {
            // what was read ahead need not be wanted
            wanted = length;
            device.read(position, ByteBuffer.wrap(window, 0, wanted));
        }
        start = position;
        filled = wanted;
    }
}
