package org.salvor.windows.disk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * The bytes of a disk or volume. Windows reads them in whole sectors only, into memory that is aligned as they are: so every read goes
 * through a page-aligned buffer. The position travels with each call, so that several threads may read at once.
 */
final class WindowsDisk implements BlockDevice {
    private static final int ALLOW_EXTENDED_DASD_IO = 0x00090083;
    private static final int PIECE = 1 << 20;
    private static final int PAGE = 4096;
    private static final int OVERLAPPED = 32;
    private static final int MOST_IDLE = 4;

    /** A buffer of one read, and the structure that carries its position. */
    private record Lane(Memory whole, com.sun.jna.Pointer data, Memory position) {
        static Lane fresh() {
            Memory whole = new Memory(PIECE + PAGE);
            return new Lane(whole, whole.align(PAGE), new Memory(OVERLAPPED));
        }
    }

    private final DiskCalls calls;
    private final Handle handle;
    private final String name;
    private final Volumes.Geometry geometry;
    private final ConcurrentLinkedQueue<Lane> idle = new ConcurrentLinkedQueue<>();

    /** Readers share it; who closes waits for them: a handle must not go away under a read. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private WindowsDisk(DiskCalls calls, Handle handle, String name, Volumes.Geometry geometry) {
        this.calls = calls;
        this.handle = handle;
        this.name = name;
        this.geometry = geometry;
    }

    /** Takes the handle over, also where it throws. */
    static WindowsDisk of(DiskCalls calls, Handle handle, String name) throws CallException {
        try {
            // without it the last sectors of a volume, where NTFS keeps the copy of its boot sector, cannot be read; a
            // disk does not know it
            handle.ask(ALLOW_EXTENDED_DASD_IO, new byte[0], 0);
        } catch (CallException e) {
            System.getLogger("org.salvor.windows").log(System.Logger.Level.DEBUG, "extended reads: {0}", e.code());
        }
        try {
            return new WindowsDisk(calls, handle, name, Volumes.geometry(handle));
        } catch (CallException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return geometry.size();
    }

    @Override
    public int sectorSize() {
        return geometry.sector();
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        if (position < 0 || position > size() - target.remaining()) {
            throw new SourceReadException(position, target.remaining(), Messages.get("device.past-end", size()), null);
        }
        use.readLock().lock();
        Lane lane = idle.poll();
        try {
            if (closed) {
                throw new SourceReadException(position, target.remaining(), Messages.get("device.closed"), null);
            }
            lane = lane == null ? Lane.fresh() : lane;
            for (long at = position; target.hasRemaining(); ) {
                at += piece(at, target, lane);
            }
        } finally {
            if (lane != null && idle.size() < MOST_IDLE) {
                idle.add(lane);
            }
            use.readLock().unlock();
        }
    }

    /** Reads the sectors around what is wanted, and gives how much of it that was. */
    private int piece(long at, ByteBuffer target, Lane lane) throws SourceReadException {
        int sector = geometry.sector();
        int before = (int) (at % sector);
        int wanted = Math.min(target.remaining(), PIECE - before);
        int sectors = Math.ceilDiv(before + wanted, sector) * sector;
        // a volume need not end with a whole sector of its disk; what is asked for past its end Windows refuses
        int count = (int) Math.min(sectors, size() - (at - before));
        long from = at - before;
        lane.position().clear();
        lane.position().setInt(16, (int) from);
        lane.position().setInt(20, (int) (from >>> 32));
        IntByReference read = new IntByReference();
        if (calls.ReadFile(handle.pointer(), lane.data(), count, read, lane.position()) == 0) {
            CallException cause = new CallException(Native.getLastError());
            throw new SourceReadException(at, target.remaining(), String.valueOf(cause.getMessage()), cause);
        }
        int got = Math.min(Math.min(read.getValue(), count) - before, wanted);
        if (got <= 0) {
            throw new SourceReadException(at, target.remaining(), Messages.get("device.shrunk"), null);
        }
        target.put(lane.data().getByteBuffer(before, got));
        return got;
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                handle.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
