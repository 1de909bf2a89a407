package org.salvor.ui.choose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.GlobMatcher;
import org.salvor.recovery.RowTest;
import org.salvor.recovery.ScanPlan;
import org.salvor.ui.choose.Filter.Condition;
import org.salvor.ui.choose.Filter.Term;

/** Makes tests of rows out of filters: makers of tests, because each thread needs its own. */
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
    Supplier<RowTest> filter(Filter filter) {
        List<Supplier<RowTest>> all = new ArrayList<>();
        for (int cost = 0; cost <= 2; cost++) {
            for (Condition condition : filter.conditions()) {
                if (cost(condition.term()) == cost) {
                    Supplier<RowTest> one = term(condition.term());
                    all.add(condition.not() ? () -> one.get().negate() : one);
                }
            }
        }
        return () -> all(all);
    }

    /** One test by each of the makers, asked one after the other for as long as any row is left. */
    private static RowTest all(List<Supplier<RowTest>> makers) {
        RowTest[] tests = makers.stream().map(Supplier::get).toArray(RowTest[]::new);
        return (first, rows) -> {
            long left = rows;
            for (int i = 0; i < tests.length && left != 0; i++) {
                left = tests[i].pass(first, left);
            }
            return left;
        };
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

    private Supplier<RowTest> term(Term term) {
        return switch (term) {
            case Term.NameHas(String text) -> () -> catalog.nameHas(text);
            case Term.NameLike(GlobMatcher pattern) -> () -> catalog.nameFits(pattern);
            case Term.PathHas(String text) -> path(text);
            case Term.Ending(Set<String> wanted) -> shared(ending(wanted));
            case Term.Group(Set<FileGroup> groups) -> shared(group(groups));
            case Term.Size(long from, long to) ->
                shared(row -> !catalog.folder(row) && catalog.size(row) >= from && catalog.size(row) <= to);
            case Term.Time(Filter.Which which, long from, long to) -> shared(time(which, from, to));
            case Term.State(var classes) -> shared(row -> classes.contains(catalog.ratingClass(row)));
            case Term.Streams() -> shared(row -> !catalog.streams(row).isEmpty());
        };
    }

    /** A test that remembers nothing, and serves all threads. */
    private static Supplier<RowTest> shared(IntPredicate test) {
        return () -> RowTest.each(test);
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
    private Supplier<RowTest> path(String text) {
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
        RowTest above = RowTest.each(row -> {
            int parent = catalog.parent(row);
            return parent >= 0 && inside.get(parent);
        });
        RowTest begins = RowTest.each(row -> {
            int parent = catalog.parent(row);
            return parent >= 0
                    && before.get(parent)
                    && catalog.name(row).toLowerCase(Locale.ROOT).startsWith(tail);
        });
        return () -> {
            RowTest last = slash < 0 ? catalog.nameHas(wanted) : begins;
            return (first, rows) -> {
                long passed = above.pass(first, rows);
                return passed | last.pass(first, rows & ~passed);
            };
        };
    }

    /** The part of the catalog. @param choosable tests any row, folders too */
    RowTest scope(Scope scope, ScanPlan plan, IntPredicate choosable) {
        RowTest files = catalog.files(plan.deleted(), plan.existing());
        return switch (scope) {
            case Scope.All() -> files;
            case Scope.Folder(int folder, boolean below)
            when below -> {
                IntPredicate inside = tree.below(folder);
                yield both(files, row -> inside.test(catalog.parent(row)));
            }
            case Scope.Folder(int folder, boolean below) ->
                RowTest.each(row -> catalog.parent(row) == folder
                        && (catalog.folder(row) ? tree.choosable(row) > 0 : choosable.test(row)));
            case Scope.Type(FileGroup group, String ending) ->
                both(files, ending == null ? group(Set.of(group)) : ending(Set.of(ending)));
        };
    }

    private static RowTest both(RowTest one, IntPredicate other) {
        RowTest second = RowTest.each(other);
        return (first, rows) -> second.pass(first, one.pass(first, rows));
    }
}
