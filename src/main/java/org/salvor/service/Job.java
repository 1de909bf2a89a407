package org.salvor.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

/**
 * Long work on a thread of its own. Its state may be read from any thread at any time; nothing is ever interrupted: pause and
 * cancel are asked for, and the work obeys at its next checkpoint.
 */
public final class Job<T> {
    /** The work itself: blocking, plain Java. */
    @FunctionalInterface
    public interface Work<T> {
        T run(JobMonitor monitor) throws Exception;
    }

    /** Where a job is. */
    public enum State {
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED,
        FAILED
    }

    private static final int MAX_PROBLEMS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final List<Problem> problems = new ArrayList<>();
    private final long startedNanos = System.nanoTime();
    private volatile Progress progress = Progress.NONE;
    private volatile State state = State.RUNNING;
    private volatile boolean cancelled;
    private volatile boolean paused;
    private volatile int problemCount;
    private volatile int noteCount;
    private volatile long endedNanos;
    private long pausedNanos;

    private Job() {}

    /** Starts the work at once on a new daemon thread of this name. */
    public static <T> Job<T> start(String name, Work<T> work) {
        Job<T> job = new Job<>();
        Thread.ofPlatform().daemon().name(name).start(() -> job.run(work));
        return job;
    }

    private void run(Work<T> work) {
        try {
            T value = work.run(new Monitor());
            end(State.DONE);
            result.complete(value);
        } catch (CancelledException e) {
            end(State.CANCELLED);
            result.completeExceptionally(e);
        } catch (Throwable e) {
            end(State.FAILED);
            result.completeExceptionally(e);
        }
    }

    private void end(State last) {
        endedNanos = System.nanoTime();
        state = last;
    }

    public State state() {
        return paused && state == State.RUNNING ? State.PAUSED : state;
    }

    public Progress progress() {
        return progress;
    }

    /** The first ten thousand problems, oldest first. */
    public List<Problem> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    /** How many of {@link #problemCount()} only say what is good to know. */
    public int noteCount() {
        return noteCount;
    }

    /** All problems and notes told so far, also those past the first ten thousand. */
    public int problemCount() {
        return problemCount;
    }

    /** Completes with the value, or exceptionally with what ended the work. Never cancel it: use {@link #cancel}. */
    public CompletableFuture<T> result() {
        return result;
    }

    /** Time worked so far, pauses left out. */
    public double seconds() {
        lock.lock();
        try {
            long end = endedNanos == 0 ? System.nanoTime() : endedNanos;
            return (end - startedNanos - pausedNanos) / 1e9;
        } finally {
            lock.unlock();
        }
    }

    /** The work stops at its next checkpoint; nothing is read meanwhile. */
    public void pause() {
        paused = true;
    }

    public void proceed() {
        lock.lock();
        try {
            paused = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The failure that ended the work, or null. */
    public @Nullable Throwable failure() {
        return state == State.FAILED ? result.exceptionNow() : null;
    }

    private final class Monitor implements JobMonitor {
        @Override
        public void progress(Progress now) {
            progress = now;
        }

        @Override
        public void problem(Problem problem) {
            synchronized (problems) {
                if (problems.size() < MAX_PROBLEMS) {
                    problems.add(problem);
                }
                problemCount++;
                noteCount += problem.severity() == Problem.Severity.NOTE ? 1 : 0;
            }
        }

        @Override
        public void checkpoint() throws CancelledException {
            if (cancelled) {
                throw new CancelledException();
            }
            if (!paused) {
                return;
            }
            lock.lock();
            try {
                long from = System.nanoTime();
                while (paused && !cancelled) {
                    changed.awaitUninterruptibly();
                }
                pausedNanos += System.nanoTime() - from;
            } finally {
                lock.unlock();
            }
            if (cancelled) {
                throw new CancelledException();
            }
        }
    }
}
