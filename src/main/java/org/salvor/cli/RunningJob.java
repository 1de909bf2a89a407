package org.salvor.cli;

import org.jspecify.annotations.Nullable;
import org.salvor.service.Job;

/** The job a command waits for, so that Ctrl+C can stop it from another thread. */
final class RunningJob {
    private @Nullable Job<?> job;
    private boolean cancelled;

    synchronized void started(Job<?> now) {
        job = now;
        if (cancelled) {
            now.cancel();
        }
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
