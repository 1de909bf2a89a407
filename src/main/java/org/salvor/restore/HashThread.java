package org.salvor.restore;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Hashes the bytes of one large stream in a thread of its own, a few buffers behind whoever reads and writes them. */
final class HashThread implements AutoCloseable {
    private static final int BUFFERS = 3;

    private final MessageDigest digest;
    private final Semaphore free = new Semaphore(BUFFERS);
    private final Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("restore-hash").factory());

    /** @param digest not to be used by others until {@link #await} or {@link #close} has returned */
    HashThread(MessageDigest digest) {
        this.digest = digest;
    }

    /** Takes a copy of what is left in {@code data}; blocks while the hash is too far behind. */
    void update(ByteBuffer data) {
        free.acquireUninterruptibly();
        byte[] known = buffers.poll();
        int length = data.remaining();
        byte[] buffer = known == null || known.length < length ? new byte[length] : known;
        data.get(buffer, 0, length);
        thread.execute(() -> {
            try {
                digest.update(buffer, 0, length);
                buffers.add(buffer);
            } finally {
                free.release();
            }
        });
    }

    /** Blocks until everything is hashed. */
    void await() {
        free.acquireUninterruptibly(BUFFERS);
        free.release(BUFFERS);
    }

    @Override
    public void close() {
        await();
        thread.shutdown();
    }
}
