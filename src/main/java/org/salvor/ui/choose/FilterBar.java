package org.salvor.ui.choose;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.RatingClass;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.RatingBadge;

/** Search words, the ratings as chips with counts, and what was not understood, said where it was typed. */
final class FilterBar extends VBox {
    private final ChooseModel model;
    private final CustomTextField field = new CustomTextField();
    private final Label problem = new Label();
    private final FlowPane chips = new FlowPane(6, 6);
    private final Label found = new Label();
    private final Map<RatingClass, ToggleButton> byRating = new EnumMap<>(RatingClass.class);
    private final PopOver help = Build.popOver(grammar(), PopOver.ArrowLocation.TOP_RIGHT);

    /** @param more shown at the right of the field */
    FilterBar(ChooseModel model, Node more) {
        super(8);
        this.model = model;
        getStyleClass().add("filter-bar");
        field.setId("filter");
        field.setPromptText(Messages.get("choose.filter.prompt"));
        field.setAccessibleText(Messages.get("choose.filter.name"));
        field.setLeft(new FontIcon(Feather.SEARCH));
        Button clear = Build.iconButton(Messages.get("choose.filter.clear"), Feather.X, () -> field.setText(""));
        clear.getStyleClass().addAll(Styles.SMALL, "in-field");
        clear.setFocusTraversable(false);
        field.textProperty().subscribe(text -> field.setRight(text.isEmpty() ? null : clear));
        field.textProperty().bindBidirectional(model.filterText());
        HBox.setHgrow(field, Priority.ALWAYS);
        Button questions = Build.iconButton(Messages.get("choose.filter.help"), Feather.HELP_CIRCLE, () -> {});
        questions.setId("filter-help");
        questions.setOnAction(event -> help.show(questions));
        problem.getStyleClass().addAll(Styles.WARNING, "filter-problem");
        problem.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        problem.setId("filter-problem");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        found.setId("found");
        found.getStyleClass().addAll(Styles.TEXT_MUTED, "found");
        for (RatingClass rating : RatingClass.values()) {
            byRating.put(rating, chip(rating));
        }
        byRating.forEach((rating, chip) -> {
            if (rating != RatingClass.PENDING) {
                chips.getChildren().add(chip);
            }
        });
        chips.getChildren().add(byRating.get(RatingClass.PENDING));
        chips.getChildren().add(found);
        getChildren().addAll(Build.row(6, field, questions, more), problem, chips);
        model.filter().subscribe(this::tell);
        model.findings().subscribe(this::count);
        model.classes()
                .subscribe(classes -> byRating.forEach((rating, chip) -> chip.setSelected(classes.contains(rating))));
    }

    private ToggleButton chip(RatingClass rating) {
        RatingBadge badge = new RatingBadge(rating, 0);
        badge.setText(word(rating));
        ToggleButton chip = new ToggleButton("", badge);
        chip.getStyleClass().addAll("chip", "chip-" + rating.name().toLowerCase(Locale.ROOT));
        chip.setOnAction(event -> model.toggle(rating, chip.isSelected()));
        return chip;
    }

    private static String word(RatingClass rating) {
        return rating == RatingClass.PARTIAL ? Messages.get("choose.partLeft") : RatingBadge.text(rating, 0);
    }

    private void tell(Filter filter) {
        problem.setText(String.join(" ", filter.problems()));
        Build.visible(problem, !filter.problems().isEmpty());
        field.pseudoClassStateChanged(
                PseudoClass.getPseudoClass("warning"), !filter.problems().isEmpty());
    }

    private void count(@Nullable Findings findings) {
        for (Map.Entry<RatingClass, ToggleButton> entry : byRating.entrySet()) {
            int count = findings == null ? 0 : findings.classes().getOrDefault(entry.getKey(), 0);
            ToggleButton chip = entry.getValue();
            chip.setText(Units.count(count));
            chip.setAccessibleText(Messages.get("choose.chipWords", word(entry.getKey()), Units.files(count)));
            Build.visible(chip, count > 0 || chip.isSelected());
        }
        int shown = findings == null ? 0 : findings.files();
        int all = findings == null ? 0 : findings.snapshot().files();
        found.setText(
                findings == null
                        ? ""
                        : shown == all
                                ? Units.files(all)
                                : Messages.get("choose.of", Units.count(shown), Units.files(all)));
    }

    /** Puts the keyboard into the field, all of it selected. */
    void focusField() {
        field.requestFocus();
        field.selectAll();
    }

    /** Empties the field if it is used; whether it did something. */
    boolean escape() {
        if (help.isShowing()) {
            help.hide();
            return true;
        }
        if (field.isFocused() && !field.getText().isEmpty()) {
            field.clear();
            return true;
        }
        return false;
    }

    private static VBox grammar() {
        GridPane grid = new GridPane(16, 6);
        String[] lines = Messages.get("choose.filter.grammar").split("\n");
        for (int i = 0; i < lines.length; i++) {
            String[] parts = lines[i].split("\\|", 2);
            Label example = new Label(parts[0].strip());
            example.getStyleClass().add("code");
            grid.addRow(i, example, new Label(parts.length > 1 ? parts[1].strip() : ""));
        }
        Label title = Build.heading(Messages.get("choose.filter.help"));
        VBox box = new VBox(12, title, grid);
        box.setPadding(new Insets(16));
        return box;
    }
}
