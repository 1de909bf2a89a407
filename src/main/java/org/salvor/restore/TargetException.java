package org.salvor.restore;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** The target does not take what is to be written. */
public final class TargetException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Kind {
        ON_SOURCE,
        FULL,
        /** Cannot be written, or went away. */
        GONE
    }

    private final Kind kind;

    public TargetException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
