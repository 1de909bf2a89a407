package org.salvor.ui.choose;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Skin;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.SteadySkin;
import org.salvor.ui.table.TickColumn;
import org.salvor.ui.table.TriState;
import org.salvor.ui.theme.RatingBadge;

/** The table of files. What it shows is an index list, what is ticked a bit set: neither grows with what is on the screen. */
final class FileTable extends TableView<Integer> {
    static final double ROW_HEIGHT = 32;

    /** A selection of more rows than this is not carried over to another order: the table would need seconds for it. */
    private static final int MOST_KEPT = 500;

    /** From here on it is felt how the toolkit walks through all rows. */
    private static final int MANY = 100_000;

    /** Once for the program is enough; UI thread only. */
    private static boolean warm;

    private final ChooseModel model;

    /** Rises when what the catalog says of a row may have changed. */
    private final SimpleLongProperty changes = new SimpleLongProperty();

    /** Rises when ticks may have changed. */
    private final SimpleLongProperty tickChanges = new SimpleLongProperty();

    private final TickColumn tickColumn;
    private final FileColumns columns;
    private final IntConsumer openFolder;
    private final Runnable openPreview;
    private final ReadOnlyIntegerWrapper leading = new ReadOnlyIntegerWrapper(Catalog.NONE);
    private @Nullable Findings shown;
    private boolean swapping;
    private boolean technical;

    /** @param openFolder goes into a folder @param openPreview shows what is in the selected file */
    FileTable(ChooseModel model, IntConsumer openFolder, Runnable openPreview) {
        super(model.rows());
        this.model = model;
        this.openFolder = openFolder;
        this.openPreview = openPreview;
        setId("files");
        getStyleClass().add("file-table");
        setFixedCellSize(ROW_HEIGHT);
        setTableMenuButtonVisible(false);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setAccessibleText(Messages.get("choose.table"));
        tickColumn = new TickColumn(
                tickChanges,
                model::state,
                (on, row) -> model.tick(row, on),
                model::tickShown,
                Messages.get("choose.tickAll"));
        columns = new FileColumns(model.catalog(), changes);
        getColumns().add(tickColumn);
        getColumns().addAll(columns.all());
        getSortOrder().setAll(List.of(columns.name()));
        setSortPolicy(table -> {
            sortModel();
            return true;
        });
        widthProperty().subscribe(width -> fit());
        heightProperty().subscribe((was, is) -> keepInSight());
        setRowFactory(table -> new Row());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.swap(this::keepPlace);
        getSelectionModel().selectedIndexProperty().subscribe((was, is) -> {
            if (!swapping) {
                leading.set(focusedRow());
            }
        });
        model.ticks().revisionProperty().subscribe((was, is) -> rise(tickChanges));
        model.findings().subscribe(now -> {
            fit();
            if (now != null && now.rows().length > MANY && !warm) {
                warm = true;
                Thread.ofPlatform().daemon().name("choose-warm").start(SteadySkin::warmUp);
            }
        });
        model.tally().subscribe(tally -> {
            tickColumn.show(tally == null ? TriState.NONE : tally.shown());
            rise(tickChanges);
        });
    }

    /** Shows or hides what only technicians want to see. */
    void technical(boolean on) {
        technical = on;
        FileColumns.technical(this, on);
        fit();
        rise(changes); // times are told as days, or exactly
    }

    private void fit() {
        Findings now = model.findings().get();
        boolean oneFolder = now != null
                && now.request().scope() instanceof Scope.Folder(int folder, boolean below)
                && !(below && now.snapshot().tree().hasSubfolders(folder));
        columns.fit(this, technical, oneFolder);
    }

    /** A selected row that is seen now is seen in a window of another size as well. */
    private void keepInSight() {
        int index = getSelectionModel().getSelectedIndex();
        if (index >= 0
                && lookup(".virtual-flow") instanceof VirtualFlow<?> rows
                && rows.getFirstVisibleCell() != null
                && index >= rows.getFirstVisibleCell().getIndex()
                && index <= rows.getLastVisibleCell().getIndex()) {
            LaidOut.then(this, () -> rows.scrollTo(index));
        }
    }

    private static void rise(SimpleLongProperty property) {
        property.set(property.get() + 1);
    }

    private void sortModel() {
        if (getSortOrder().isEmpty()) {
            model.sort(SortBy.FOUND, false);
            return;
        }
        var column = getSortOrder().getFirst();
        if (column.getUserData() instanceof SortBy by) {
            model.sort(by, column.getSortType() == TableColumn.SortType.DESCENDING);
        }
    }

    /** Selected rows; many of them are read without boxing each one twice. */
    int[] selectedRows() {
        return getSelectionModel().getSelectedIndices().stream()
                .filter(index -> index >= 0 && index < model.rows().size())
                .mapToInt(model.rows()::row)
                .toArray();
    }

    /** The row the keyboard is on, {@link Catalog#NONE} if there is none. */
    ReadOnlyIntegerProperty leading() {
        return leading.getReadOnlyProperty();
    }

    private int focusedRow() {
        int index = getSelectionModel().getSelectedIndex();
        return index >= 0 && index < model.rows().size() ? model.rows().row(index) : Catalog.NONE;
    }

    /** Lets new rows come in without losing selection, focus and, if the same was asked for, the place in the list. */
    private void keepPlace(Runnable swap) {
        Findings now = Objects.requireNonNull(model.findings().get());
        boolean same = shown != null && shown.request().equals(now.request());
        boolean older =
                shown != null && shown.snapshot().revision() != now.snapshot().revision();
        shown = now;
        int[] selected = getSelectionModel().getSelectedIndices().size() <= MOST_KEPT
                ? selectedRows()
                : new int[] {focusedRow()};
        int lead = focusedRow();
        int topIndex = firstVisible();
        int top = topIndex >= 0 && topIndex < model.rows().size() ? model.rows().row(topIndex) : Catalog.NONE;
        swapping = true;
        getSelectionModel().clearSelection();
        swap.run();
        select(selected, lead);
        swapping = false;
        if (older) {
            rise(changes);
        }
        leading.set(focusedRow());
        if (!same) {
            scrollTo(0);
        } else if (topIndex > 0) {
            int index = model.rows().indexOfRow(top);
            if (index >= 0) {
                scrollTo(index);
            }
        }
    }

    private void select(int[] rows, int lead) {
        int[] indices = rows.length == 0 ? rows : indices(rows);
        if (indices.length == 0) {
            return;
        }
        int last = lead == Catalog.NONE ? -1 : model.rows().indexOfRow(lead);
        getSelectionModel().selectIndices(indices[0], indices);
        if (last >= 0) {
            getSelectionModel().select(last);
            getFocusModel().focus(last);
        }
    }

    private int[] indices(int[] rows) {
        Set<Integer> wanted = new HashSet<>();
        Arrays.stream(rows).forEach(wanted::add);
        int[] order = model.rows().rows();
        return IntStream.range(0, order.length)
                .filter(i -> wanted.contains(order[i]))
                .toArray();
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new SteadySkin(this);
    }

    private int firstVisible() {
        return getSkin() instanceof SteadySkin skin ? skin.firstVisible() : -1;
    }

    /** Goes to the next, or the one before, and begins again at the other end. */
    void step(int by) {
        int count = model.rows().size();
        if (count > 0) {
            int index = Math.floorMod(getSelectionModel().getSelectedIndex() + by, count);
            getSelectionModel().clearAndSelect(index);
            scrollTo(Math.max(0, index - 3));
        }
    }

    private void key(KeyEvent event) {
        boolean done = switch (event.getCode()) {
            case SPACE -> toggle();
            case A -> event.isShortcutDown() && tickShown(!event.isShiftDown());
            case DELETE -> clear();
            case ENTER -> open();
            default -> largeRange(event);
        };
        if (done) {
            event.consume();
        }
    }

    private boolean toggle() {
        int[] rows = selectedRows();
        boolean all = Arrays.stream(rows).allMatch(row -> model.state(row) == TriState.ALL);
        model.tick(rows, !all);
        return true;
    }

    private boolean tickShown(boolean on) {
        model.tickShown(on);
        return true;
    }

    private boolean clear() {
        model.tick(selectedRows(), false);
        return true;
    }

    private boolean open() {
        int row = focusedRow();
        if (row != Catalog.NONE && model.catalog().folder(row)) {
            openFolder.accept(row);
        } else {
            openPreview.run();
        }
        return true;
    }

    /** Selecting from here to the far end would hold the window for minutes in a long table; Ctrl+A ticks instead. */
    private boolean largeRange(KeyEvent event) {
        boolean farEnd = event.getCode() == KeyCode.HOME || event.getCode() == KeyCode.END;
        return farEnd && event.isShiftDown() && model.rows().size() > MOST_KEPT;
    }

    /** A row that says in words what its cells show, when a screen reader asks. */
    private final class Row extends TableRow<Integer> {
        private final InvalidationListener listener =
                observable -> notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        private final WeakInvalidationListener weakly = new WeakInvalidationListener(listener);

        Row() {
            changes.addListener(weakly);
            tickChanges.addListener(weakly);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !isEmpty()) {
                    open();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Integer row, boolean empty) {
            super.updateItem(row, empty);
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }

        @Override
        public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
            Integer row = getItem();
            if (attribute == AccessibleAttribute.TEXT) {
                return row == null || isEmpty() ? "" : words(row);
            }
            return super.queryAccessibleAttribute(attribute, parameters);
        }
    }

    /** Name, rating, size, folder, ticked or not: one sentence for a screen reader. */
    String words(int row) {
        Catalog catalog = model.catalog();
        TriState state = model.state(row);
        String ticked = switch (state == null ? TriState.NONE : state) {
            case NONE -> Messages.get("choose.unchecked");
            case SOME -> Messages.get("choose.partlyChecked");
            case ALL -> Messages.get("choose.checked");
        };
        String folder = Texts.folder(catalog, row);
        if (catalog.folder(row)) {
            return Messages.get("choose.folderWords", catalog.name(row), ticked, folder);
        }
        return Messages.get(
                "choose.rowWords",
                catalog.name(row),
                RatingBadge.text(catalog.ratingClass(row), catalog.intactPercent(row)),
                ticked,
                Units.bytes(catalog.size(row)),
                folder);
    }
}
