package org.salvor.ui.shell;

import org.salvor.text.Messages;

/** The steps of the wizard, in their order. */
public enum Step {
    START,
    SOURCE,
    SCAN_PLAN,
    SCAN,
    CHOOSE,
    DESTINATION,
    CHECK,
    RESTORE,
    REPORT;

    /** As the step rail names it. */
    public String text() {
        return switch (this) {
            case START -> Messages.get("step.START");
            case SOURCE -> Messages.get("step.SOURCE");
            case SCAN_PLAN -> Messages.get("step.SCAN_PLAN");
            case SCAN -> Messages.get("step.SCAN");
            case CHOOSE -> Messages.get("step.CHOOSE");
            case DESTINATION -> Messages.get("step.DESTINATION");
            case CHECK -> Messages.get("step.CHECK");
            case RESTORE -> Messages.get("step.RESTORE");
            case REPORT -> Messages.get("step.REPORT");
        };
    }
}
