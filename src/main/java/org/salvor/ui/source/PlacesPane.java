package org.salvor.ui.source;

import atlantafx.base.theme.Styles;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedBar;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;

/** What the chosen source holds: a bar of its parts, and the tree of its places, one of which is chosen. */
final class PlacesPane extends VBox {
    private final WizardState state;
    private final Label heading;
    private final SegmentedBar<PartSegment> bar = new SegmentedBar<>();
    private final TreeView<SourceNode> tree = new TreeView<>();
    private final Banner why = new Banner(Banner.Kind.WARNING, "", "");
    private final BooleanProperty offered = new SimpleBooleanProperty(true);
    private boolean showing;
    private boolean low;

    /** More parts than this cannot be told apart in a bar. */
    private static final int MOST_PARTS = 16;

    private static final double ROW = 34;
    private static final double LOW_ROW = 28;
    private static final int LEAST_ROWS = 3;

    /** A part of a disk in the bar; as wide as it is large, but never too thin to be seen. */
    private static final class PartSegment extends SegmentedBar.Segment {
        private final SourceNode node;

        PartSegment(SourceNode node, double width) {
            super(width, node.title());
            this.node = node;
        }
    }

    /** @param search looks for lost volumes in all of the source */
    PlacesPane(WizardState state, Runnable search) {
        super(6);
        this.state = state;
        heading = Build.heading(Messages.get("source.places"));
        heading.setLabelFor(tree);
        bar.setSegmentViewFactory(PlacesPane::segment);
        bar.setOrientation(Orientation.HORIZONTAL);
        bar.setMinHeight(26);
        bar.setPrefHeight(26);
        bar.setAccessibleText(Messages.get("source.bar"));
        tree.setId("places");
        tree.setFixedCellSize(ROW);
        tree.setPrefHeight(150);
        tree.minHeightProperty()
                .bind(Bindings.min(tree.expandedItemCountProperty(), LEAST_ROWS)
                        .multiply(tree.fixedCellSizeProperty())
                        .add(2));
        tree.maxHeightProperty()
                .bind(tree.expandedItemCountProperty()
                        .multiply(tree.fixedCellSizeProperty())
                        .add(2));
        tree.setAccessibleText(Messages.get("source.places"));
        tree.setCellFactory(view -> new PlaceCell());
        VBox.setVgrow(tree, Priority.ALWAYS);
        tree.getSelectionModel().selectedItemProperty().subscribe(this::picked);
        tree.heightProperty().subscribe((was, is) -> state.ui().execute(this::reveal));
        Build.visible(why, false);
        why.setId("place-problem");
        Button lost = Build.button(Messages.get("source.sweep"), Feather.SEARCH, search);
        lost.setId("sweep");
        lost.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        lost.setAccessibleHelp(Messages.get("source.sweep.help"));
        lost.setTooltip(new Tooltip(Messages.get("source.sweep.help")));
        lost.visibleProperty().bind(Bindings.createBooleanBinding(this::searchable, state.places(), offered));
        getChildren().addAll(Build.row(8, heading, Build.spacer(), lost), bar, tree, why);
        state.places().subscribe(this::show);
        state.node().subscribe(this::select);
    }

    /** What a backup says of the set and of its media, each sentence once. */
    private static String told(TreeItem<SourceNode> item) {
        TreeItem<SourceNode> above = item.getParent();
        String all = item.getValue().detail()
                + (above == null ? "" : " " + above.getValue().detail());
        return Stream.of(all.split("(?<=\\.) ", -1))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private void picked(@Nullable TreeItem<SourceNode> item) {
        if (!showing && item != null) {
            SourceNode node = item.getValue();
            state.node().set(node.state() == SourceNode.State.READABLE ? node : null);
        }
        boolean closed = item != null
                && switch (item.getValue().state()) {
                    case LOCKED, UNKNOWN -> true;
                    case READABLE, CONTAINER -> false;
                };
        String text = item == null
                ? ""
                : item.getValue().kind().backup()
                        ? told(item)
                        : closed ? item.getValue().detail() : "";
        why.show(closed ? Banner.Kind.WARNING : Banner.Kind.INFO, "", text);
        Build.visible(why, !text.isEmpty());
    }

    private boolean searchable() {
        SourceNode root = state.places().get();
        return offered.get()
                && root != null
                && root.state() == SourceNode.State.CONTAINER
                && root.kind() == SourceNode.Kind.DISK;
    }

    /** Not offered here where another button offers it. */
    void offerSearch(boolean on) {
        offered.set(on);
    }

    /** In a low window the tree needs the room of the bar. */
    void low(boolean on) {
        low = on;
        tree.setFixedCellSize(on ? LOW_ROW : ROW);
        showBar();
    }

    private void showBar() {
        int parts = bar.getSegments().size();
        Build.visible(bar, !low && parts > 1);
    }

    /** Keeps what is chosen in sight. */
    private void reveal() {
        int row = tree.getSelectionModel().getSelectedIndex();
        boolean fits = tree.getExpandedItemCount() * tree.getFixedCellSize() <= tree.getHeight();
        if (row >= 0) {
            tree.scrollTo(fits ? 0 : Math.max(0, row - 1));
        }
    }

    private void show(@Nullable SourceNode root) {
        showing = true;
        bar.getSegments().clear();
        if (root == null) {
            tree.setRoot(null);
        } else {
            heading.setText(Messages.get(root.kind().backup() ? "source.places.backup" : "source.places"));
            tree.setAccessibleText(heading.getText());
            tree.setRoot(item(root));
            int parts = root.children().size();
            boolean parted = root.length() > 0 && parts > 1 && parts <= MOST_PARTS;
            // sets do not lie side by side on a medium as partitions do on a disk
            if (parted && !root.kind().backup()) {
                for (SourceNode child : root.children()) {
                    double share = (double) Math.max(child.length(), 0) / root.length();
                    bar.getSegments().add(new PartSegment(child, Math.max(share, 0.04)));
                }
            }
        }
        showBar();
        showing = false;
    }

    private void select(@Nullable SourceNode node) {
        TreeItem<SourceNode> root = tree.getRoot();
        if (node != null && root != null) {
            TreeItem<SourceNode> item = find(root, node);
            if (item != null && item != tree.getSelectionModel().getSelectedItem()) {
                tree.getSelectionModel().select(item);
                reveal();
            }
        }
    }

    private static @Nullable TreeItem<SourceNode> find(TreeItem<SourceNode> at, SourceNode node) {
        if (at.getValue() == node) {
            return at;
        }
        for (TreeItem<SourceNode> child : at.getChildren()) {
            TreeItem<SourceNode> found = find(child, node);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static TreeItem<SourceNode> item(SourceNode node) {
        TreeItem<SourceNode> item = new TreeItem<>(node);
        for (SourceNode child : node.children()) {
            item.getChildren().add(item(child));
        }
        item.setExpanded(true);
        return item;
    }

    private static Region segment(PartSegment segment) {
        SourceNode node = segment.node;
        String name = node.label().isEmpty() ? node.title() : node.label();
        Label label = new Label(name);
        label.widthProperty().subscribe(width -> label.setText(width.doubleValue() < roomFor(name) ? "" : name));
        label.getStyleClass()
                .addAll("part", "shortens", "part-" + node.state().name().toLowerCase(Locale.ROOT));
        if (node.kind() == SourceNode.Kind.LOST_VOLUME) {
            label.getStyleClass().add("part-lost");
        }
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinWidth(0);
        label.setTooltip(new Tooltip(Messages.get(
                "source.part", node.title(), Units.bytes(node.length()), Units.count(node.offset() / 512))));
        return label;
    }

    /** A name of which only a few letters can be read says nothing; the tree and the tooltip have it in full. */
    private static double roomFor(String name) {
        return 16 + 7.5 * Math.min(name.length(), 12);
    }
}
