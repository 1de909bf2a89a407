package org.salvor.fault;

/** A content has less than belongs to it. The message is a whole sentence for a person: the one that the listing told, where it knew. */
public final class EndsEarlyException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public EndsEarlyException(String message) {
        super(message);
    }
}
