package org.salvor.fault;

/** Lengths from a source are hostile: every allocation and every offset made of them passes through here first. */
public final class Limits {
    /** The largest single buffer that a number found on a source may ask for: 64 MiB. */
    public static final int MAX_BUFFER = 64 << 20;

    private Limits() {}

    /** The requested length as an int, if it lies between 0 and {@code max} (at most {@link #MAX_BUFFER}). */
    public static int allocation(String structure, long position, long requested, long max) throws FormatException {
        long bound = Math.min(max, MAX_BUFFER);
        if (requested < 0 || requested > bound) {
            throw new FormatException(structure, position, "a length of 0 to " + bound, Long.toString(requested));
        }
        return (int) requested;
    }

    /** a + b, refused where it overflows or is negative. */
    public static long sum(String structure, long position, long a, long b) throws FormatException {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0 || sum < 0) {
            throw new FormatException(structure, position, "an offset of 0 to 2^63-1", a + " + " + b);
        }
        return sum;
    }

    /** a * b, refused where it overflows or is negative. */
    public static long product(String structure, long position, long a, long b) throws FormatException {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != 0 || low < 0 || a < 0 || b < 0) {
            throw new FormatException(structure, position, "a product of 0 to 2^63-1", a + " * " + b);
        }
        return low;
    }
}
