package org.salvor.windows.efs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

/**
 * What went wrong inside a callback. An exception that left it would reach Windows as 0, which means "all is well": so it is kept here,
 * Windows gets an error, and the cause is thrown again when the function has returned.
 */
final class Carried {
    static final int CANCELLED = 1223;
    static final int DEVICE_ERROR = 1117;

    /** Work that may throw anything. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, RecoveryException;
    }

    private volatile @Nullable Throwable cause;

    /** Runs the work and returns the error for Windows; once something went wrong nothing is run any more. */
    int run(Work work) {
        if (cause != null) {
            return DEVICE_ERROR;
        }
        try {
            work.run();
            return 0;
        } catch (CancelledException e) {
            cause = e;
            return CANCELLED;
        } catch (Throwable e) {
            cause = e;
            return DEVICE_ERROR;
        }
    }

    /** Throws what went wrong, if anything did. */
    void rethrow() throws IOException, RecoveryException {
        switch (cause) {
            case null -> {}
            case IOException e -> throw e;
            case RecoveryException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a callback threw what it cannot", e);
        }
    }
}
