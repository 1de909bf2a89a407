package org.salvor.fault;

/** A person asked the job to stop. Not an error. */
public final class CancelledException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("Stopped on request");
    }
}
