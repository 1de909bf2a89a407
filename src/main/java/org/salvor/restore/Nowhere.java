package org.salvor.restore;

import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Takes everything, and keeps nothing but where it stands. */
final class Nowhere implements SeekableByteChannel {
    private long position;
    private boolean open = true;

    @Override
    public int write(ByteBuffer source) {
        int length = source.remaining();
        source.position(source.limit());
        position += length;
        return length;
    }

    @Override
    public int read(ByteBuffer target) {
        throw new NonReadableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    /** Never shorter than what was to be written, whose last part may be a hole. */
    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
