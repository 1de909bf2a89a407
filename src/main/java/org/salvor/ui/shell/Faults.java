package org.salvor.ui.shell;

import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** What a failure says to a person. */
public final class Faults {
    private Faults() {}

    /** The sentence of an expected failure; for a bug, that it is one, with its code. */
    public static String text(Throwable failure) {
        if (failure instanceof RecoveryException) {
            String message = failure.getMessage();
            return message == null ? Messages.get("fault.unknown") : message;
        }
        ErrorDialog.show(failure);
        return Messages.get("fault.bug");
    }
}
