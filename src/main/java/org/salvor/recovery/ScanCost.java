package org.salvor.recovery;

/**
 * What a scan has to read, and how fast this source reads, measured by reading a few samples of it.
 *
 * @param quickBytes read by a quick scan, -1 if not known
 * @param thoroughBytes read by a thorough one, -1 if not known
 * @param bytesPerSecond measured; 0 if it could not be measured
 * @param fromMemory the samples came faster than a disk gives them: this computer had them in memory, and the rest may be slower
 */
public record ScanCost(long quickBytes, long thoroughBytes, double bytesPerSecond, boolean fromMemory) {
    public static final ScanCost UNKNOWN = new ScanCost(-1, -1, 0, false);

    /** Seconds for so many bytes, or -1 if that cannot be told. */
    public double seconds(long bytes) {
        return bytes < 0 || bytesPerSecond <= 0 ? -1 : bytes / bytesPerSecond;
    }
}
