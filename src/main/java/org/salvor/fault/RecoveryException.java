package org.salvor.fault;

import org.jspecify.annotations.Nullable;

/**
 * Something that recovery has to expect of the world outside: a damaged structure, a sector that cannot be read, a missing
 * key. The message is a sentence for a person: what happened, and what is safe. Anything unchecked is a bug instead.
 */
public class RecoveryException extends Exception {
    private static final long serialVersionUID = 1L;

    public RecoveryException(String message) {
        super(message);
    }

    public RecoveryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
