package org.salvor.ui.theme;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands where nothing is to be seen: why, and what can be done. */
public final class EmptyState extends VBox {
    public EmptyState(Feather symbol, String headline, String text, Node... actions) {
        super(10);
        getStyleClass().add("empty-state");
        setId("empty");
        setAlignment(Pos.CENTER);
        FontIcon icon = new FontIcon(symbol);
        icon.getStyleClass().add("empty-icon");
        Label title = new Label(headline);
        title.getStyleClass().add(Styles.TITLE_4);
        title.setWrapText(true);
        title.setTextAlignment(TextAlignment.CENTER);
        Label explanation = Build.muted(text);
        explanation.setTextAlignment(TextAlignment.CENTER);
        explanation.setMaxWidth(420);
        Build.visible(explanation, !text.isEmpty());
        getChildren().addAll(icon, title, explanation);
        if (actions.length > 0) {
            HBox row = Build.row(8, actions);
            row.setAlignment(Pos.CENTER);
            getChildren().add(row);
        }
    }
}
