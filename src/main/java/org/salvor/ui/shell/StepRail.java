package org.salvor.ui.shell;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.SpokenSwitch;

/** The map at the left: which steps are done, which one is shown, which come later. Steps that were reached can be pressed. */
final class StepRail extends VBox {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");

    private final Map<Step, Button> buttons = new EnumMap<>(Step.class);
    private final List<Step> steps;
    private final Button brand;
    private final SpokenSwitch technical = new SpokenSwitch(Messages.get("rail.technical"));
    private final Button theme;
    private final StackPane modes = new StackPane();

    StepRail(WizardState state, List<Step> steps, Runnable home) {
        this.steps = steps;
        getStyleClass().add("step-rail");
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        setAccessibleText(Messages.get("rail.name"));
        FontIcon mark = new FontIcon(Feather.LIFE_BUOY);
        mark.getStyleClass().add("brand-icon");
        brand = new Button(Messages.get("app.name"), mark);
        brand.getStyleClass().addAll("brand");
        brand.setAccessibleText(Messages.get("rail.home"));
        brand.setOnAction(event -> home.run());
        brand.setMaxWidth(Double.MAX_VALUE);
        getChildren().add(brand);
        VBox.setMargin(brand, new Insets(0, 0, 12, 0));
        for (Step step : steps) {
            Button button = new Button(step.text());
            button.getStyleClass().add("step");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.CENTER_LEFT);
            button.setOnAction(event -> state.step().set(step));
            buttons.put(step, button);
            getChildren().add(button);
        }
        theme = Build.iconButton(
                Messages.get("rail.theme"),
                Feather.MOON,
                () -> state.dark().set(!state.dark().get()));
        bindModes(state);
        getChildren().addAll(Build.spacer(), modes);
        compact(false);
    }

    private void bindModes(WizardState state) {
        technical.setId("technical");
        technical.setMinWidth(Region.USE_PREF_SIZE);
        technical.setAccessibleText(Messages.get("rail.technical.help"));
        technical.selectedProperty().bindBidirectional(state.technical());
        theme.setId("theme");
        state.dark().subscribe(dark -> theme.setGraphic(new FontIcon(dark ? Feather.SUN : Feather.MOON)));
    }

    /** In a narrow window only the numbers stay; the words come as tooltips. */
    void compact(boolean on) {
        pseudoClassStateChanged(COMPACT, on);
        ContentDisplay display = on ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
        Pos place = on ? Pos.CENTER : Pos.CENTER_LEFT;
        brand.setContentDisplay(display);
        brand.setAlignment(place);
        buttons.forEach((step, button) -> {
            button.setContentDisplay(display);
            button.setAlignment(place);
            button.setTooltip(on ? new Tooltip(step.text()) : null);
        });
        technical.setText(on ? "" : Messages.get("rail.technical"));
        technical.setTooltip(new Tooltip(Messages.get("rail.technical.help")));
        modes.getChildren().clear();
        Pane line = on ? new VBox(8, theme, technical) : new HBox(8, technical, Build.spacer(), theme);
        line.getStyleClass().add("modes");
        modes.getChildren().setAll(line);
    }

    /** @param reached the furthest step that may be gone to @param locked whether the shown page holds the person */
    void show(Step current, Step reached, boolean locked) {
        for (Map.Entry<Step, Button> entry : buttons.entrySet()) {
            Step step = entry.getKey();
            Button button = entry.getValue();
            boolean isCurrent = step == current;
            boolean isDone = !isCurrent && step.compareTo(reached) <= 0;
            button.pseudoClassStateChanged(CURRENT, isCurrent);
            button.pseudoClassStateChanged(DONE, isDone);
            button.setDisable(!isCurrent && (!isDone || locked));
            button.setGraphic(number(step, isDone && step.compareTo(current) < 0));
            button.setAccessibleText(Messages.get(
                    "rail.step",
                    steps.indexOf(step) + 1,
                    steps.size(),
                    step.text(),
                    isCurrent
                            ? Messages.get("rail.current")
                            : isDone ? Messages.get("rail.done") : Messages.get("rail.later")));
        }
    }

    private StackPane number(Step step, boolean tick) {
        StackPane circle = new StackPane(
                tick ? new FontIcon(Feather.CHECK) : new Label(Integer.toString(steps.indexOf(step) + 1)));
        circle.getStyleClass().add("step-number");
        circle.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return circle;
    }
}
