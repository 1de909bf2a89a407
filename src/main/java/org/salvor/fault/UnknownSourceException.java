package org.salvor.fault;

/** Nothing that the program knows was found in the source. A search of all of it may still find something. */
public final class UnknownSourceException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public UnknownSourceException(String message) {
        super(message);
    }
}
