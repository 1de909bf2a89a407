package org.salvor.cli;

import org.salvor.fault.RecoveryException;
import org.salvor.restore.ExitCode;

/** Ends a command with this exit code; the message is for the person who typed it. */
final class CommandFailure extends RecoveryException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;

    CommandFailure(ExitCode exit, String message) {
        super(message);
        this.exit = exit;
    }

    ExitCode exit() {
        return exit;
    }
}
