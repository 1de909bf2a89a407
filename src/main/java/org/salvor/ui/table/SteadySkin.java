package org.salvor.ui.table;

import java.util.Objects;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.TableViewSkin;
import javafx.scene.control.skin.VirtualFlow;

/**
 * A table that keeps its cells while other rows come in. The toolkit's own skin empties every visible cell when its list is
 * replaced, fills it again, and works out the style of all its nodes anew: three quarters of the time such a change took.
 */
public final class SteadySkin extends TableViewSkin<Integer> {
    private static final int WARM_ROWS = 20_000;
    private static final int WARM_ROUNDS = 12;

    private final VirtualFlow<TableRow<Integer>> flow = Objects.requireNonNull(getVirtualFlow());

    public SteadySkin(TableView<Integer> table) {
        super(table);
    }

    /** The index of the topmost row seen, -1 if there is none. */
    public int firstVisible() {
        TableRow<Integer> row = flow.getFirstVisibleCell();
        return row == null ? -1 : row.getIndex();
    }

    @Override
    protected VirtualFlow<TableRow<Integer>> createVirtualFlow() {
        return new Flow();
    }

    /**
     * Makes the Java machine compile the toolkit's walks over all rows. It takes a dozen of them for each change to a table that
     * is scrolled far down; not compiled yet, they hold the UI thread for 50 ms with a million rows. On any thread.
     */
    public static void warmUp() {
        Flow flow = new Flow();
        flow.setCellFactory(unused -> new TableRow<>());
        flow.setFixedCellSize(1);
        flow.resize(2, 2);
        for (int round = 0; round < WARM_ROUNDS; round++) {
            flow.setCellCount(WARM_ROWS + round);
            flow.scrollToTop(WARM_ROWS);
            flow.layout();
        }
    }

    private static final class Flow extends VirtualFlow<TableRow<Integer>> {
        /** Rows look by themselves at what their index stands for now. */
        @Override
        protected void rebuildCells() {
            reconfigureCells();
        }

        /** Only a new row needs its style before it is laid out; the others have theirs, and it does not depend on the item. */
        @Override
        protected void setCellIndex(TableRow<Integer> row, int index) {
            if (row.getSkin() == null) {
                super.setCellIndex(row, index);
            } else {
                row.updateIndex(index);
            }
        }
    }
}
