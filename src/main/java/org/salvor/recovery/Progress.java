package org.salvor.recovery;

/**
 * How far a job is.
 *
 * @param phase key of the bundle: {@code phase.<name>}
 * @param bytesTotal -1 if not known
 * @param itemsTotal -1 if not known
 */
public record Progress(String phase, long bytesDone, long bytesTotal, long itemsDone, long itemsTotal) {
    public static final Progress NONE = new Progress("waiting", 0, -1, 0, -1);
}
