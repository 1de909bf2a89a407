package org.salvor.filesystem;

import org.salvor.fault.RecoveryException;

/** Which clusters a volume counts as in use now. */
public interface AllocationMap {
    /** How many of the clusters {@code first} to {@code first + count - 1} are in use; those past the volume count as in use. */
    long allocated(long first, long count) throws RecoveryException;

    /** The first cluster in use in that range, or -1. */
    long firstAllocated(long first, long count) throws RecoveryException;
}
