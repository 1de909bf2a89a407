package org.salvor.ui.choose;

import java.util.List;
import java.util.Set;
import org.salvor.recovery.GlobMatcher;
import org.salvor.recovery.RatingClass;

/**
 * What the text in the filter bar asks for: all conditions have to hold.
 *
 * @param problems what was not understood, as sentences; those words are left out of the filter
 */
public record Filter(List<Condition> conditions, List<String> problems) {
    public static final Filter NONE = new Filter(List.of(), List.of());

    /** A term, or its opposite. */
    public record Condition(Term term, boolean not) {}

    /** What one word of the filter tests. */
    public sealed interface Term {
        /** The name holds this text, given in lower case. */
        record NameHas(String text) implements Term {}

        /** The whole name fits a pattern with * and ?. */
        record NameLike(GlobMatcher pattern) implements Term {}

        /** The path holds this text, given in lower case. */
        record PathHas(String text) implements Term {}

        /** The name ends in one of these, in lower case without the dot. */
        record Ending(Set<String> endings) implements Term {}

        /** The ending belongs to one of these groups. */
        record Group(Set<FileGroup> groups) implements Term {}

        /** Size in bytes, both ends included. */
        record Size(long from, long to) implements Term {}

        /** A time in units of 100 ns since 1970 UTC; {@code to} is not included. */
        record Time(Which which, long from, long to) implements Term {}

        /** Rated as one of these. */
        record State(Set<RatingClass> classes) implements Term {}

        /** Has named streams. */
        record Streams() implements Term {}
    }

    /** The times of a file. */
    public enum Which {
        CREATED,
        MODIFIED,
        CHANGED,
        ACCESSED
    }
}
