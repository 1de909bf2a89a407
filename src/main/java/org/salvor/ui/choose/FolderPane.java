package org.salvor.ui.choose;

import java.util.Arrays;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.table.LazyItem;
import org.salvor.ui.table.TickColumn;
import org.salvor.ui.table.TriState;

/** The folders that hold something to choose. Only folders, filled when opened. */
final class FolderPane extends TreeView<Integer> {
    /** While a scan runs, folders with more sub-folders than this are brought up to date only at its end. */
    private static final int LIVE_LIMIT = 2_000;

    private final ChooseModel model;
    private final @Nullable SourceNode backup;
    private final LazyItem<Integer> root;
    private boolean quiet;
    private boolean below = true;
    private long shownRevision = -1;

    /** @param backup whose files these are; null for those of a volume */
    FolderPane(ChooseModel model, @Nullable SourceNode backup) {
        this.model = model;
        this.backup = backup;
        setId("folders");
        getStyleClass().addAll("side-tree", "folder-tree");
        setFixedCellSize(28);
        setAccessibleText(Messages.get("choose.folders"));
        root = LazyItem.root(Catalog.NONE, this::children, this::leaf);
        setRoot(root);
        setCellFactory(tree -> new Cell());
        getSelectionModel().select(root);
        getSelectionModel().selectedItemProperty().subscribe((was, is) -> selected(is));
        model.findings().subscribe((was, is) -> update());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private @Nullable FolderTree tree() {
        Findings now = model.findings().get();
        return now == null ? null : now.snapshot().tree();
    }

    private List<Integer> children(Integer folder) {
        FolderTree tree = tree();
        return tree == null
                ? List.of()
                : Arrays.stream(tree.subfolders(folder)).boxed().toList();
    }

    private boolean leaf(Integer folder) {
        FolderTree tree = tree();
        return tree == null || !tree.hasSubfolders(folder);
    }

    /** Also what lies in sub-folders is shown. */
    void below(boolean on) {
        below = on;
        selected(getSelectionModel().getSelectedItem());
    }

    private void selected(@Nullable TreeItem<Integer> item) {
        if (!quiet && item != null) {
            model.scope().set(scope(item.getValue()));
        }
    }

    private Scope scope(int folder) {
        return folder == Catalog.NONE && below ? Scope.ALL : new Scope.Folder(folder, below);
    }

    /** Shows again what the selected folder holds, after something else was shown. */
    void activate() {
        selected(getSelectionModel().getSelectedItem());
    }

    private void update() {
        Findings now = model.findings().get();
        if (now == null || now.snapshot().revision() == shownRevision) {
            return;
        }
        shownRevision = now.snapshot().revision();
        int limit = model.catalog().rated() ? Integer.MAX_VALUE : LIVE_LIMIT;
        TreeItem<Integer> selected = getSelectionModel().getSelectedItem();
        quiet = true;
        boolean first = !root.filled() && !leaf(Catalog.NONE);
        boolean changed;
        if (first) {
            root.setExpanded(true);
            changed = true;
        } else {
            changed = root.refresh(limit);
        }
        if (changed && selected != null && getSelectionModel().getSelectedItem() != selected) {
            getSelectionModel().select(selected);
        }
        quiet = false;
        refresh();
    }

    /** Selects a folder, opening those above it. */
    void select(int folder) {
        TreeItem<Integer> item = item(folder);
        getSelectionModel().select(item);
        int index = getRow(item);
        if (index >= 0) {
            scrollTo(Math.max(0, index - 2));
        }
    }

    private TreeItem<Integer> item(int folder) {
        if (folder == Catalog.NONE) {
            return root;
        }
        TreeItem<Integer> parent = item(model.catalog().parent(folder));
        parent.setExpanded(true);
        for (TreeItem<Integer> child : parent.getChildren()) {
            if (child.getValue() == folder) {
                return child;
            }
        }
        return parent;
    }

    /** Goes to the folder above the selected one. */
    void up() {
        TreeItem<Integer> selected = getSelectionModel().getSelectedItem();
        if (selected != null && selected.getParent() != null) {
            select(selected.getParent().getValue());
        }
    }

    private void key(KeyEvent event) {
        TreeItem<Integer> item = getSelectionModel().getSelectedItem();
        if (item == null) {
            return;
        }
        int folder = item.getValue();
        if (event.getCode() == KeyCode.SPACE) {
            model.tickFolder(folder, state(folder) != TriState.ALL);
            event.consume();
        } else if (event.getCode() == KeyCode.DELETE) {
            model.tickFolder(folder, false);
            event.consume();
        }
    }

    private TriState state(int folder) {
        Tally tally = model.tally().get();
        return tally == null ? TriState.NONE : tally.folder(folder);
    }

    private String name(int folder) {
        if (folder != Catalog.NONE) {
            return model.catalog().name(folder);
        }
        return backup == null || backup.kind() == SourceNode.Kind.MEDIUM
                ? Messages.get("choose.everything")
                : backup.title();
    }

    /** Whether it is a set of a backup of which all are listed. */
    private boolean set(int folder) {
        return backup != null
                && backup.kind() == SourceNode.Kind.BACKUP_SETS
                && folder != Catalog.NONE
                && model.catalog().parent(folder) == Catalog.NONE;
    }

    private boolean lost(int folder) {
        return folder != Catalog.NONE && model.catalog().provenance(folder) == Provenance.MADE_UP && !set(folder);
    }

    private Feather icon(int folder) {
        if (folder == Catalog.NONE) {
            return backup == null ? Feather.HARD_DRIVE : Feather.ARCHIVE;
        }
        return set(folder) ? Feather.ARCHIVE : lost(folder) ? Feather.LIFE_BUOY : Feather.FOLDER;
    }

    private final class Cell extends TreeCell<Integer> {
        private final CheckBox box = new CheckBox();
        private final FontIcon icon = new FontIcon();
        private final Label name = new Label();
        private final Label count = new Label();
        private final Tooltip hint = new Tooltip();
        private final HBox line = new HBox(5, box, icon, name, count);
        private final InvalidationListener listener = observable -> refreshState();

        Cell() {
            box.setFocusTraversable(false);
            box.getStyleClass().add("tick");
            box.setOnAction(event -> {
                Integer folder = getItem();
                if (folder != null) {
                    model.tickFolder(folder, box.isSelected());
                }
            });
            count.getStyleClass().add("side-count");
            count.setMinWidth(Region.USE_PREF_SIZE);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            line.setAlignment(Pos.CENTER_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(1); // as wide as the tree, never wider: long names are cut, not scrolled
            model.tally().addListener(new WeakInvalidationListener(listener));
        }

        @Override
        protected void updateItem(@Nullable Integer folder, boolean empty) {
            super.updateItem(folder, empty);
            if (folder == null || empty) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            icon.setIconCode(icon(folder));
            line.getStyleClass().remove("lost");
            if (lost(folder)) {
                line.getStyleClass().add("lost");
            }
            name.setText(name(folder));
            hint.setText(name.getText());
            setTooltip(hint);
            FolderTree tree = tree();
            count.setText(tree == null ? "" : Units.count(tree.files(folder)));
            setGraphic(line);
            refreshState();
        }

        private void refreshState() {
            Integer folder = getItem();
            if (folder != null && !isEmpty()) {
                TriState state = state(folder);
                TickColumn.show(box, state);
                String ticked = switch (state) {
                    case NONE -> Messages.get("choose.unchecked");
                    case SOME -> Messages.get("choose.partlyChecked");
                    case ALL -> Messages.get("choose.checked");
                };
                FolderTree tree = tree();
                String files = tree == null ? "" : Units.files(tree.files(folder));
                setAccessibleText(Messages.get("choose.treeWords", name.getText(), files, ticked));
            }
        }
    }
}
