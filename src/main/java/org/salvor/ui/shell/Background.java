package org.salvor.ui.shell;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.salvor.fault.CancelledException;
import org.salvor.service.Job;

/** Work away from the UI thread whose end is told on it. A cancelled job tells nobody. */
public final class Background {
    private final Executor ui;

    /** @param ui runs what is given to it on the UI thread */
    public Background(Executor ui) {
        this.ui = ui;
    }

    /** Starts the work; exactly one of the two is called on the UI thread unless the job is cancelled. */
    public <T> Job<T> run(String name, Job.Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        return watch(Job.start(name, work), done, failed);
    }

    /** The same for a job that runs already. */
    public <T> Job<T> watch(Job<T> job, Consumer<T> done, Consumer<Throwable> failed) {
        var unused = job.result().whenComplete((value, failure) -> {
            if (failure == null) {
                ui.execute(() -> done.accept(value));
            } else if (!(failure instanceof CancelledException)) {
                ui.execute(() -> failed.accept(failure));
            }
        });
        return job;
    }
}
