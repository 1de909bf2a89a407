package org.salvor.restore;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.salvor.recovery.HostFiles;

/**
 * Lets the system bring a large file to the medium while it is still being written, so that the sync of its batch finds little
 * left to do. The hint is given from a thread of its own: with a slow medium the system makes whoever gives it wait.
 */
final class EarlyWriting implements AutoCloseable {
    /** Little enough for a medium to have always something to write, and much enough to be written in one go. */
    private static final long STEP = 16 << 20;

    private final HostFiles host;
    private final Path file;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("restore-early").factory());
    private final AtomicBoolean busy = new AtomicBoolean();
    private long waiting;

    EarlyWriting(HostFiles host, Path file) {
        this.host = host;
        this.file = file;
    }

    /** So many bytes more were written. */
    void grown(long bytes) {
        waiting += bytes;
        if (waiting >= STEP && busy.compareAndSet(false, true)) {
            waiting = 0;
            thread.execute(() -> {
                host.startWriting(file);
                busy.set(false);
            });
        }
    }

    /** Does not wait for the hint that may be under way. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
