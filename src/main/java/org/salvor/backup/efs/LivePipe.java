package org.salvor.backup.efs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/**
 * An export on its way from the system, which gives it piece by piece on a thread of its own, to a reader; no more than a few pieces wait
 * in between. Closing it early makes the system stop, and waits until it has let go of the file. For one reader at a time.
 */
final class LivePipe implements AutoCloseable {
    private static final int PIECES = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;

    /** The piece that is being read, and how much of it was. */
    private byte[] current = new byte[0];

    private int taken;

    LivePipe(LiveOpener.Saving system, Path file) {
        Thread.ofPlatform().daemon().name("efs-export").start(() -> give(system, file));
    }

    private void give(LiveOpener.Saving system, Path file) {
        Throwable why = null;
        try {
            system.save(file, new Pieces());
        } catch (Throwable e) {
            why = e; // for the reader: it is thrown where the export breaks off
        }
        lock.lock();
        try {
            failure = why;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fills {@code to} from its beginning, less at the end of the export.
     *
     * @return bytes, -1 if there are none left and the system says that this was all
     * @throws RecoveryException the system did not give the rest
     */
    int read(byte[] to, int length) throws RecoveryException {
        int count = 0;
        while (count < length && (taken < current.length || next())) {
            int part = Math.min(length - count, current.length - taken);
            System.arraycopy(current, taken, to, count, part);
            taken += part;
            count += part;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    /** Whether there is another piece. */
    private boolean next() throws RecoveryException {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            byte[] piece = pieces.poll();
            if (piece != null) {
                current = piece;
                taken = 0;
                changed.signalAll();
                return true;
            }
            switch (failure) {
                case null -> {
                    return false;
                }
                case RecoveryException e -> throw new RecoveryException(String.valueOf(e.getMessage()), e);
                case IOException e -> throw new RecoveryException(String.valueOf(e.getMessage()), e);
                case Throwable e -> throw new IllegalStateException("an encrypted file could not be read", e);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            while (!ended) {
                changed.awaitUninterruptibly();
            }
            pieces.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Where the system puts what it gives; waits while the reader has enough. */
    private final class Pieces extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            lock.lock();
            try {
                while (pieces.size() >= PIECES && !closed) {
                    changed.awaitUninterruptibly();
                }
                if (closed) {
                    throw new IOException("nobody reads the rest");
                }
                if (length > 0) {
                    pieces.add(Arrays.copyOfRange(bytes, from, from + length));
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
