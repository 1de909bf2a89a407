package org.salvor.posix;

import java.io.IOException;

/** A step from a path to its physical place cannot be taken. The message is a sentence for a person. */
final class PlaceUnknownException extends IOException {
    private static final long serialVersionUID = 1L;

    PlaceUnknownException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
