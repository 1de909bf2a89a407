package org.salvor.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;

/**
 * Watches how long the UI thread is kept at one go. A look at the clock stands in the thread's queue all the time: when one is
 * taken, the next is queued a tenth of a millisecond later. What runs between two looks is one piece of work, as it is to a key
 * or a click that waits meanwhile; pieces queued within the same tenth of a millisecond count as one, so that the figure is
 * rather too large than too small.
 */
public final class FxWatch implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long PAUSE_NANOS = 100_000;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean over;
    private volatile long longest;
    private volatile long mostWork;
    private long clock;
    private long work;

    /** Watches from now on. */
    public FxWatch() {
        Platform.runLater(() -> {
            mark();
            Platform.runLater(this::look);
        });
    }

    private void look() {
        longest = Math.max(longest, System.nanoTime() - clock);
        mostWork = Math.max(mostWork, THREADS.getCurrentThreadCpuTime() - work);
        if (over) {
            ended.countDown();
            return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        mark();
        Platform.runLater(this::look);
    }

    private void mark() {
        clock = System.nanoTime();
        work = THREADS.getCurrentThreadCpuTime();
    }

    /** Milliseconds on the clock of the longest piece so far. */
    public double longest() {
        return longest / 1e6;
    }

    /** Milliseconds of processor time of the piece that took most of it so far; less than {@link #longest} on a busy machine. */
    public double mostWork() {
        return mostWork / 1e6;
    }

    /** Ends with what is queued now. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        ended.await();
    }
}
