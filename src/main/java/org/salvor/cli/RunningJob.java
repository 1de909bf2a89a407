package org.salvor.cli;

import org.jspecify.annotations.Nullable;
import org.salvor.service.Job;

/** The job a command waits for, so that Ctrl+C can stop it from another thread. */
final class RunningJob {
    private @Nullable Job<?> job;
    private boolean cancelled;

    /** Returns whether it may go on: a stop may have been asked for before. */
    synchronized boolean started(Job<?> now) {
        job = now;
        if (cancelled) {
            now.cancel();
        }
        return !cancelled;
    }

    synchronized void cancel() {
        cancelled = true;
        if (job != null) {
            job.cancel();
        }
    }

    synchronized boolean cancelled() {
        return cancelled;
    }
}
