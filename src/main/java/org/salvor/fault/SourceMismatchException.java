package org.salvor.fault;

/** A saved scan or a journal belongs to another source than the one that is there now. */
public final class SourceMismatchException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public SourceMismatchException(String message) {
        super(message);
    }
}
