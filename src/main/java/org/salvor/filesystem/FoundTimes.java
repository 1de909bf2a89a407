package org.salvor.filesystem;

/** Times in units of 100 ns since 1970-01-01 UTC; {@link #UNKNOWN} where there is none. */
public record FoundTimes(long created, long modified, long changed, long accessed) {
    public static final long UNKNOWN = Long.MIN_VALUE;
    public static final FoundTimes NONE = new FoundTimes(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
}
