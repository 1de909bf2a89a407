package org.salvor.engine.backup;

import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

/** The progress of several sets that are listed one after the other, as that of one listing of the whole backup. */
final class SetsInTurn implements JobMonitor {
    private final JobMonitor monitor;
    private final long size;
    private long before;
    private long total;

    /** @param size of the backup in bytes, which no sum of sets exceeds by much */
    SetsInTurn(JobMonitor monitor, long size) {
        this.monitor = monitor;
        this.size = size;
    }

    /** Another set follows. */
    void next() {
        before += total;
        total = 0;
    }

    @Override
    public void progress(Progress of) {
        total = of.bytesTotal();
        long done = before + of.bytesDone();
        monitor.progress(
                new Progress(of.phase(), done, Math.max(size, before + total), of.itemsDone(), of.itemsTotal()));
    }

    @Override
    public void problem(Problem problem) {
        monitor.problem(problem);
    }

    @Override
    public void checkpoint() throws CancelledException {
        monitor.checkpoint();
    }
}
