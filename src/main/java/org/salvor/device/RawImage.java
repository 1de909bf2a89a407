package org.salvor.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * The bytes of one file, or of a device node, as they stand: a raw image. Opened for reading only.
 *
 * <p>An interrupt closes a {@link FileChannel} for all its users. Nothing in Salvor interrupts a thread that reads, but a
 * toolkit or a test might: the channel is then opened again, and the interrupted thread keeps its mark.
 */
public final class RawImage implements BlockDevice {
    /** A read into the heap goes through a direct buffer that the JDK keeps for each thread; pieces keep it small. */
    private static final int PIECE = 1 << 20;

    private final Path path;
    private final String name;
    private final long size;
    private final int sectorSize;
    private final Object reopening = new Object();
    private volatile FileChannel channel;
    private volatile boolean closed;

    private RawImage(Path path, String name, FileChannel channel, long size, int sectorSize) {
        this.path = path;
        this.name = name;
        this.channel = channel;
        this.size = size;
        this.sectorSize = sectorSize;
    }

    /** A file with sectors of 512 bytes. */
    public static RawImage open(Path file) throws RecoveryException {
        FileChannel channel = channel(file);
        try {
            return new RawImage(file, file.toString(), channel, channel.size(), 512);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("device.unreadable", file, Reasons.of(e)), e);
        }
    }

    /** A device node, whose size and sector size the caller knows from the operating system. */
    public static RawImage ofDevice(Path node, String name, long size, int sectorSize) throws RecoveryException {
        return new RawImage(node, name, channel(node), size, sectorSize);
    }

    private static FileChannel channel(Path path) throws RecoveryException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("device.unreadable", path, Reasons.of(e)), e);
        }
    }

    @Override
    public long size() {
        return size;
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
        Bounds.check(position, target.remaining(), size);
        int start = target.position();
        int end = target.limit();
        boolean interrupted = false;
        try {
            while (target.position() < end) {
                target.limit(Math.min(end, target.position() + PIECE));
                long at = position + target.position() - start;
                FileChannel used = channel;
                try {
                    if (used.read(target, at) < 0) {
                        throw new SourceReadException(at, end - target.position(), Messages.get("device.shrunk"), null);
                    }
                } catch (AsynchronousCloseException e) {
                    interrupted |= Thread.interrupted();
                    reopen(used, at, e);
                } catch (ClosedChannelException e) {
                    reopen(used, at, e);
                }
            }
        } catch (IOException e) {
            throw new SourceReadException(
                    position + target.position() - start, end - target.position(), Reasons.of(e), e);
        } finally {
            target.limit(end);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reopen(FileChannel broken, long at, IOException cause) throws IOException, SourceReadException {
        synchronized (reopening) {
            if (closed) {
                throw new SourceReadException(at, 0, Messages.get("device.closed"), cause);
            }
            if (channel == broken) {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            }
        }
    }

    @Override
    public void close() {
        synchronized (reopening) {
            closed = true;
            Quiet.close(channel);
        }
    }
}
