package org.salvor.recovery;

/**
 * A named data stream of a restorable file.
 *
 * @param size in bytes
 * @param filled bytes that it takes where holes take none; as large as the stream where that is not known
 */
public record StreamInfo(String name, long size, long filled) {
    /** A stream without holes. */
    public StreamInfo(String name, long size) {
        this(name, size, size);
    }
}
