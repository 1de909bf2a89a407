package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.HostFiles;

/**
 * Brings a large file to the medium while it is still being written, from a thread of its own, so that the sync of its batch
 * finds little left to do. What goes wrong there is told by the next call.
 */
final class EarlyWriting implements AutoCloseable {
    /** Little enough for a medium to have always something to write, and much enough for what each flush of its cache costs. */
    static final long STEP = 64 << 20;

    private final HostFiles host;
    private final Path file;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("restore-early").factory());
    private @Nullable Future<?> flush;
    private long waiting;

    EarlyWriting(HostFiles host, Path file) {
        this.host = host;
        this.file = file;
    }

    /** So many bytes more were written. Waits for nothing. */
    void grown(long bytes) throws IOException {
        waiting += bytes;
        if (waiting >= STEP && (flush == null || flush.isDone())) {
            finish();
            waiting = 0;
            flush = thread.submit(() -> {
                host.flush(file);
                return file;
            });
        }
    }

    /** Waits for what is under way. */
    void finish() throws IOException {
        Future<?> last = flush;
        flush = null;
        if (last == null) {
            return;
        }
        try {
            last.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (CancellationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does not wait: the medium may be slow, and whoever cancels shall not. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
