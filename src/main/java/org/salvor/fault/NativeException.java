package org.salvor.fault;

/** A function of the operating system answered with an error code. */
public final class NativeException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final int code;

    /** @param function library and function, for example "libc!getxattr" */
    public NativeException(String function, int code, String meaning) {
        super(meaning + " (" + function + ", " + code + ")");
        this.function = function;
        this.code = code;
    }

    public String function() {
        return function;
    }

    public int code() {
        return code;
    }
}
