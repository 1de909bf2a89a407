package org.salvor.fault;

import org.jspecify.annotations.Nullable;

/** A range of the source could not be read. Position and length are bytes of the device that was asked. */
public final class SourceReadException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final long length;
    private final String detail;

    public SourceReadException(long position, long length, String detail, @Nullable Throwable cause) {
        super(length + " bytes at " + position + " could not be read: " + detail, cause);
        this.position = position;
        this.length = length;
        this.detail = detail;
    }

    /** The same, told in positions of another device that holds this one or is held by it. */
    public SourceReadException movedTo(long newPosition) {
        return new SourceReadException(newPosition, length, detail, this);
    }

    public long position() {
        return position;
    }

    public long length() {
        return length;
    }
}
