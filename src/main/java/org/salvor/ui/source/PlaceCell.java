package org.salvor.ui.source;

import atlantafx.base.theme.Styles;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;

/** A place in the tree; of a backup set also where it is from, in the same line. */
final class PlaceCell extends TreeCell<SourceNode> {
    /** Date and name of a set come before what else is told of it. */
    private static final double SET_TITLE = 340;

    private static final double LETTER = 8.8;

    private final FontIcon icon = new FontIcon();
    private final Label title = new Label();
    private final Label format = new Label();
    private final Label size = new Label();
    private final Label status = new Label();
    private final Label about = new Label();
    private final HBox box = Build.row(10, icon, title, format, about, Build.spacer(), size, status);

    PlaceCell() {
        format.getStyleClass().add("badge");
        status.getStyleClass().add("badge");
        size.getStyleClass().add(Styles.TEXT_MUTED);
        box.setPadding(new Insets(0, 10, 0, 0));
        size.setMinWidth(Region.USE_PREF_SIZE);
        format.setMinWidth(Region.USE_PREF_SIZE);
        status.setMinWidth(Region.USE_PREF_SIZE);
        title.setMinWidth(0);
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        about.getStyleClass().add(Styles.TEXT_MUTED);
        about.setMinWidth(0);
        icon.setIconSize(16);
        box.setMinWidth(0);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable SourceNode node, boolean empty) {
        super.updateItem(node, empty);
        setText(null);
        if (empty || node == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        icon.setIconCode(icon(node.kind()));
        title.setText(node.label().isEmpty() ? node.title() : node.title() + " \u2013 " + node.label());
        format.setText(node.format());
        boolean set = node.kind().backup() && node.kind() != SourceNode.Kind.MEDIUM;
        // the medium above the set has the same format
        Build.visible(format, !node.format().isEmpty() && !set);
        about.setText(set ? node.detail() : "");
        Build.visible(about, set && !node.detail().isEmpty());
        title.setMinWidth(set ? Math.min(SET_TITLE, LETTER * title.getText().length()) : 0);
        size.setText(node.length() < 0 ? "" : Units.bytes(node.length()));
        status.getStyleClass().removeAll("badge-good", "badge-warning");
        Build.visible(status, node.state() != SourceNode.State.CONTAINER);
        status.setText(text(node.state()));
        status.getStyleClass().add(node.state() == SourceNode.State.READABLE ? "badge-good" : "badge-warning");
        setTooltip(new Tooltip(node.detail().isEmpty() ? title.getText() : title.getText() + "\n" + node.detail()));
        setGraphic(box);
        setAccessibleText(
                String.join(", ", title.getText(), format.getText(), size.getText(), status.getText(), node.detail()));
    }

    private static String text(SourceNode.State state) {
        return switch (state) {
            case READABLE -> Messages.get("source.state.readable");
            case LOCKED -> Messages.get("source.state.locked");
            case CONTAINER -> "";
            case UNKNOWN -> Messages.get("source.state.unknown");
        };
    }

    private static Feather icon(SourceNode.Kind kind) {
        return switch (kind) {
            case DISK -> Feather.HARD_DRIVE;
            case PARTITION, VOLUME -> Feather.PIE_CHART;
            case LOST_VOLUME -> Feather.SEARCH;
            case SNAPSHOT -> Feather.CLOCK;
            case MEDIUM, BACKUP_SET -> Feather.ARCHIVE;
            case BACKUP_SETS -> Feather.LAYERS;
        };
    }
}
