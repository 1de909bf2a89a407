package org.salvor.recovery;

import org.salvor.fault.CancelledException;

/** What long work tells, and asks. Called on the threads of the work: it may use several. */
public interface JobMonitor {
    void progress(Progress progress);

    void problem(Problem problem);

    /** Called often, at least every 100 ms of work: blocks while paused, throws when cancelled. */
    void checkpoint() throws CancelledException;

    /** Listens to nothing and never stops. */
    JobMonitor SILENT = new JobMonitor() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public void problem(Problem problem) {}

        @Override
        public void checkpoint() {}
    };
}
