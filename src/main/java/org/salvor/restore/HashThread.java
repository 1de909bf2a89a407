package org.salvor.restore;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the bytes of one large stream in a thread of its own, a few buffers behind whoever reads and writes them. They are
 * hashed where they were read to: ask for {@link #space}, fill it, and give it to {@link #update}.
 */
final class HashThread implements AutoCloseable {
    static final int BUFFERS = 6;

    private final MessageDigest digest;
    private final Spaces spaces;
    private final Semaphore free = new Semaphore(BUFFERS);
    private final Queue<ByteBuffer> hashed = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("restore-hash").factory());

    /** The one that the caller may fill now. */
    private @Nullable ByteBuffer space;

    /** @param digest not to be used by others until {@link #await} or {@link #close} has returned */
    HashThread(MessageDigest digest, Spaces spaces) {
        this.digest = digest;
        this.spaces = spaces;
    }

    /** An empty buffer, the same one until it is hashed; blocks while the hash is too far behind. */
    ByteBuffer space() {
        ByteBuffer current = space;
        if (current == null) {
            free.acquireUninterruptibly();
            ByteBuffer known = hashed.poll();
            current = known != null ? known : spaces.take();
            space = current;
        }
        return current.clear();
    }

    /**
     * Hashes what is left in {@code data}, which stays as it is. The {@link #space} must not be changed until it is given out
     * again; other buffers are copied.
     */
    void update(ByteBuffer data) {
        if (data == space) {
            hash(data);
            return;
        }
        for (int at = data.position(); at < data.limit(); ) {
            ByteBuffer copy = space();
            int length = Math.min(copy.remaining(), data.limit() - at);
            hash(copy.put(data.slice(at, length)).flip());
            at += length;
        }
    }

    private void hash(ByteBuffer full) {
        space = null;
        ByteBuffer view = full.duplicate();
        thread.execute(() -> {
            try {
                digest.update(view);
                hashed.add(full);
            } finally {
                free.release();
            }
        });
    }

    /** Blocks until everything is hashed. */
    void await() {
        int given = space == null ? BUFFERS : BUFFERS - 1;
        free.acquireUninterruptibly(given);
        free.release(given);
    }

    @Override
    public void close() {
        await();
        thread.shutdown();
        hashed.forEach(spaces::give);
        if (space != null) {
            spaces.give(space);
        }
    }
}
