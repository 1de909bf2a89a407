package org.salvor.ui.theme;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.controlsfx.control.Notifications;

/** A few words in the corner of the window about what has just been done. They go by themselves. */
public final class Notice {
    private static final double WIDTH = 400;
    private static final int MOST = 240;

    private Notice() {}

    /**
     * Shows it over the window.
     *
     * @param on a node of that window
     * @param text wraps; of a very long one the middle is left out
     */
    public static void show(Node on, String headline, String text) {
        Label title = line(headline);
        title.getStyleClass().add(Styles.TEXT_BOLD);
        VBox box = Build.column(4, title);
        if (!text.isEmpty()) {
            box.getChildren().add(line(shortened(text)));
        }
        // as a graphic: the texts of the control itself never wrap, and make it wider than the window
        Notifications.create()
                .position(Pos.TOP_RIGHT)
                .owner(on)
                .graphic(box)
                .styleClass("notice")
                .show();
    }

    private static Label line(String text) {
        Label label = Build.text(text);
        label.setPrefWidth(WIDTH);
        label.setMaxWidth(WIDTH);
        return label;
    }

    private static String shortened(String text) {
        int half = (MOST - 1) / 2;
        return text.length() <= MOST ? text : text.substring(0, half) + "\u2026" + text.substring(text.length() - half);
    }
}
