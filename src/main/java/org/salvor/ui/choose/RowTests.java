package org.salvor.ui.choose;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.GlobMatcher;
import org.salvor.ui.choose.Filter.Condition;
import org.salvor.ui.choose.Filter.Term;

/** Makes tests of rows out of filters. The tests may be used by several threads at once. */
final class RowTests {
    private final Catalog catalog;
    private final EndingColumn endings;
    private final FolderTree tree;

    RowTests(Catalog catalog, EndingColumn endings, FolderTree tree) {
        this.catalog = catalog;
        this.endings = endings;
        this.tree = tree;
    }

    /** All conditions, those that cost least first. */
    IntPredicate filter(Filter filter) {
        IntPredicate all = row -> true;
        for (int cost = 0; cost <= 2; cost++) {
            for (Condition condition : filter.conditions()) {
                if (cost(condition.term()) == cost) {
                    IntPredicate one = term(condition.term());
                    all = all.and(condition.not() ? one.negate() : one);
                }
            }
        }
        return all;
    }

    private static int cost(Term term) {
        return switch (term) {
            case Term.Ending t -> 0;
            case Term.Group t -> 0;
            case Term.Size t -> 0;
            case Term.Time t -> 0;
            case Term.State t -> 0;
            case Term.NameHas t -> 1;
            case Term.Streams t -> 1;
            case Term.PathHas t -> 1;
            case Term.NameLike t -> 2;
        };
    }

    private IntPredicate term(Term term) {
        return switch (term) {
            case Term.NameHas(String text) -> row -> catalog.nameContains(row, text);
            case Term.NameLike(GlobMatcher pattern) -> row -> catalog.nameFits(row, pattern);
            case Term.PathHas(String text) -> path(text);
            case Term.Ending(Set<String> wanted) -> ending(wanted);
            case Term.Group(Set<FileGroup> groups) -> group(groups);
            case Term.Size(long from, long to) ->
                row -> !catalog.folder(row) && catalog.size(row) >= from && catalog.size(row) <= to;
            case Term.Time(Filter.Which which, long from, long to) -> time(which, from, to);
            case Term.State(var classes) -> row -> classes.contains(catalog.ratingClass(row));
            case Term.Streams() -> row -> !catalog.streams(row).isEmpty();
        };
    }

    private IntPredicate time(Filter.Which which, long from, long to) {
        IntToLongFunction value = switch (which) {
            case CREATED -> catalog::created;
            case MODIFIED -> catalog::modified;
            case CHANGED -> catalog::changed;
            case ACCESSED -> catalog::accessed;
        };
        return row -> {
            long time = value.applyAsLong(row);
            return time != Catalog.NO_TIME && time >= from && time < to;
        };
    }

    private IntPredicate ending(Set<String> wanted) {
        BitSet numbers = new BitSet();
        for (int number = 0; number < endings.count(); number++) {
            numbers.set(number, wanted.contains(endings.text(number)));
        }
        return row -> numbers.get(endings.of(row));
    }

    private IntPredicate group(Set<FileGroup> groups) {
        BitSet numbers = new BitSet();
        for (int number = 0; number < endings.count(); number++) {
            numbers.set(number, groups.contains(FileGroup.ofEnding(endings.text(number))));
        }
        return row -> !catalog.folder(row) && numbers.get(endings.of(row));
    }

    /** Folders are few: each path is looked at once, and a file then only asks for its folder. */
    private IntPredicate path(String text) {
        String wanted = text.startsWith("/") ? text.substring(1) : text;
        int slash = wanted.lastIndexOf('/');
        String head = slash < 0 ? "" : wanted.substring(0, slash + 1);
        String tail = wanted.substring(slash + 1);
        BitSet inside = new BitSet();
        BitSet before = new BitSet();
        tree.eachPath(catalog, (path, folder) -> {
            String lower = path + "/";
            inside.set(folder, lower.contains(wanted));
            before.set(folder, !head.isEmpty() && ("/" + lower).endsWith("/" + head));
        });
        return row -> {
            int parent = catalog.parent(row);
            boolean known = parent >= 0;
            if (known && inside.get(parent)) {
                return true;
            }
            return slash < 0
                    ? catalog.nameContains(row, wanted)
                    : known
                            && before.get(parent)
                            && catalog.name(row).toLowerCase(Locale.ROOT).startsWith(tail);
        };
    }

    /** The part of the catalog. */
    IntPredicate scope(Scope scope, IntPredicate choosable) {
        return switch (scope) {
            case Scope.All() -> row -> !catalog.folder(row) && choosable.test(row);
            case Scope.Folder(int folder, boolean below) -> {
                if (!below) {
                    yield row -> catalog.parent(row) == folder
                            && (catalog.folder(row) ? tree.choosable(row) > 0 : choosable.test(row));
                }
                IntPredicate inside = tree.below(folder);
                yield row -> !catalog.folder(row) && inside.test(catalog.parent(row)) && choosable.test(row);
            }
            case Scope.Type(FileGroup group, String ending) -> {
                IntPredicate type = ending == null ? group(Set.of(group)) : ending(Set.of(ending));
                yield row -> !catalog.folder(row) && type.test(row) && choosable.test(row);
            }
        };
    }
}
