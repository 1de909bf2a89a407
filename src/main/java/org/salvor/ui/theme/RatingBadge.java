package org.salvor.ui.theme;

import java.util.Locale;
import javafx.scene.control.Label;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.RatingClass;
import org.salvor.text.Messages;

/** A rating as shape, word and colour: never by colour alone. Made once per cell and set again for each row. */
public final class RatingBadge extends Label {
    private final FontIcon icon = new FontIcon();
    private String colour = "";

    public RatingBadge() {
        getStyleClass().addAll("badge", "rating-badge");
        setGraphic(icon);
    }

    public RatingBadge(RatingClass rating, int percent) {
        this();
        show(rating, percent);
    }

    /** @param percent of the clusters left; told only where it says more than the word */
    public void show(RatingClass rating, int percent) {
        String now = "rating-" + rating.name().toLowerCase(Locale.ROOT);
        if (!now.equals(colour)) {
            getStyleClass().remove(colour);
            getStyleClass().add(now);
            colour = now;
            icon.setIconCode(icon(rating));
        }
        setText(text(rating, percent));
    }

    /** "Intact", "Part left (62 %)". */
    public static String text(RatingClass rating, int percent) {
        return switch (rating) {
            case PENDING -> Messages.get("rating.PENDING");
            case INTACT -> Messages.get("rating.INTACT");
            case PROBABLE -> Messages.get("rating.PROBABLE");
            case PARTIAL -> Messages.get("rating.PARTIAL", percent);
            case OVERWRITTEN -> Messages.get("rating.OVERWRITTEN");
            case BLANK -> Messages.get("rating.BLANK");
            case LOCKED -> Messages.get("rating.LOCKED");
            case STUB -> Messages.get("rating.STUB");
        };
    }

    /** One sentence that says what the class means. */
    public static String meaning(RatingClass rating) {
        return switch (rating) {
            case PENDING -> Messages.get("rating.meaning.PENDING");
            case INTACT -> Messages.get("rating.meaning.INTACT");
            case PROBABLE -> Messages.get("rating.meaning.PROBABLE");
            case PARTIAL -> Messages.get("rating.meaning.PARTIAL");
            case OVERWRITTEN -> Messages.get("rating.meaning.OVERWRITTEN");
            case BLANK -> Messages.get("rating.meaning.BLANK");
            case LOCKED -> Messages.get("rating.meaning.LOCKED");
            case STUB -> Messages.get("rating.meaning.STUB");
        };
    }

    private static Feather icon(RatingClass rating) {
        return switch (rating) {
            case PENDING -> Feather.MORE_HORIZONTAL;
            case INTACT -> Feather.CHECK_CIRCLE;
            case PROBABLE -> Feather.CHECK;
            case PARTIAL -> Feather.PIE_CHART;
            case OVERWRITTEN -> Feather.X_CIRCLE;
            case BLANK -> Feather.CIRCLE;
            case LOCKED -> Feather.LOCK;
            case STUB -> Feather.LINK_2;
        };
    }
}
