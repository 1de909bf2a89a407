package org.salvor.mutation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.salvor.EditableImage;
import org.salvor.TestImages;
import org.salvor.fault.RecoveryException;

/** Runs a subject over many mutations of one image on two threads, each within a time limit. */
final class Campaign {
    private static final int THREADS = 2;

    /** Of the processor: what else the computer does, and how long the threads wait for it, makes no failure. */
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

    /** For what neither works nor ends. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int MAX_FAILURES = 5;

    /** What is done with each damaged image. A RecoveryException is a fine answer; anything else that is thrown is a bug. */
    @FunctionalInterface
    interface Subject {
        void run(EditableImage image, long seed) throws RecoveryException;
    }

    private record Running(long seed, long since, long busySince) {}

    private final String image;
    private final Mutator mutator;
    private final Subject subject;
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    Campaign(String image, Subject subject) {
        this.image = image;
        this.mutator = new Mutator(TestImages.open(image));
        this.subject = subject;
    }

    /** The failures, each with image and seed; empty if all is well. */
    List<String> run(long from, long count) throws InterruptedException {
        long started = System.nanoTime();
        AtomicLong next = new AtomicLong(from);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                long seed;
                while (failures.size() < MAX_FAILURES && (seed = next.getAndIncrement()) < from + count) {
                    one(seed);
                }
            }));
        }
        for (Thread thread : threads) {
            while (thread.isAlive() && !hung()) {
                thread.join(200);
            }
        }
        System.out.printf(
                "%s: %d mutations, %d read, %d refused, %.1f s, %.2f ms of the processor each, at most %d ms%n",
                image,
                answered.get() + refused.get() + failures.size(),
                answered.get(),
                refused.get(),
                (System.nanoTime() - started) / 1e9,
                busy.get() / 1e6 / count,
                longest.get() / 1_000_000);
        return List.copyOf(failures);
    }

    private void one(long seed) {
        long busySince = clock.getCurrentThreadCpuTime();
        running.put(Thread.currentThread(), new Running(seed, System.nanoTime(), busySince));
        try {
            subject.run(mutator.mutate(seed), seed);
            answered.incrementAndGet();
        } catch (RecoveryException e) {
            refused.incrementAndGet();
        } catch (Throwable e) {
            failures.add(image + " " + seed + ": " + trace(e));
        } finally {
            running.remove(Thread.currentThread());
            long spent = clock.getCurrentThreadCpuTime() - busySince;
            busy.addAndGet(spent);
            longest.accumulateAndGet(spent, Math::max);
        }
    }

    private boolean hung() {
        for (Map.Entry<Thread, Running> entry : running.entrySet()) {
            Running now = entry.getValue();
            Thread thread = entry.getKey();
            long worked = clock.getThreadCpuTime(thread.threadId()) - now.busySince();
            if (worked > BUSY_LIMIT.toNanos() || System.nanoTime() - now.since() > LIMIT.toNanos()) {
                StringBuilder where = new StringBuilder();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    where.append("\n    ").append(frame);
                }
                failures.add("%s %d: does not end; %d ms of the processor until now%s"
                        .formatted(image, now.seed(), worked / 1_000_000, where));
                return true;
            }
        }
        return false;
    }

    private static String trace(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(12, frames.length); i++) {
            text.append("\n    ").append(frames[i]);
        }
        return text.toString();
    }
}
