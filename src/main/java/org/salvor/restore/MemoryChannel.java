package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A small file in memory, up to a fixed size. */
final class MemoryChannel implements SeekableByteChannel {
    private final int limit;
    private byte[] data = {};
    private int position;
    private int size;
    private boolean open = true;

    MemoryChannel(int limit) {
        this.limit = limit;
    }

    /** The first {@code length} bytes; zeros where nothing was written. */
    byte[] content(long length) throws IOException {
        if (length > limit) {
            throw new IOException("more than " + limit + " bytes");
        }
        return Arrays.copyOf(Arrays.copyOf(data, (int) Math.min(size, length)), (int) length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (position > limit - length) {
            throw new IOException("more than " + limit + " bytes");
        }
        if (data.length < position + length) {
            data = Arrays.copyOf(data, Math.min(limit, Math.max(position + length, 2 * data.length)));
        }
        source.get(data, position, length);
        position += length;
        size = Math.max(size, position);
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
    public SeekableByteChannel position(long newPosition) throws IOException {
        if (newPosition < 0 || newPosition > limit) {
            throw new IOException("more than " + limit + " bytes");
        }
        position = (int) newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        size = (int) Math.min(size, newSize);
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
