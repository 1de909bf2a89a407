package org.salvor.ui.theme;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Something a person should know, in place: icon, headline, explanation, and what can be done about it. */
public final class Banner extends HBox {
    /** How much it matters. */
    public enum Kind {
        INFO(Feather.INFO),
        GOOD(Feather.CHECK_CIRCLE),
        WARNING(Feather.ALERT_TRIANGLE),
        ERROR(Feather.ALERT_OCTAGON);

        private final Feather icon;

        Kind(Feather icon) {
            this.icon = icon;
        }
    }

    private final FontIcon icon = new FontIcon();
    private final Label headline = new Label();
    private final Label explanation = new Label();
    private final VBox texts = new VBox(2, headline, explanation);

    public Banner(Kind kind, String headline, String explanation, Node... actions) {
        super(12);
        getStyleClass().add("banner");
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        this.headline.getStyleClass().add("banner-headline");
        this.headline.setWrapText(true);
        this.headline.setMinHeight(Region.USE_PREF_SIZE);
        this.explanation.setWrapText(true);
        this.explanation.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(texts, Priority.ALWAYS);
        texts.setAlignment(Pos.CENTER_LEFT);
        setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(icon, texts);
        getChildren().addAll(actions);
        show(kind, headline, explanation);
    }

    /** Says something else. */
    public void show(Kind kind, String newHeadline, String newExplanation) {
        for (Kind each : Kind.values()) {
            getStyleClass().remove(style(each));
        }
        getStyleClass().add(style(kind));
        icon.setIconCode(kind.icon);
        headline.setText(newHeadline);
        Build.visible(headline, !newHeadline.isEmpty());
        explanation.setText(newExplanation);
        Build.visible(explanation, !newExplanation.isEmpty());
        setAccessibleText((newHeadline + " " + newExplanation).strip());
    }

    private static String style(Kind kind) {
        return "banner-" + kind.name().toLowerCase(Locale.ROOT);
    }
}
