package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * The export of a file that the system gives from front to back only, at any position: going back means asking for it again. The file is
 * read by one pipe at a time, whoever asks, because the system may not give it twice at once. Safe for use by several threads.
 */
final class LiveExport implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final LiveOpener.Saving system;
    private final Path file;
    private @Nullable LivePipe pipe;

    /** How much of the export went through the pipe. */
    private long position;

    LiveExport(LiveOpener.Saving system, Path file) {
        this.system = system;
        this.file = file;
    }

    /** The export as a content of this size, which is what it had when it was listed: another size is a change, and told as such. */
    BackupContent content(long size) {
        return new WholeExport(new Bytes(size, true), this::close);
    }

    /** The export while nobody knows its size yet, to look at its beginning. */
    ChunkSource beginning() {
        return new Bytes(Long.MAX_VALUE, false);
    }

    /** Hears of the bytes so far. */
    @FunctionalInterface
    interface Passed {
        void bytes(long count) throws RecoveryException;
    }

    /** Reads all of it to know its size in bytes. */
    synchronized long measure(Passed passed) throws RecoveryException {
        byte[] piece = new byte[PIECE];
        try {
            long size = 0;
            for (int count = read(0, piece, PIECE); count > 0; count = read(size, piece, PIECE)) {
                size += count;
                passed.bytes(size);
            }
            return size;
        } finally {
            close();
        }
    }

    /** @return bytes, less than {@code length} only at the end; -1 behind it */
    private synchronized int read(long from, byte[] to, int length) throws RecoveryException {
        try {
            LivePipe open = pipe;
            if (open == null || from < position) {
                close();
                open = new LivePipe(system, file);
                pipe = open;
                position = 0;
            }
            while (position < from) {
                int passed = open.read(to, (int) Math.min(length, from - position));
                if (passed < 0) {
                    return -1;
                }
                position += passed;
            }
            int count = open.read(to, length);
            position += Math.max(0, count);
            return count;
        } catch (RecoveryException e) {
            close();
            throw e;
        }
    }

    /** Lets go of the file; it may be read again. */
    @Override
    public synchronized void close() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
        }
    }

    /** For one reader: the last piece is kept, because headers are looked at twice. */
    private final class Bytes implements ChunkSource {
        private final long size;
        private final boolean known;
        private final byte[] piece = new byte[PIECE];
        private final byte[] more = new byte[1];
        private long start;
        private int count;

        Bytes(long size, boolean known) {
            this.size = size;
            this.known = known;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public Chunk at(long from, int limit) throws RecoveryException {
            if (from < start || from >= start + count) {
                fill(from, (int) Math.min(PIECE, size - from));
            }
            int offset = (int) (from - start);
            return new Chunk.Bytes(from, ByteBuffer.wrap(piece, offset, Math.min(limit, count - offset)));
        }

        /** The last piece is given only when the system has said that it is the last. */
        private void fill(long from, int length) throws RecoveryException {
            count = 0;
            int got = read(from, piece, length);
            boolean changed = known ? got < length || from + got == size && read(size, more, 1) > 0 : got <= 0;
            if (changed) {
                throw new RecoveryException(Messages.get("efs.live-changed", file));
            }
            start = from;
            count = got;
        }
    }
}
