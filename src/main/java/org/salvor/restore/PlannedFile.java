package org.salvor.restore;

import java.util.List;
import org.salvor.recovery.FileId;
import org.salvor.recovery.RatingClass;

/**
 * What will happen to one chosen row.
 *
 * @param row of the catalog
 * @param path on the source
 * @param target relative to the target folder, with "/"; empty where nothing is written
 * @param size bytes to be written
 * @param notes why it has another name, why it is skipped...: sentences for a person
 */
public record PlannedFile(
        int row,
        FileId id,
        String path,
        String target,
        boolean folder,
        long size,
        Action action,
        RatingClass rating,
        int intactPercent,
        List<String> notes) {
    /** Whether it is a file that will not be whole. */
    public boolean incomplete() {
        return !folder && Results.incomplete(rating);
    }

    /** What will be done. */
    public enum Action {
        WRITE,
        /** A further name of a file that this plan writes. */
        LINK,
        REPLACE,
        /** The same content lies there already. */
        SAME,
        /** Left out by the rules chosen. */
        SKIP,
        /** Cannot be restored: nothing is left, or a key or a store is missing. */
        IMPOSSIBLE
    }
}
