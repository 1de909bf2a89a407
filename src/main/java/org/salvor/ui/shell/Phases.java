package org.salvor.ui.shell;

import org.salvor.recovery.Progress;
import org.salvor.text.Messages;

/** What a job does now, in words. */
public final class Phases {
    private Phases() {}

    /** "Reading the table of files"; a phase that has no words of its own is just work. */
    public static String text(Progress progress) {
        String key = "phase." + progress.phase();
        return Messages.has(key) ? Messages.get(key) : Messages.get("phase.working");
    }
}
