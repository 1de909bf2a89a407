package org.salvor.ui.shell;

import atlantafx.base.theme.Styles;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import org.jspecify.annotations.Nullable;
import org.salvor.ui.theme.Build;

/** What F1 shows: a few paragraphs about the page, beside its headline. Made when it is first asked for. */
final class HelpPopOver {
    private final Label headline = new Label();
    private final Label text = Build.text("");
    private @Nullable PopOver made;

    private PopOver make() {
        headline.getStyleClass().add(Styles.TEXT_BOLD);
        headline.setWrapText(true);
        VBox box = new VBox(8, headline, text);
        box.setPadding(new Insets(16));
        box.setPrefWidth(520);
        box.getStyleClass().add("help");
        return Build.popOver(box, PopOver.ArrowLocation.TOP_LEFT);
    }

    void show(Node beside, String title, String help) {
        PopOver popOver = made;
        if (popOver == null) {
            popOver = make();
            made = popOver;
        }
        headline.setText(title);
        text.setText(help);
        popOver.show(beside);
    }

    void hide() {
        if (made != null) {
            made.hide();
        }
    }

    boolean hideIfShown() {
        boolean was = made != null && made.isShowing();
        hide();
        return was;
    }
}
