package org.salvor.recovery;

import java.util.Map;
import org.salvor.text.Messages;

/**
 * What is needed to find the same source again.
 *
 * @param text the source as it was named
 * @param node id of the place inside it
 * @param format "NTFS"...
 * @param serial volume serial or media family
 * @param size in bytes
 * @param fingerprint SHA-256, in hexadecimal, over the first and last 64 KiB of the place
 * @param details further words for a report: model, disk serial, label
 */
public record SourceIdentity(
        String text,
        String node,
        String format,
        String serial,
        long size,
        String fingerprint,
        Map<String, String> details) {
    /** The name of one of the {@link #details} as a person reads it; the same text for one that is not known here. */
    public static String word(String detail) {
        String key = "source.detail." + detail.replace(' ', '-');
        return Messages.has(key) ? Messages.get(key) : detail;
    }

    /** Whether the two are the same place with the same beginning and end, whatever it was called. */
    public boolean sameAs(SourceIdentity other) {
        return format.equals(other.format)
                && serial.equals(other.serial)
                && size == other.size
                && fingerprint.equals(other.fingerprint);
    }
}
