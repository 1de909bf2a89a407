package org.salvor.ui.theme;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One of a few large choices: a radio button with room for an explanation and a line that may change. */
public final class ChoiceCard extends VBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final RadioButton radio;
    private final Label foot = new Label();

    public ChoiceCard(ToggleGroup group, Feather icon, String headline, String explanation) {
        super(8);
        getStyleClass().add("choice-card");
        radio = new RadioButton(headline);
        radio.setMnemonicParsing(true);
        radio.setToggleGroup(group);
        radio.getStyleClass().add("command-headline");
        radio.setAccessibleHelp(explanation);
        FontIcon mark = new FontIcon(icon);
        mark.getStyleClass().add("choice-icon");
        Label text = Build.muted(explanation);
        foot.getStyleClass().add("choice-foot");
        foot.setWrapText(true);
        foot.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(Build.row(8, radio, Build.spacer(), mark), text, Build.spacer(), foot);
        radio.selectedProperty().subscribe(on -> pseudoClassStateChanged(SELECTED, on));
        setOnMouseClicked(event -> {
            radio.setSelected(true);
            radio.requestFocus();
        });
    }

    public RadioButton radio() {
        return radio;
    }

    /** The line at its foot. */
    public Label foot() {
        return foot;
    }
}
