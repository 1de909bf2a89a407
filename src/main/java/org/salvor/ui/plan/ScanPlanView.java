package org.salvor.ui.plan;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.ScanPlan;
import org.salvor.text.Messages;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.ChoiceCard;

/** Quick or thorough; deleted files, existing ones, or both. Of a backup all is listed. */
public final class ScanPlanView extends PageBase {
    private final WizardState state;
    private final ScanPlanViewModel model;
    private final ScrollPane node = new ScrollPane();
    private final ToggleGroup depth = new ToggleGroup();
    private final BooleanProperty backup = new SimpleBooleanProperty();

    public ScanPlanView(WizardState state) {
        super(Step.SCAN_PLAN, Messages.get("plan.title"), Messages.get("plan.lead"), Messages.get("plan.help"));
        this.state = state;
        model = new ScanPlanViewModel(state);
        VBox volume = new VBox(20, cards(), what());
        Node listing = listing();
        backup.subscribe(on -> {
            Build.visible(volume, !on);
            Build.visible(listing, on);
            nextText.set(Messages.get(on ? "plan.next.backup" : "plan.next"));
        });
        Banner problem = new Banner(Banner.Kind.ERROR, "", "");
        model.problem().subscribe(text -> {
            problem.show(Banner.Kind.ERROR, text, "");
            Build.visible(problem, !text.isEmpty());
        });
        VBox content = new VBox(20, problem, listing, new NamesCard(model), volume, note());
        content.getStyleClass().add("scroll-content");
        node.setContent(content);
        node.setFitToWidth(true);
        node.getStyleClass().add("page-scroll");
        canGoNext.bind(model.reopening().not());
    }

    /** A backup leaves nothing to choose: what happens is said. */
    private static Node listing() {
        FontIcon icon = new FontIcon(Feather.LIST);
        icon.getStyleClass().add("choice-icon");
        VBox card = Build.card(
                Build.row(10, icon, Build.heading(Messages.get("plan.backup"))),
                Build.text(Messages.get("plan.backup.text")));
        card.setId("plan-backup");
        return card;
    }

    @Override
    public ObservableStringValue leadText() {
        return Bindings.when(backup).then(Messages.get("plan.lead.backup")).otherwise(lead());
    }

    private HBox cards() {
        ChoiceCard quick =
                new ChoiceCard(depth, Feather.ZAP, Messages.get("plan.quick"), Messages.get("plan.quick.text"));
        ChoiceCard thorough = new ChoiceCard(
                depth, Feather.SEARCH, Messages.get("plan.thorough"), Messages.get("plan.thorough.text"));
        quick.radio().setId("plan-quick");
        thorough.radio().setId("plan-thorough");
        model.thorough().subscribe(on -> (on ? thorough : quick).radio().setSelected(true));
        depth.selectedToggleProperty().subscribe(toggle -> model.thorough().set(toggle == thorough.radio()));
        model.cost().subscribe(cost -> {
            quick.foot().setText(ScanPlanViewModel.costText(cost, false));
            thorough.foot().setText(ScanPlanViewModel.costText(cost, true));
        });
        HBox.setHgrow(quick, Priority.ALWAYS);
        HBox.setHgrow(thorough, Priority.ALWAYS);
        quick.setPrefWidth(300);
        thorough.setPrefWidth(300);
        return new HBox(16, quick, thorough);
    }

    private VBox what() {
        ToggleGroup group = new ToggleGroup();
        HBox row = Build.row(20);
        for (ScanPlanViewModel.What what : ScanPlanViewModel.What.values()) {
            RadioButton button = new RadioButton(text(what));
            button.setMnemonicParsing(true);
            button.setToggleGroup(group);
            button.setId("what-" + what);
            button.setUserData(what);
            model.what().subscribe(chosen -> button.setSelected(chosen == what));
            row.getChildren().add(button);
        }
        group.selectedToggleProperty().subscribe(toggle -> {
            if (toggle != null) {
                model.what().set((ScanPlanViewModel.What) toggle.getUserData());
            }
        });
        return Build.column(10, Build.heading(Messages.get("plan.what")), row);
    }

    private static Node note() {
        return new Banner(Banner.Kind.INFO, "", Messages.get("plan.note"));
    }

    private static String text(ScanPlanViewModel.What what) {
        return switch (what) {
            case DELETED -> Messages.get("plan.what.deleted");
            case EXISTING -> Messages.get("plan.what.existing");
            case ALL -> Messages.get("plan.what.all");
        };
    }

    @Override
    public void entering() {
        model.measureOnce();
        backup.set(model.backup());
        ScanPlan plan = state.plan().get();
        model.thorough().set(plan.thorough() && !model.backup());
    }

    @Override
    public void focus() {
        if (!backup.get() && depth.getSelectedToggle() instanceof RadioButton chosen) {
            chosen.requestFocus();
        } else {
            super.focus();
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void next(Runnable advance) {
        model.named(() -> {
            model.start();
            advance.run();
        });
    }
}
