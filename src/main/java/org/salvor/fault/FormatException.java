package org.salvor.fault;

/** A structure on disk is not what its format says it must be. Scans skip and count it; direct access throws it. */
public final class FormatException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    private final String structure;
    private final long position;
    private final String expected;
    private final String actual;

    /**
     * @param structure the field's own name of the structure, for example "boot sector" or "runlist"
     * @param position where it lies, in bytes from the start of the device or stream; -1 if not known
     */
    public FormatException(String structure, long position, String expected, String actual) {
        super(structure + (position >= 0 ? " at byte " + position : "") + ": expected " + expected + ", found "
                + actual);
        this.structure = structure;
        this.position = position;
        this.expected = expected;
        this.actual = actual;
    }

    public String structure() {
        return structure;
    }

    public long position() {
        return position;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }
}
