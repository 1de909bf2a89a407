package org.salvor.cli;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.service.Job;
import org.salvor.text.Messages;

/** Waits for a job and tells meanwhile how far it is: as a line that is drawn over itself on a terminal, as events, or not at all. */
final class JobWatch {
    private static final long TICK_MILLIS = 100;
    private static final long EVENT_MILLIS = 1000;
    /** Problems that are told in words; of the others only the number. */
    private static final int TOLD = 20;

    private static final int WIDTH = 78;

    private final Terminal terminal;
    private final RunningJob running;
    private final @Nullable Events events;
    private final boolean quiet;

    /** @param events where they are wanted instead of words */
    JobWatch(Terminal terminal, RunningJob running, @Nullable Events events) {
        this(terminal, running, events, false);
    }

    /** @param quiet whether problems are left to who called */
    JobWatch(Terminal terminal, RunningJob running, @Nullable Events events, boolean quiet) {
        this.quiet = quiet;
        this.terminal = terminal;
        this.running = running;
        this.events = events;
    }

    /** The job's value, or what ended it. */
    <T> T await(Job<T> job) throws Exception {
        boolean wanted = running.started(job);
        ProgressLine line = new ProgressLine();
        int told = 0;
        long lastEvent = System.nanoTime();
        while (true) {
            try {
                T value = job.result().get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                finish(job, told);
                if (!wanted) {
                    throw new CancelledException(); // a job of a moment may end before it hears of the stop
                }
                return value;
            } catch (TimeoutException e) {
                told = tell(job, told);
                if (events == null) {
                    draw(line, job);
                } else if (System.nanoTime() - lastEvent > EVENT_MILLIS * 1_000_000) {
                    lastEvent = System.nanoTime();
                    events.progress(job.progress());
                }
            } catch (ExecutionException e) {
                finish(job, told);
                switch (e.getCause()) {
                    case Exception cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw e;
                }
            }
        }
    }

    private void finish(Job<?> job, int told) {
        int now = tell(job, told);
        if (events == null && !quiet && job.problemCount() > now) {
            wipe();
            terminal.note(Messages.get("cli.problems.more", job.problemCount() - now));
        }
        wipe();
    }

    private int tell(Job<?> job, int told) {
        if (quiet || job.problemCount() == told || events == null && told == TOLD) {
            return told;
        }
        List<Problem> problems = job.problems();
        int end = events == null ? Math.min(TOLD, problems.size()) : problems.size();
        for (Problem problem : problems.subList(Math.min(told, end), end)) {
            if (events != null) {
                events.problem(problem);
            } else {
                wipe();
                terminal.note(words(problem));
            }
        }
        return Math.max(told, end);
    }

    /** A problem for a person. */
    static String words(Problem problem) {
        String text = Terminal.printable(problem.text());
        return problem.place().isEmpty()
                ? text
                : Messages.get("cli.problem.at", Terminal.printable(problem.place()), text);
    }

    private void draw(ProgressLine line, Job<?> job) {
        Progress now = job.progress();
        if (terminal.interactive() && now != Progress.NONE) {
            String text = line.text(now, job.seconds());
            String shown = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
            terminal.err().print("\r" + shown + " ".repeat(WIDTH - shown.length()));
            terminal.err().flush();
        }
    }

    private void wipe() {
        if (terminal.interactive() && events == null) {
            terminal.err().print("\r" + " ".repeat(WIDTH) + "\r");
            terminal.err().flush();
        }
    }
}
