package org.salvor.ui.choose;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Insets;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.EmptyState;
import org.salvor.ui.theme.Themes;

/** Folders and types at the left, the table with its filter in the middle, one file at the right. */
public final class ChooseView extends BorderPane implements AutoCloseable {
    private static final Duration POLL = Duration.millis(125);
    private static final double WIDE = 860;
    private static final double SIDE_PART = 0.21;
    private static final double SIDE_PART_NARROW = 0.27;
    private static final double CENTRE_PART = 0.71;
    private static final double HALF = 0.56;

    /** What the view cannot know by itself. */
    public interface Surroundings extends DetailPane.Access {
        /** Whether files may still be found. */
        boolean scanning();

        /** What stopped the scan before its end, in words; empty if nothing did. */
        String stopped();

        /** Runs what is given to it on the UI thread. */
        Executor ui();

        /** The backup whose files are listed, all of them; null for those of a volume. */
        @Nullable
        default SourceNode backup() {
            return null;
        }

        /** Goes to the page where the scan is chosen. */
        void planScan();
    }

    private final ChooseModel model;
    private final Surroundings around;
    private final FileTable table;
    private final FolderPane folders;
    private final TypePane types;
    private final FilterBar filter;
    private final DetailPane detail;
    private final MasterDetailPane split = new MasterDetailPane(Side.RIGHT);
    private final ToggleButton showDetail = new ToggleButton(null, new FontIcon(Feather.SIDEBAR));
    private final ToggleButton foldersTab = new ToggleButton(Messages.get("choose.folders"));
    private final ToggleButton typesTab = new ToggleButton(Messages.get("choose.types"));
    private final CheckBox below = new CheckBox(Messages.get("choose.below"));
    private final SplitPane all = new SplitPane();
    private final StackPane side = new StackPane();
    private final VBox left;
    private final Banner banner = new Banner(Banner.Kind.ERROR, "", "");
    private final Timeline poll = new Timeline(new KeyFrame(POLL, event -> poll()));
    private boolean wide;
    private boolean scanning;

    public ChooseView(ChooseModel model, Surroundings around) {
        this.model = model;
        this.around = around;
        getStylesheets().add(Themes.sheet("choose.css"));
        getStyleClass().add("choose");
        table = new FileTable(model, this::openFolder, this::preview);
        folders = new FolderPane(model, around.backup());
        types = new TypePane(model);
        detail = new DetailPane(model.catalog(), around, around.ui());
        showDetail.setId("show-detail");
        showDetail.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet-toggle");
        showDetail.setTooltip(new Tooltip(Messages.get("choose.detail.show")));
        showDetail.setAccessibleText(Messages.get("choose.detail.show"));
        filter = new FilterBar(model, showDetail);
        split.setMasterNode(centre());
        split.setDetailNode(detail);
        split.setAnimated(false);
        split.setFocusTraversable(false);
        split.setDividerPosition(CENTRE_PART);
        left = left();
        SplitPane.setResizableWithParent(left, false);
        all.getItems().setAll(left, split);
        all.setDividerPositions(SIDE_PART);
        setCenter(all);
        setTop(banner);
        BorderPane.setMargin(banner, new Insets(0, 0, 8, 0));
        Build.visible(banner, false);
        listen();
    }

    private VBox left() {
        ToggleGroup group = new ToggleGroup();
        foldersTab.setToggleGroup(group);
        typesTab.setToggleGroup(group);
        foldersTab.setId("tab-folders");
        typesTab.setId("tab-types");
        foldersTab.getStyleClass().addAll(Styles.LEFT_PILL, Styles.SMALL);
        typesTab.getStyleClass().addAll(Styles.RIGHT_PILL, Styles.SMALL);
        for (ToggleButton each : List.of(foldersTab, typesTab)) {
            each.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(each, Priority.ALWAYS);
        }
        foldersTab.setSelected(true);
        group.selectedToggleProperty().subscribe((was, is) -> {
            if (is == null && was != null) {
                was.setSelected(true);
            } else {
                showSide();
            }
        });
        below.setId("below");
        below.setSelected(true);
        below.selectedProperty().subscribe((was, is) -> folders.below(is));
        side.getChildren().setAll(folders);
        VBox.setVgrow(side, Priority.ALWAYS);
        HBox tabs = new HBox(foldersTab, typesTab);
        VBox box = new VBox(8, tabs, side, below);
        box.getStyleClass().add("side");
        box.setMinWidth(170);
        return box;
    }

    private Node centre() {
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setMinHeight(120);
        VBox box = new VBox(8, filter, table);
        box.getStyleClass().add("centre");
        box.setMinWidth(260);
        return box;
    }

    private void listen() {
        table.leading().subscribe(row -> detail.show(row.intValue()));
        model.findings().subscribe(found -> {
            placeholder();
            detail.refresh();
        });
        model.failure().subscribe(problem -> {
            if (problem != null) {
                Faults.tellIfBug(problem);
            }
            banner();
        });
        widthProperty().subscribe(width -> fit(width.doubleValue()));
        showDetail.selectedProperty().subscribe((was, is) -> panes());
        poll.setCycleCount(Timeline.INDEFINITE);
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                poll.stop();
            } else {
                poll.play();
            }
        });
        placeholder();
        banner();
    }

    /** The detail pane comes and goes with the room there is, until a person decides. */
    private void fit(double width) {
        boolean now = width >= WIDE;
        if (now != wide) {
            wide = now;
            split.setShowDetailNode(false); // opened again where it belongs
            showDetail.setSelected(now);
        }
        panes();
    }

    /**
     * In a narrow window one file takes the place of the folders, so that it and the table stay readable. The pane of the file is
     * opened when the room for it is laid out: opened in the same go, it would be kept at the width it had before, which is none.
     */
    private void panes() {
        boolean folderSide = wide || !showDetail.isSelected();
        if (folderSide != all.getItems().contains(left)) {
            if (folderSide) {
                all.getItems().addFirst(left);
            } else {
                all.getItems().remove(left);
            }
        }
        if (folderSide) {
            all.setDividerPositions(wide ? SIDE_PART : SIDE_PART_NARROW);
        }
        if (!showDetail.isSelected()) {
            split.setShowDetailNode(false);
        } else if (!split.isShowDetailNode()) {
            LaidOut.then(this, () -> {
                if (showDetail.isSelected()) {
                    split.setDividerPosition(wide ? CENTRE_PART : HALF);
                    split.setShowDetailNode(true);
                }
            });
        }
    }

    private void poll() {
        model.poll();
        boolean now = around.scanning();
        if (now != scanning) {
            scanning = now;
            placeholder();
            banner();
            detail.refresh();
        }
    }

    private void showSide() {
        boolean byFolder = foldersTab.isSelected();
        side.getChildren().setAll(byFolder ? folders : types);
        Build.visible(below, byFolder);
        if (byFolder) {
            folders.activate();
        } else {
            types.activate();
        }
    }

    private void openFolder(int folder) {
        foldersTab.setSelected(true);
        folders.select(folder);
    }

    private void preview() {
        showDetail.setSelected(true);
        LaidOut.then(this, detail::focus);
    }

    private void banner() {
        Throwable problem = model.failure().get();
        String stopped = around.stopped();
        Build.visible(banner, problem != null || !stopped.isEmpty());
        if (problem != null) {
            banner.show(
                    Banner.Kind.ERROR,
                    Messages.get("choose.failed"),
                    Messages.get("choose.failed.text", Faults.sentence(problem)));
        } else if (!stopped.isEmpty()) {
            banner.show(
                    Banner.Kind.WARNING, Messages.get("choose.stopped"), Messages.get("choose.stopped.text", stopped));
        }
    }

    private void placeholder() {
        Findings found = model.findings().get();
        if (found == null) {
            table.setPlaceholder(new EmptyState(Feather.SEARCH, Messages.get("choose.empty.wait"), ""));
        } else if (found.rows().length > 0) {
            return; // nobody sees it
        } else if (found.snapshot().files() == 0 && around.scanning()) {
            table.setPlaceholder(new EmptyState(
                    Feather.LOADER, Messages.get("choose.empty.scanning"), Messages.get("choose.empty.scanning.text")));
        } else if (found.snapshot().files() == 0) {
            table.setPlaceholder(nothing());
        } else if (model.filtered()) {
            table.setPlaceholder(new EmptyState(
                    Feather.FILTER,
                    Messages.get("choose.empty.filter"),
                    Messages.get("choose.empty.filter.text"),
                    Build.button(Messages.get("choose.clearFilter"), Feather.X, model::clearFilter)));
        } else {
            table.setPlaceholder(new EmptyState(
                    Feather.FOLDER, Messages.get("choose.empty.folder"), Messages.get("choose.empty.folder.text")));
        }
    }

    private Node nothing() {
        if (around.backup() != null) {
            return new EmptyState(Feather.INBOX, Messages.get("scan.empty.any"), Messages.get("choose.empty.backup"));
        }
        boolean thorough = model.plan().thorough();
        return thorough
                ? new EmptyState(
                        Feather.INBOX, Messages.get("choose.empty.nothing"), Messages.get("choose.empty.nothing.all"))
                : new EmptyState(
                        Feather.INBOX,
                        Messages.get("choose.empty.nothing"),
                        Messages.get("choose.empty.nothing.text"),
                        Build.button(Messages.get("choose.tryThorough"), Feather.LAYERS, around::planScan));
    }

    /** The keys that work wherever on the page the keyboard is. */
    void key(KeyEvent event) {
        boolean done = true;
        if (event.getCode() == KeyCode.F && event.isShortcutDown()) {
            filter.focusField();
        } else if (event.getCode() == KeyCode.F3) {
            table.step(event.isShiftDown() ? -1 : 1);
            table.requestFocus();
        } else if (event.getCode() == KeyCode.UP && event.isAltDown()) {
            up();
        } else {
            done = false;
        }
        if (done) {
            event.consume();
        }
    }

    /** From a list of everything below a folder to the folder of the file itself, from there upwards. */
    private void up() {
        int row = table.leading().get();
        if (foldersTab.isSelected() && row != Catalog.NONE && model.scope().get() instanceof Scope.All) {
            folders.select(model.catalog().parent(row));
        } else {
            foldersTab.setSelected(true);
            folders.up();
        }
    }

    /** What Escape does; whether it did something. */
    public boolean escape() {
        return filter.escape();
    }

    public void technical(boolean on) {
        table.technical(on);
        detail.technical(on);
    }

    /** Puts the keyboard into the table. */
    public void focusTable() {
        table.requestFocus();
    }

    @Override
    public void close() {
        poll.stop();
        detail.close();
        model.close();
    }
}
