package org.salvor.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.salvor.fault.SourceReadException;

/** A disk with chosen faults: bad ranges, ranges that fail some times and then read, slow reads, a cable pulled. Counts what is asked of it. */
public final class FaultyDevice implements BlockDevice {
    private record Fault(long position, long length, AtomicLong timesLeft) {}

    private final BlockDevice device;
    private final List<Fault> faults = new ArrayList<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Long> failedAt = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile long goneAfter = Long.MAX_VALUE;

    public FaultyDevice(BlockDevice device) {
        this.device = device;
    }

    /** Every read that touches this range fails. */
    public FaultyDevice failing(long position, long length) {
        return failing(position, length, Long.MAX_VALUE);
    }

    /** The first {@code times} reads that touch this range fail. */
    public FaultyDevice failing(long position, long length, long times) {
        faults.add(new Fault(position, length, new AtomicLong(times)));
        return this;
    }

    /** Each read takes at least so long. */
    public FaultyDevice slow(Duration each) {
        delay = each;
        return this;
    }

    /** After so many further reads every read fails, until {@link #comeBack}. */
    public FaultyDevice goneAfter(long furtherReads) {
        goneAfter = reads.get() + furtherReads;
        return this;
    }

    public void comeBack() {
        goneAfter = Long.MAX_VALUE;
    }

    /** Reads asked until now. */
    public long reads() {
        return reads.get();
    }

    /** Bytes given until now. */
    public long bytesRead() {
        return bytes.get();
    }

    /** Where reads failed, in order. */
    public List<Long> failedAt() {
        return failedAt;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int sectorSize() {
        return device.sectorSize();
    }

    @Override
    public String describe() {
        return device.describe();
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        long number = reads.incrementAndGet();
        long until = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        int length = target.remaining();
        if (number > goneAfter) {
            failedAt.add(position);
            throw new SourceReadException(position, length, "no such device", null);
        }
        for (Fault fault : faults) {
            if (position < fault.position + fault.length
                    && fault.position < position + length
                    && fault.timesLeft.getAndUpdate(n -> n == 0 || n == Long.MAX_VALUE ? n : n - 1) > 0) {
                failedAt.add(position);
                throw new SourceReadException(position, length, "input/output error", null);
            }
        }
        device.read(position, target);
        bytes.addAndGet(length);
    }

    @Override
    public void close() {
        device.close();
    }
}
