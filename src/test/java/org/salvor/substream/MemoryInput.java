package org.salvor.substream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An input in memory; ranges of it can be made unreadable. */
final class MemoryInput implements WireInput {
    private final byte[] bytes;
    private final List<long[]> bad = new ArrayList<>();
    long bytesRead;

    MemoryInput(byte[] bytes) {
        this.bytes = bytes;
    }

    MemoryInput bad(long position, long length) {
        bad.add(new long[] {position, length});
        return this;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer target, Unreadable unreadable) {
        long end = position + target.remaining();
        bytesRead += target.remaining();
        ByteBuffer piece = target.slice();
        target.put(bytes, (int) position, target.remaining());
        for (long[] range : bad) {
            long from = Math.max(position, range[0]);
            long to = Math.min(end, range[0] + range[1]);
            for (long at = from; at < to; at++) {
                piece.put((int) (at - position), (byte) 0);
            }
            if (from < to) {
                unreadable.range(from, to - from);
            }
        }
    }
}
