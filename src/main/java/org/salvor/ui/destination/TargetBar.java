package org.salvor.ui.destination;

import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedBar;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;

/** How full the target is: in use, these files, left. */
final class TargetBar extends VBox {
    private final DestinationViewModel model;
    private final SegmentedBar<Share> bar = new SegmentedBar<>();
    private final Label words = Build.muted("");

    /** One of the three parts. */
    private static final class Share extends SegmentedBar.Segment {
        private final String style;

        Share(double width, String text, String style) {
            super(width, text);
            this.style = style;
        }
    }

    TargetBar(DestinationViewModel model) {
        super(6);
        this.model = model;
        bar.setOrientation(Orientation.HORIZONTAL);
        bar.setMinHeight(14);
        bar.setPrefHeight(14);
        bar.setMaxHeight(14);
        bar.setSegmentViewFactory(TargetBar::view);
        bar.setInfoNodeFactory(null);
        getChildren().addAll(bar, words);
        model.plan().subscribe((was, is) -> show());
        model.target().subscribe((was, is) -> show());
        show();
    }

    private static Region view(Share share) {
        Region region = new Region();
        region.getStyleClass().addAll("share-part", share.style);
        Tooltip.install(region, new Tooltip(share.getText()));
        return region;
    }

    private void show() {
        RestorePlan plan = model.plan().get();
        Target target = model.target().get();
        boolean known = plan != null && target.total() > 0;
        Build.visible(this, known);
        if (plan == null || !known) {
            return;
        }
        long used = target.total() - target.free();
        long left = Math.max(0, target.free() - plan.needed());
        double least = target.total() * 0.006;
        bar.getSegments()
                .setAll(
                        new Share(used, Messages.get("destination.bar.used", Units.bytes(used)), "share-used"),
                        new Share(
                                Math.max(plan.needed(), least),
                                Messages.get("destination.bar.files", Units.bytes(plan.needed())),
                                "share-files"),
                        new Share(left, Messages.get("destination.bar.left", Units.bytes(left)), "share-left"));
        words.setText(
                Messages.get("destination.bar", Units.bytes(used), Units.bytes(plan.needed()), Units.bytes(left)));
        bar.setAccessibleText(words.getText());
    }
}
