package org.salvor.backup.mtf;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** How the local times of a set become instants. */
record TapeZone(ZoneId zone, boolean told) {
    private static final int LOCAL = 127;
    private static final int MAX_STEPS = 48;
    private static final int MINUTES_PER_STEP = 15;
    private static final int SECONDS_PER_MINUTE = 60;

    /**
     * @param steps of a quarter of an hour east of UTC; 127 if the writer did not tell it
     * @param otherwise for times whose zone is not told
     */
    static TapeZone of(int steps, ZoneId otherwise) {
        if (steps == LOCAL || Math.abs(steps) > MAX_STEPS) {
            return new TapeZone(otherwise, false);
        }
        return new TapeZone(ZoneOffset.ofTotalSeconds(steps * MINUTES_PER_STEP * SECONDS_PER_MINUTE), true);
    }

    Instant instant(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }
}
