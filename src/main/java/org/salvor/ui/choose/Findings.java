package org.salvor.ui.choose;

import java.util.Map;
import org.salvor.recovery.RatingClass;

/**
 * The answer to a request.
 *
 * @param rows in the order shown
 * @param classes how many files of each rating there are, before the request's own choice of ratings
 * @param nanos how long it took
 */
record Findings(Request request, Snapshot snapshot, int[] rows, Map<RatingClass, Integer> classes, long nanos) {
    /** How many of the rows are files. */
    int files() {
        return classes.entrySet().stream()
                .filter(entry ->
                        request.classes().isEmpty() || request.classes().contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
