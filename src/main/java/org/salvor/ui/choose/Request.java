package org.salvor.ui.choose;

import java.util.Set;
import org.salvor.recovery.RatingClass;

/**
 * What the table shall show.
 *
 * @param classes only files rated as one of these; none means all
 */
record Request(Scope scope, Filter filter, Set<RatingClass> classes, SortBy sort, boolean descending) {
    static final Request EVERYTHING = new Request(Scope.ALL, Filter.NONE, Set.of(), SortBy.NAME, false);
}
