package org.salvor.fault;

/** A saved scan, selection or journal was made of another source than the one that is open. */
public final class SourceMismatchException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public SourceMismatchException(String message) {
        super(message);
    }
}
