package org.salvor.ui.destination;

import java.nio.file.Path;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.controlsfx.validation.ValidationMessage;
import org.controlsfx.validation.ValidationResult;
import org.controlsfx.validation.ValidationSupport;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.restore.PlanIssue;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Engine;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.FieldFrame;

/** The folder that receives the files, and the rules. What stands in the way is told in words, at the folder. */
public final class DestinationView extends PageBase {
    private final WizardState state;
    private final DestinationViewModel model;
    private final ScrollPane node = new ScrollPane();
    private final TextField folder = new TextField();
    private final VBox issues = new VBox(8);
    private final ValidationSupport validation = new ValidationSupport();
    private final PauseTransition soon = new PauseTransition(Duration.millis(350));

    public DestinationView(WizardState state) {
        super(
                Step.DESTINATION,
                Messages.get("destination.title"),
                Messages.get("destination.lead"),
                Messages.get("destination.help"));
        this.state = state;
        model = new DestinationViewModel(state);
        soon.setOnFinished(event -> model.check());
        VBox content = new VBox(16, folderRow(), new TargetBar(model), issues, rules());
        content.getStyleClass().add("scroll-content");
        node.setContent(content);
        node.setFitToWidth(true);
        node.getStyleClass().add("page-scroll");
        model.changes().subscribe((was, is) -> soon.playFromStart());
        model.plan().subscribe((was, is) -> showIssues());
        model.problem().subscribe((was, is) -> showIssues());
        validation.setValidationDecorator(new FieldFrame());
        validation.setErrorDecorationEnabled(true);
        validation.registerValidator(folder, false, this::validate);
        canGoNext.bind(Bindings.createBooleanBinding(this::possible, model.plan(), model.checking()));
    }

    private boolean possible() {
        RestorePlan plan = model.plan().get();
        return plan != null && plan.possible() && !model.checking().get();
    }

    private Node folderRow() {
        folder.setId("folder");
        folder.setPromptText(Messages.get("destination.folder.prompt"));
        folder.textProperty().bindBidirectional(model.folder());
        Button browse = Build.button(Messages.get("destination.browse"), Feather.FOLDER, this::browse);
        browse.setId("browse");
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setPrefSize(18, 18);
        wheel.setMinSize(18, 18);
        wheel.setAccessibleText(Messages.get("destination.checking"));
        wheel.visibleProperty().bind(model.checking());
        wheel.setMaxSize(18, 18);
        StackPane field = new StackPane(folder, wheel);
        StackPane.setAlignment(wheel, Pos.CENTER_RIGHT);
        StackPane.setMargin(wheel, new Insets(0, 10, 0, 0));
        HBox.setHgrow(field, Priority.ALWAYS);
        return Build.row(10, Build.labelFor(Messages.get("destination.folder"), folder), field, browse);
    }

    private void browse() {
        Path chosen = state.dialogs().folder(node.getScene().getWindow(), Messages.get("destination.browse.title"));
        if (chosen != null) {
            model.folder().set(chosen.toString());
        }
    }

    private Node rules() {
        GridPane grid = new GridPane(20, 14);
        grid.getStyleClass().add("form");
        ComboBox<RestoreOptions.OnConflict> conflict = new ComboBox<>();
        conflict.setId("conflict");
        conflict.getItems().setAll(RestoreOptions.OnConflict.values());
        conflict.setConverter(new StringConverter<>() {
            @Override
            public String toString(RestoreOptions.@Nullable OnConflict rule) {
                return rule == null ? "" : text(rule);
            }

            @Override
            public RestoreOptions.@Nullable OnConflict fromString(String text) {
                return null;
            }
        });
        conflict.valueProperty().bindBidirectional(model.onConflict());
        CheckBox permissions = check(
                "permissions", Messages.get("destination.permissions"), Messages.get("destination.permissions.help"));
        permissions.selectedProperty().bindBidirectional(model.permissions());
        CheckBox verify = check("verify", Messages.get("destination.verify"), Messages.get("destination.verify.help"));
        verify.selectedProperty().bindBidirectional(model.verify());
        Node layout = radios(
                model.layout(),
                RestoreOptions.Layout.ORIGINAL,
                Messages.get("destination.layout.original"),
                RestoreOptions.Layout.FLAT,
                Messages.get("destination.layout.flat"));
        Node partial = radios(
                model.partial(),
                RestoreOptions.Partial.RENAME,
                Messages.get("destination.partial.rename"),
                RestoreOptions.Partial.SKIP,
                Messages.get("destination.partial.skip"));
        grid.addRow(0, Build.labelFor(Messages.get("destination.layout"), layout), layout);
        grid.addRow(1, Build.labelFor(Messages.get("destination.conflict"), conflict), conflict);
        grid.addRow(2, Build.labelFor(Messages.get("destination.partial"), partial), partial);
        VBox checks = Build.column(10, verify, permissions);
        grid.addRow(3, Build.labelFor(Messages.get("destination.more"), verify), checks);
        EngineRow engine = new EngineRow(state);
        Label engineLabel = Build.labelFor(Messages.get("destination.engine"), engine);
        grid.addRow(4, engineLabel, engine);
        grid.add(engine.missing(), 1, 5);
        // a choice that is not the usual one stays in sight
        Runnable show = () -> {
            boolean on = state.technical().get() || state.engine().get() != Engine.AUTO;
            Build.visible(engineLabel, on);
            engine.show(on);
        };
        state.technical().subscribe(show);
        state.engine().subscribe(show);
        show.run();
        for (Node cell : grid.getChildren()) {
            GridPane.setValignment(cell, VPos.BASELINE);
        }
        // a text of several lines has no baseline that its row could go by
        GridPane.setValignment(engine.missing(), VPos.TOP);
        return grid;
    }

    private static CheckBox check(String id, String text, String help) {
        CheckBox box = new CheckBox(text);
        box.setMnemonicParsing(true);
        box.setId(id);
        box.setWrapText(true);
        box.setAccessibleHelp(help);
        box.setTooltip(new Tooltip(help));
        return box;
    }

    private static <T> HBox radios(ObjectProperty<T> value, T first, String firstText, T second, String secondText) {
        ToggleGroup group = new ToggleGroup();
        RadioButton one = new RadioButton(firstText);
        RadioButton two = new RadioButton(secondText);
        one.setToggleGroup(group);
        two.setToggleGroup(group);
        one.setMnemonicParsing(true);
        two.setMnemonicParsing(true);
        value.subscribe(now -> (now == first ? one : two).setSelected(true));
        group.selectedToggleProperty().subscribe(toggle -> value.set(toggle == one ? first : second));
        HBox row = new HBox(20, one, two);
        row.setAlignment(Pos.BASELINE_LEFT);
        return row;
    }

    private void showIssues() {
        issues.getChildren().clear();
        String problem = model.problem().get();
        if (!problem.isEmpty()) {
            issues.getChildren().add(new Banner(Banner.Kind.ERROR, problem, Messages.get("destination.problem.next")));
        }
        for (PlanIssue issue : DestinationViewModel.issues(model.plan().get())) {
            issues.getChildren().add(banner(issue));
        }
        Build.visible(issues, !issues.getChildren().isEmpty());
        validation.revalidate();
    }

    private Banner banner(PlanIssue issue) {
        Banner.Kind kind = issue.blocking() ? Banner.Kind.ERROR : Banner.Kind.WARNING;
        if (issue.kind() == PlanIssue.Kind.SAME_DISK) {
            CheckBox confirm = new CheckBox(Messages.get("destination.confirm"));
            confirm.setId("confirm");
            confirm.setMnemonicParsing(true);
            confirm.setMinWidth(Region.USE_PREF_SIZE);
            confirm.setSelected(model.confirmed().get());
            confirm.selectedProperty().subscribe((was, is) -> model.confirmed().set(is));
            return new Banner(Banner.Kind.WARNING, "", issue.text(), confirm);
        }
        String next = issue.kind() == PlanIssue.Kind.NOTHING_CHOSEN ? Messages.get("destination.nothing.next") : "";
        return next.isEmpty() ? new Banner(kind, "", issue.text()) : new Banner(kind, issue.text(), next);
    }

    private ValidationResult validate(Control control, String text) {
        ValidationResult result = new ValidationResult();
        result.addErrorIf(control, model.problem().get(), !model.problem().get().isEmpty());
        for (PlanIssue issue : DestinationViewModel.issues(model.plan().get())) {
            if (!DestinationViewModel.ofFolder(issue.kind())) {
                continue;
            }
            result.add(
                    issue.blocking()
                            ? ValidationMessage.error(control, issue.text())
                            : ValidationMessage.warning(control, issue.text()));
        }
        return result;
    }

    private static String text(RestoreOptions.OnConflict rule) {
        return switch (rule) {
            case KEEP_BOTH -> Messages.get("destination.conflict.keepBoth");
            case SKIP -> Messages.get("destination.conflict.skip");
            case REPLACE -> Messages.get("destination.conflict.replace");
            case REPLACE_OLDER -> Messages.get("destination.conflict.replaceOlder");
            case FAIL -> Messages.get("destination.conflict.fail");
        };
    }

    @Override
    public void entering() {
        model.again();
    }

    @Override
    public void focus() {
        folder.requestFocus();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void next(Runnable advance) {
        model.take();
        advance.run();
    }
}
