package org.salvor.windows.backup;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.WireFollower;
import org.salvor.substream.WireInput;
import org.salvor.text.Messages;
import org.salvor.windows.WindowsException;

/**
 * The streams of a file as BackupRead gives them, at any position. Going forward passes over data by BackupSeek; going back begins
 * again. Data on sectors that give no answer are passed over too, and told.
 */
final class LiveInput implements WireInput, AutoCloseable {
    private static final int WINDOW = 64 << 10;

    private final Kernel kernel;
    private final Path path;
    private final JobMonitor monitor;
    private final Memory memory = new Memory(WINDOW);
    private final ByteBuffer window = memory.getByteBuffer(0, WINDOW);
    private BackupReading reading;
    private WireFollower follower = new WireFollower();

    /** Position of the first byte in the window. */
    private long start;

    /** Whether what is in the window stands for bytes that cannot be read. */
    private boolean bad;

    private final long size;

    LiveInput(Kernel kernel, Path path, JobMonitor monitor) throws RecoveryException {
        this.kernel = kernel;
        this.path = path;
        this.monitor = monitor;
        window.limit(0);
        try {
            reading = new BackupReading(kernel, path);
        } catch (WindowsException e) {
            throw new RecoveryException(String.valueOf(e.getMessage()), e);
        }
        try {
            size = measured();
        } catch (RecoveryException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Windows does not tell how long the sequence is: it is gone through once, past all data. */
    private long measured() throws RecoveryException {
        while (true) {
            monitor.checkpoint();
            if (follower.left() >= WINDOW) {
                skip(follower.left());
            } else if (!filled()) {
                return end();
            }
        }
    }

    /** Position behind the last byte that came. */
    private long end() {
        return start + window.limit();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target, Unreadable unreadable) throws RecoveryException {
        if (position < start) {
            again();
        }
        long at = position;
        while (target.hasRemaining()) {
            monitor.checkpoint();
            forward(at);
            int from = (int) (at - start);
            int part = Math.min(target.remaining(), window.limit() - from);
            target.put(window.slice(from, part));
            if (bad) {
                unreadable.range(at, part);
            }
            at += part;
        }
    }

    /** Brings the position into the window. */
    private void forward(long position) throws RecoveryException {
        while (position >= end()) {
            long gap = Math.min(follower.left(), position - end());
            if (gap >= WINDOW) {
                skip(gap);
            } else if (!filled()) {
                throw new RecoveryException(Messages.get("windows.backup.changed", path));
            }
        }
    }

    private void again() throws RecoveryException {
        reading.close();
        try {
            reading = new BackupReading(kernel, path);
        } catch (WindowsException e) {
            throw new RecoveryException(String.valueOf(e.getMessage()), e);
        }
        follower = new WireFollower();
        start = 0;
        window.limit(0);
    }

    private void skip(long bytes) throws RecoveryException {
        try {
            reading.skip(bytes);
        } catch (WindowsException e) {
            throw new RecoveryException(String.valueOf(e.getMessage()), e);
        }
        follower.skip(bytes);
        start = end() + bytes;
        window.limit(0);
    }

    /** Reads the next piece; false at the end. */
    private boolean filled() throws RecoveryException {
        start = end();
        window.limit(0);
        bad = false;
        int count;
        try {
            count = reading.read(memory);
        } catch (WindowsException e) {
            if (!e.medium() || follower.left() == 0) {
                throw new RecoveryException(String.valueOf(e.getMessage()), e);
            }
            passOver();
            return true;
        }
        if (count < 0 || count > WINDOW) {
            throw new RecoveryException(Messages.get("windows.backup.changed", path));
        }
        window.limit(count);
        follower.accept(window.slice(0, count));
        return count > 0;
    }

    /** Data that give no answer: a window of zeros in their place. */
    private void passOver() throws RecoveryException {
        int count = (int) Math.min(follower.left(), WINDOW);
        skip(count);
        start -= count;
        memory.clear();
        window.limit(count);
        bad = true;
    }

    @Override
    public void close() {
        reading.close();
        memory.close();
    }
}
