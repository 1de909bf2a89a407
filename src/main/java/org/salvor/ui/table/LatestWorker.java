package org.salvor.ui.table;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

/**
 * One background thread that works on the newest request only: a newer one makes the running one stale and takes the place of
 * the one that waits. Results are handed over on the executor given (the UI thread), and only while nothing newer was asked for.
 */
public final class LatestWorker implements AutoCloseable {
    /** Work that gives up early, by {@link Ticket#check}, when nobody waits for it any more. */
    @FunctionalInterface
    public interface Task<T> {
        T run(Ticket ticket) throws RecoveryException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Executor results;
    private @Nullable Runnable waiting;
    private volatile long newest;
    private boolean closed;

    /** @param results where results are handed over */
    public LatestWorker(String name, Executor results) {
        this.results = results;
        Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    /** Asks for this instead of everything asked before. */
    public <T> void submit(Task<T> task, Consumer<T> done, Consumer<Throwable> failed) {
        lock.lock();
        try {
            long number = newest + 1;
            newest = number;
            waiting = () -> run(number, task, done, failed);
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what runs and what waits. */
    public void drop() {
        lock.lock();
        try {
            newest++;
            waiting = null;
        } finally {
            lock.unlock();
        }
    }

    private <T> void run(long number, Task<T> task, Consumer<T> done, Consumer<Throwable> failed) {
        try {
            T value = task.run(() -> newest != number);
            deliver(number, () -> done.accept(value));
        } catch (CancelledException stopped) {
            // Only a newer request stops a task, and that one delivers instead; a task stopped from elsewhere has no
            // result.
            deliver(number, () -> failed.accept(stopped));
        } catch (RecoveryException | RuntimeException | Error problem) {
            deliver(number, () -> failed.accept(problem));
        }
    }

    private void deliver(long number, Runnable result) {
        results.execute(() -> {
            if (newest == number) {
                result.run();
            }
        });
    }

    private void work() {
        while (true) {
            Runnable next;
            lock.lock();
            try {
                while (waiting == null && !closed) {
                    asked.awaitUninterruptibly();
                }
                if (closed) {
                    return;
                }
                next = waiting;
                waiting = null;
            } finally {
                lock.unlock();
            }
            if (next != null) {
                next.run();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            newest++;
            waiting = null;
            asked.signal();
        } finally {
            lock.unlock();
        }
    }
}
