package org.salvor.backup.mtf;

/**
 * A byte of the media.
 *
 * @param medium its index in {@link Media}
 * @param position in bytes from the start of that medium
 */
record Place(int medium, long position) {
    Place plus(long bytes) {
        return new Place(medium, position + bytes);
    }
}
