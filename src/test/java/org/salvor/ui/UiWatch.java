package org.salvor.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/**
 * Looks how long the UI thread works without a pause while something happens. What counts is its own processor time, so that a busy
 * machine makes no difference.
 */
final class UiWatch implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long uiThread;
    private final Thread watcher;
    private volatile boolean ended;
    private volatile long longestNanos;

    UiWatch() {
        uiThread = FxTest.fx(() -> Thread.currentThread().threadId());
        watcher = Thread.ofPlatform().daemon().name("ui-watch").start(this::watch);
    }

    private void watch() {
        while (!ended) {
            CountDownLatch answered = new CountDownLatch(1);
            long before = THREADS.getThreadCpuTime(uiThread);
            Platform.runLater(answered::countDown);
            try {
                if (!answered.await(1, TimeUnit.MINUTES)) {
                    longestNanos = Long.MAX_VALUE;
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            longestNanos = Math.max(longestNanos, THREADS.getThreadCpuTime(uiThread) - before);
        }
    }

    /** The longest stretch so far. */
    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        watcher.join();
    }
}
