package org.salvor.restore;

import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.salvor.recovery.PreparedFile;

/** In place of a sidecar where there is one already: what does not fit on the file is noted, and written nowhere. */
final class NotedParts extends Sidecar {
    NotedParts(Path folder) {
        super(folder);
    }

    @Override
    SeekableByteChannel open(String file) {
        return new Nowhere();
    }

    @Override
    void finish(PreparedFile file, long size, String sha256) {}

    /** Takes everything and keeps its length only. */
    private static final class Nowhere implements SeekableByteChannel {
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
}
