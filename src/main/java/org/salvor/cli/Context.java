package org.salvor.cli;

import org.salvor.service.Workbench;

/** What every command works with. */
record Context(Workbench workbench, Terminal terminal, RunningJob running) {
    /** For commands that speak to a person. */
    JobWatch watch() {
        return new JobWatch(terminal, running, null);
    }

    /** For work that ends in a report, which tells the problems together with the files. */
    JobWatch quietWatch() {
        return new JobWatch(terminal, running, null, true);
    }

    /** For commands that speak to a program. */
    JobWatch watch(Events events) {
        return new JobWatch(terminal, running, events);
    }
}
