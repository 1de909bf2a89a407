package org.salvor.ui.choose;

import java.time.ZoneId;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.ui.table.IndexList;
import org.salvor.ui.table.LatestWorker;
import org.salvor.ui.table.Ticket;
import org.salvor.ui.table.Ticks;
import org.salvor.ui.table.TriState;

/**
 * What the page Choose shows and does, for one catalog. Searching, sorting and counting happen on threads of its own; everything
 * else, and every result, on the UI thread.
 */
public final class ChooseModel implements AutoCloseable {
    /** A growing catalog is looked at again no more often than this. */
    private static final long REFRESH_NANOS = 250_000_000;

    /** And it takes no more than a third of one core. */
    private static final int REST = 2;

    /** So many rows are looked through without anybody noticing; more of them on another thread. */
    private static final int AT_ONCE = 100_000;

    private final Catalog catalog;
    private final ScanPlan plan;
    private final Finder finder;
    private final Executor ui;
    private final LatestWorker search;
    private final LatestWorker count;
    private final Ticks ticks;
    private final IndexList rows = new IndexList();

    private final StringProperty filterText = new SimpleStringProperty(this, "filterText", "");
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(this, "scope", Scope.ALL);
    private final ObjectProperty<Set<RatingClass>> classes = new SimpleObjectProperty<>(this, "classes", Set.of());
    private final ObjectProperty<SortBy> sort = new SimpleObjectProperty<>(this, "sort", SortBy.NAME);
    private final BooleanProperty descending = new SimpleBooleanProperty(this, "descending");
    private final ReadOnlyObjectWrapper<Filter> filter = new ReadOnlyObjectWrapper<>(this, "filter", Filter.NONE);
    private final ReadOnlyObjectWrapper<@Nullable Findings> findings = new ReadOnlyObjectWrapper<>(this, "findings");
    private final ReadOnlyObjectWrapper<@Nullable Tally> tally = new ReadOnlyObjectWrapper<>(this, "tally");
    private final ReadOnlyObjectWrapper<@Nullable Throwable> failure = new ReadOnlyObjectWrapper<>(this, "failure");
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper(this, "searching");
    private long lastEnd;
    private long restNanos = REFRESH_NANOS;
    private boolean batch;
    private Consumer<Runnable> swap = Runnable::run;

    /**
     * @param plan what the scan looked for; other rows are not shown
     * @param selection the ticks; changed in place
     * @param ui runs what is given to it on the UI thread
     */
    public ChooseModel(Catalog catalog, ScanPlan plan, Selection selection, Executor ui) {
        this.catalog = catalog;
        this.plan = plan;
        this.ui = ui;
        this.finder = new Finder(catalog, plan);
        this.ticks = new Ticks(selection);
        this.search = new LatestWorker("choose-search", ui);
        this.count = new LatestWorker("choose-count", ui);
        filterText.subscribe((was, is) -> {
            filter.set(FilterParser.parse(is, ZoneId.systemDefault()));
            search(false);
        });
        scope.subscribe((was, is) -> search(false));
        classes.subscribe((was, is) -> search(false));
        sort.subscribe((was, is) -> search(false));
        descending.subscribe((was, is) -> search(false));
        ticks.revisionProperty().subscribe((was, is) -> count());
        search(true);
    }

    public Catalog catalog() {
        return catalog;
    }

    public ScanPlan plan() {
        return plan;
    }

    /** The rows in the table. */
    public IndexList rows() {
        return rows;
    }

    public Ticks ticks() {
        return ticks;
    }

    public StringProperty filterText() {
        return filterText;
    }

    public ObjectProperty<Scope> scope() {
        return scope;
    }

    /** Only these ratings; none means all. */
    public ObjectProperty<Set<RatingClass>> classes() {
        return classes;
    }

    ReadOnlyObjectProperty<SortBy> sort() {
        return sort;
    }

    public BooleanProperty descending() {
        return descending;
    }

    /** What the filter text was understood as. */
    public ReadOnlyObjectProperty<Filter> filter() {
        return filter.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Findings> findings() {
        return findings.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Tally> tally() {
        return tally.getReadOnlyProperty();
    }

    /** A bug or a lack of memory that stopped the last search; null if it went well. */
    public ReadOnlyObjectProperty<@Nullable Throwable> failure() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty searching() {
        return searching.getReadOnlyProperty();
    }

    /** Sorts from now on by this. */
    void sort(SortBy by, boolean down) {
        together(() -> {
            sort.set(by);
            descending.set(down);
        });
    }

    /** Shows everything again. */
    public void clearFilter() {
        together(() -> {
            filterText.set("");
            classes.set(Set.of());
        });
    }

    /** Adds a rating to those shown, or takes it away. */
    public void toggle(RatingClass rating, boolean on) {
        Set<RatingClass> now = EnumSet.noneOf(RatingClass.class);
        now.addAll(classes.get());
        if (on) {
            now.add(rating);
        } else {
            now.remove(rating);
        }
        classes.set(Set.copyOf(now));
    }

    /** Whether anything hides rows of the chosen part. */
    public boolean filtered() {
        return !filter.get().conditions().isEmpty() || !classes.get().isEmpty();
    }

    private void together(Runnable changes) {
        batch = true;
        changes.run();
        batch = false;
        search(false);
    }

    /** Looks whether the catalog has grown or changed, and shows that if the last look was long enough ago. */
    public void poll() {
        Findings now = findings.get();
        boolean changed = now == null || now.snapshot().revision() != catalog.revision();
        if (changed && !searching.get() && System.nanoTime() - lastEnd > restNanos) {
            search(true);
        }
    }

    private void search(boolean refresh) {
        if (batch) {
            return;
        }
        Request request = new Request(scope.get(), filter.get(), classes.get(), sort.get(), descending.get());
        searching.set(true);
        search.submit(ticket -> finder.find(request, refresh, ticket), this::show, this::failed);
    }

    private void show(Findings found) {
        searching.set(false);
        failure.set(null);
        lastEnd = System.nanoTime();
        restNanos = Math.max(REFRESH_NANOS, REST * found.nanos());
        findings.set(found);
        swap.accept(() -> rows.show(found.rows()));
        count();
    }

    /** Wraps the moment in which the rows are replaced, so that a table can keep its place. */
    void swap(Consumer<Runnable> wrapper) {
        swap = wrapper;
    }

    private void failed(Throwable problem) {
        searching.set(false);
        lastEnd = System.nanoTime();
        failure.set(problem);
    }

    private void count() {
        Findings now = findings.get();
        if (now != null) {
            BitSet ticked = ticks.snapshot();
            count.submit(ticket -> Counted.of(this, now, ticked, ticket), this::counted, this::failed);
        }
    }

    /** What the ticks amount to, and the folders that belong to them: those of which every file is ticked. */
    private record Counted(Tally tally, BitSet whole) {
        static Counted of(ChooseModel model, Findings now, BitSet ticked, Ticket ticket) throws CancelledException {
            return new Counted(
                    Tally.of(model.catalog, now, ticked, ticket),
                    now.snapshot().tree().wholeBut(model.catalog, ticked, model::choosable));
        }
    }

    private void counted(Counted now) {
        tally.set(now.tally());
        if (!now.whole().isEmpty()) {
            ticks.setAll(now.whole(), true);
        }
    }

    /** Whether a row can be ticked on its own. */
    public boolean choosable(int row) {
        return Finder.choosable(catalog, plan).test(row);
    }

    /** State of a row's box; none if it has none. */
    public @Nullable TriState state(int row) {
        Tally now = tally.get();
        if (catalog.folder(row) && now != null) {
            return now.folder(row);
        }
        if (!choosable(row)) {
            return null;
        }
        return ticks.has(row) ? TriState.ALL : TriState.NONE;
    }

    /** Ticks or clears a row; a folder with all that lies below it. */
    public void tick(int row, boolean on) {
        if (catalog.folder(row)) {
            tickFolder(row, on);
        } else if (choosable(row)) {
            ticks.set(row, on);
        }
    }

    /** Ticks or clears some rows of the table at once. */
    public void tick(int[] these, boolean on) {
        BitSet files = new BitSet();
        for (int row : these) {
            if (catalog.folder(row)) {
                tickFolder(row, on);
            } else {
                files.set(row);
            }
        }
        if (!files.isEmpty()) {
            ticks.setAll(files, on);
        }
    }

    /** Ticks or clears all rows that the table shows. */
    public void tickShown(boolean on) {
        tick(rows.rows(), on);
    }

    /** Ticks or clears a folder and all that lies below it; {@link Catalog#NONE} is everything. */
    public void tickFolder(int folder, boolean on) {
        Findings now = findings.get();
        if (now == null) {
            return;
        }
        FolderTree tree = now.snapshot().tree();
        if (tree.rowCount() < AT_ONCE) {
            ticks.setAll(tree.rowsBelow(catalog, folder, Finder.choosable(catalog, plan)), on);
            return;
        }
        var unused = CompletableFuture.supplyAsync(
                        () -> tree.rowsBelow(catalog, folder, Finder.choosable(catalog, plan)))
                .whenCompleteAsync(
                        (rows, problem) -> {
                            if (problem == null) {
                                ticks.setAll(rows, on);
                            } else {
                                failed(problem);
                            }
                        },
                        ui);
    }

    @Override
    public void close() {
        search.close();
        count.close();
    }
}
