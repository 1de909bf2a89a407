package org.salvor.backup.mtf;

import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

/** Hears how a walk over blocks goes. */
interface WalkListener {
    WalkListener SILENT = new WalkListener() {
        @Override
        public void skipped(RecoveryException problem) {}

        @Override
        public void passed(Place place) {}
    };

    /** Something that is damaged or missing. */
    void skipped(RecoveryException problem);

    /** Blocks that were there and cannot be given; the message is a sentence for a person. */
    default void lost(RecoveryException loss) {
        skipped(loss);
    }

    /** The walk is here now. */
    void passed(Place place) throws CancelledException;
}
