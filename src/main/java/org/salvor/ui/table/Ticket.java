package org.salvor.ui.table;

import org.salvor.fault.CancelledException;

/** Tells background work whether anybody still waits for its result. */
@FunctionalInterface
public interface Ticket {
    /** True once a newer request has taken its place. */
    boolean stale();

    /** Throws once a newer request has taken its place. */
    default void check() throws CancelledException {
        if (stale()) {
            throw new CancelledException();
        }
    }
}
