package org.salvor.restore;

import java.util.List;
import org.salvor.recovery.RatingClass;

/**
 * One line of the report.
 *
 * @param target relative to the target folder; empty if nothing was written
 * @param size bytes of the main stream as written
 * @param sha256 of the main stream as written, in hexadecimal; empty if nothing was written
 * @param reasons sentences: the rating's reasons, what was not kept, why it was skipped
 */
public record RestoredFile(
        String id,
        String path,
        String target,
        boolean folder,
        long size,
        Outcome outcome,
        RatingClass rating,
        int intactPercent,
        String sha256,
        List<RestoredStream> streams,
        List<String> reasons) {
    /** A named stream as written. */
    public record RestoredStream(String name, long size, String sha256) {}
}
