package org.salvor.ui.shell;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.concurrent.Task;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Progress;
import org.salvor.service.Job;
import org.salvor.text.Messages;

/** A job as controls of the toolkit want it. It only looks at the job, a few times a second, until that ends. */
final class JobTask extends Task<Boolean> {
    private static final long MILLIS = 250;

    private final Job<?> job;

    JobTask(String title, Job<?> job) {
        this.job = job;
        updateTitle(title);
    }

    @Override
    protected Boolean call() throws InterruptedException {
        while (true) {
            Progress at = job.progress();
            if (at.bytesTotal() > 0) {
                updateProgress(at.bytesDone(), at.bytesTotal());
            } else {
                updateProgress(at.itemsTotal() > 0 ? at.itemsDone() : -1, at.itemsTotal());
            }
            updateMessage(job.state() == Job.State.PAUSED ? Messages.get("work.paused") : Phases.text(at));
            try {
                job.result().get(MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                // the page that started the job tells of it; a cancelled one tells nobody
                return e.getCause() instanceof CancelledException;
            }
        }
    }

    @Override
    protected void cancelled() {
        job.cancel();
    }
}
