package org.salvor.fault;

/** The content is encrypted and the keyring holds no fitting key. The call may be made again once it does. */
public final class KeyRequiredException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public KeyRequiredException(String message) {
        super(message);
    }
}
