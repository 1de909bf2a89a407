package org.salvor.restore;

import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

/** Asks for a stop once the work has asked so many times whether it shall go on. */
final class StopAfter implements JobMonitor {
    private final int times;
    private int count;

    StopAfter(int times) {
        this.times = times;
    }

    /** From here on it counts anew. */
    synchronized void restart() {
        count = 0;
    }

    /** How often the work has asked. */
    synchronized int count() {
        return count;
    }

    @Override
    public void progress(Progress progress) {}

    @Override
    public void problem(Problem problem) {}

    @Override
    public synchronized void checkpoint() throws CancelledException {
        if (++count > times) {
            throw new CancelledException();
        }
    }
}
