package org.salvor.recovery;

import java.util.EnumSet;
import java.util.Set;

/**
 * How much of a file can come back, and why.
 *
 * @param intactPercent 0 to 100, of the main stream's clusters
 * @param reasons never empty once rated
 * @param otherRow catalog row of the file that now owns or also claims clusters; -1 if none is known, below that a file which is no row
 *     (see {@link Catalog#pathOfOther})
 */
public record Rating(RatingClass ratingClass, int intactPercent, Set<ReasonKind> reasons, int otherRow) {
    public static final Rating PENDING = new Rating(RatingClass.PENDING, 0, EnumSet.noneOf(ReasonKind.class), -1);

    /** A rating without another file to name. */
    public static Rating of(RatingClass ratingClass, int intactPercent, ReasonKind first, ReasonKind... more) {
        return new Rating(ratingClass, intactPercent, EnumSet.of(first, more), -1);
    }
}
