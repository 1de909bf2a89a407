package org.salvor.restore;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** What was named is no sidecar, or leaves open which of several is meant. Nothing was looked at yet. */
public final class SidecarChoiceException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    SidecarChoiceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
