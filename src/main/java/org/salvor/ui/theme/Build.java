package org.salvor.ui.theme;

import atlantafx.base.theme.Styles;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The small building blocks of pages, so that all pages space and speak alike. */
public final class Build {
    private Build() {}

    /** A headline inside a page. */
    public static Label heading(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll(Styles.TITLE_4, "heading");
        label.setWrapText(true);
        return label;
    }

    /** Running text that wraps. */
    public static Label text(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Running text that steps back: explanations, captions. */
    public static Label muted(String text) {
        Label label = text(text);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    /** A label with a mnemonic that belongs to a control. */
    public static Label labelFor(String text, Node control) {
        Label label = new Label(text);
        label.setMnemonicParsing(true);
        label.setLabelFor(control);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /** Lets the middle of a long name go where there is no room; the whole of it comes as a tooltip. */
    public static <L extends Label> L shortens(L label) {
        label.getStyleClass().add("shortens");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setMinWidth(0);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(label.textProperty());
        label.setTooltip(whole);
        return label;
    }

    /** A text with a mnemonic as it is read aloud or shown where no letter is marked. */
    public static String spoken(String text) {
        return text.replace("_", "");
    }

    public static Region spacer() {
        Region region = new Region();
        HBox.setHgrow(region, Priority.ALWAYS);
        VBox.setVgrow(region, Priority.ALWAYS);
        return region;
    }

    public static HBox row(double spacing, Node... children) {
        HBox box = new HBox(spacing, children);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    public static VBox column(double spacing, Node... children) {
        return new VBox(spacing, children);
    }

    /** A framed group on the page. */
    public static VBox card(Node... children) {
        VBox box = new VBox(12, children);
        box.getStyleClass().add("panel");
        box.setPadding(new Insets(16));
        return box;
    }

    /** What opens beside a control and points at it. It looks the same wherever it is: it takes no font from that control. */
    public static PopOver popOver(Node content, PopOver.ArrowLocation arrow) {
        PopOver popOver = new PopOver(content);
        popOver.getStyleClass().add("beside");
        popOver.setArrowLocation(arrow);
        popOver.setDetachable(false);
        popOver.setAnimated(false);
        return popOver;
    }

    /** A button with a word and an icon. */
    public static Button button(String text, Feather icon, Runnable action) {
        Button button = new Button(text, new FontIcon(icon));
        button.setMnemonicParsing(true);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** A button that shows only an icon; its word is spoken and shown as a tooltip. */
    public static Button iconButton(String text, Feather icon, Runnable action) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setAccessibleText(spoken(text));
        button.setTooltip(new Tooltip(spoken(text)));
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Shows or hides a node together with the room it takes. */
    public static void visible(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }
}
