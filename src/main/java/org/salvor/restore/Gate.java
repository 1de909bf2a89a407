package org.salvor.restore;

import java.util.concurrent.atomic.AtomicLong;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

/** What the workers of one job see as their monitor: they stop together, and their progress is told as one. */
final class Gate {
    private static final long TELL_EVERY_NANOS = 100_000_000;

    private final JobMonitor monitor;
    private final long bytesTotal;
    private final long itemsTotal;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong told = new AtomicLong(System.nanoTime());
    private volatile boolean closed;

    Gate(JobMonitor monitor, long bytesTotal, long itemsTotal) {
        this.monitor = monitor;
        this.bytesTotal = bytesTotal;
        this.itemsTotal = itemsTotal;
    }

    /** From now on each checkpoint throws. */
    void shut() {
        closed = true;
    }

    boolean isShut() {
        return closed;
    }

    /** A file is done, one way or another. */
    void item() {
        items.incrementAndGet();
    }

    void tell() {
        monitor.progress(new Progress("restore", bytes.get(), bytesTotal, items.get(), itemsTotal));
    }

    /** The monitor for the work on one file: progress in it is the number of its bytes done. */
    JobMonitor forOneFile() {
        return new JobMonitor() {
            private long done;

            @Override
            public void progress(Progress progress) {
                if (progress.bytesDone() > done) {
                    bytes.addAndGet(progress.bytesDone() - done);
                    done = progress.bytesDone();
                }
                long last = told.get();
                if (System.nanoTime() - last > TELL_EVERY_NANOS && told.compareAndSet(last, System.nanoTime())) {
                    tell();
                }
            }

            @Override
            public void problem(Problem problem) {
                monitor.problem(problem);
            }

            @Override
            public void checkpoint() throws CancelledException {
                if (closed) {
                    throw new CancelledException();
                }
                monitor.checkpoint();
            }
        };
    }
}
