package org.salvor.ui.theme;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A large button with an icon, what it does, and one sentence about it. */
public final class CommandLink extends Button {
    /** Room for a headline and three lines: all of them are equally high. */
    private static final double HEIGHT = 116;

    private static final double SMALL_HEIGHT = 58;

    public CommandLink(Feather icon, String headline, String explanation, Runnable action) {
        this(icon, new Label(headline), Build.muted(explanation), HEIGHT, action);
    }

    /** One of a list: lower, and long names are shortened. */
    public static CommandLink small(Feather icon, String headline, String explanation, Runnable action) {
        Label below = Build.muted(explanation);
        below.setWrapText(false);
        CommandLink link =
                new CommandLink(icon, Build.shortens(new Label(headline)), Build.shortens(below), SMALL_HEIGHT, action);
        link.getStyleClass().add("command-small");
        return link;
    }

    private CommandLink(Feather icon, Label top, Label below, double height, Runnable action) {
        getStyleClass().add("command-link");
        top.getStyleClass().add("command-headline");
        below.setMinHeight(Region.USE_PREF_SIZE);
        VBox texts = new VBox(2, top, below);
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        StackPane mark = new StackPane(new FontIcon(icon));
        mark.getStyleClass().add("command-icon");
        mark.setMinWidth(Region.USE_PREF_SIZE);
        FontIcon arrow = new FontIcon(Feather.CHEVRON_RIGHT);
        arrow.getStyleClass().add("command-arrow");
        HBox box = new HBox(16, mark, texts, arrow);
        box.setAlignment(Pos.CENTER_LEFT);
        box.prefWidthProperty().bind(widthProperty().subtract(36));
        setGraphic(box);
        mark.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setMaxWidth(Double.MAX_VALUE);
        setMinHeight(height);
        setPrefHeight(height);
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleText(top.getText() + ". " + below.getText());
        setOnAction(event -> action.run());
        // a link is followed by Enter as well as by Space
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                fire();
                event.consume();
            }
        });
    }
}
