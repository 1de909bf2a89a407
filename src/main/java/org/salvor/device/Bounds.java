package org.salvor.device;

import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/** Holds reads inside a device. */
final class Bounds {
    private Bounds() {}

    static void check(long position, int length, long size) throws SourceReadException {
        if (position < 0 || position > size - length) {
            throw pastEnd(position, length, size);
        }
    }

    static SourceReadException pastEnd(long position, long length, long size) {
        return new SourceReadException(position, length, Messages.get("device.past-end", size), null);
    }
}
