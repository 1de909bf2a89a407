package org.salvor.backup.mtf;

import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** Places as one number: the number of the medium in its family, and the position on it. It stays the same when further media are found. */
final class Locators {
    private static final int POSITION_BITS = 48;
    private static final int UNIT_BITS = 9;
    private static final int SMALL_BITS = 39;

    /** The largest number of a medium that fits. */
    static final int MAX_SEQUENCE = 0x7fff;

    private Locators() {}

    static long of(Media media, Place place) {
        return (long) media.sequence(place.medium()) << POSITION_BITS | place.position();
    }

    static Place place(Media media, long locator) throws RecoveryException {
        int sequence = (int) (locator >>> POSITION_BITS);
        for (int i = 0; i < media.count(); i++) {
            if (media.sequence(i) == sequence) {
                return new Place(i, locator & (1L << POSITION_BITS) - 1);
            }
        }
        throw new RecoveryException(Messages.get("mtf.missing-medium", sequence));
    }

    /** A number of 39 bits that tells places of blocks apart. */
    static long small(long locator) {
        long folded = locator >>> UNIT_BITS ^ locator >>> POSITION_BITS << SMALL_BITS - 15;
        return folded & (1L << SMALL_BITS) - 1;
    }
}
