package org.salvor.ui.theme;

import javafx.scene.control.Label;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.restore.Outcome;

/** What became of a file as shape, word and colour. */
public final class OutcomeBadge extends Label {
    private final FontIcon icon = new FontIcon();

    public OutcomeBadge() {
        getStyleClass().add("badge");
        setGraphic(icon);
    }

    public void show(Outcome outcome, String text) {
        getStyleClass().removeAll("badge-good", "badge-warning", "badge-error");
        setText(text);
        switch (outcome) {
            case RESTORED -> set(Feather.CHECK_CIRCLE, "badge-good");
            case PARTIAL -> set(Feather.PIE_CHART, "badge-warning");
            case KEPT_ENCRYPTED -> set(Feather.LOCK, "badge-warning");
            case SKIPPED -> icon.setIconCode(Feather.MINUS_CIRCLE);
            case FAILED -> set(Feather.X_CIRCLE, "badge-error");
        }
    }

    private void set(Feather code, String style) {
        icon.setIconCode(code);
        getStyleClass().add(style);
    }
}
