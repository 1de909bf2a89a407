package org.salvor.ui.shell;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * The one way from other threads to the UI thread. What is waiting runs once per pulse, in order, for at most 8 ms; the rest
 * waits for the next pulse, so that a flood of results never keeps the window from being drawn. Never within the pulse itself: a task
 * that opens a window would there let Windows begin another pulse inside the first, which JavaFX does not survive.
 */
public final class FxQueue implements Executor {
    private static final long SLICE_NANOS = 8_000_000;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AnimationTimer perPulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            slice();
        }
    };

    /** On the UI thread: a slice comes when this pulse is over. */
    private boolean due;

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (running.compareAndSet(false, true)) {
            Platform.runLater(perPulse::start);
        }
    }

    private void slice() {
        if (!due) {
            due = true;
            Platform.runLater(this::drain);
        }
    }

    private void drain() {
        due = false;
        long end = System.nanoTime() + SLICE_NANOS;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            guarded(task);
            if (System.nanoTime() > end) {
                return;
            }
        }
        perPulse.stop();
        running.set(false);
        if (!waiting.isEmpty() && running.compareAndSet(false, true)) {
            perPulse.start();
        }
    }

    /** A bug in one task must neither end the timer nor vanish: it goes where uncaught exceptions go. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
