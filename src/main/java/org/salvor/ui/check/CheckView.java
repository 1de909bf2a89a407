package org.salvor.ui.check;

import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.FileDialogs;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Notice;

/** The last look before anything is written. */
public final class CheckView extends PageBase {
    private static final int REASONS_SHOWN = 3;

    private final WizardState state;
    private final CheckViewModel model;
    private final VBox node = new VBox(14);
    private final Label sentence = Build.text("");
    private final Label safe = Build.muted("");
    private final FlowPane totals = new FlowPane(24, 6);
    private final Map<PlanSummary.Group, ToggleButton> groups = new EnumMap<>(PlanSummary.Group.class);
    private final VBox reasons = new VBox(4);
    private final LandingTable table;
    private final Button copy;

    public CheckView(WizardState state) {
        super(Step.CHECK, Messages.get("check.title"), Messages.get("check.lead"), Messages.get("check.help"));
        this.state = state;
        model = new CheckViewModel(state);
        table = new LandingTable(model.shown(), model.search());
        VBox.setVgrow(table, Priority.ALWAYS);
        sentence.getStyleClass().add("sentence");
        sentence.setId("sentence");
        copy = Build.button(Messages.get("check.copy"), Feather.TERMINAL, this::copyCommand);
        copy.setId("copy-command");
        copy.disableProperty().bind(Bindings.isNull(model.summary()));
        Banner error = new Banner(Banner.Kind.ERROR, "", "");
        model.error().subscribe(text -> {
            error.show(Banner.Kind.ERROR, text, "");
            Build.visible(error, !text.isEmpty());
        });
        Banner encrypted = new Banner(Banner.Kind.INFO, "", "");
        encrypted.setId("check-encrypted");
        model.encrypted().subscribe(kept -> {
            Build.visible(encrypted, kept != null);
            if (kept != null) {
                encrypted.show(Banner.Kind.INFO, kept.headline(), kept.explanation());
            }
        });
        node.getChildren()
                .addAll(Build.column(4, sentence, safe), totals, error, encrypted, filterRow(), reasons, table);
        model.summary().subscribe(this::show);
        model.group().subscribe(group -> {
            table.fit(group);
            showReasons();
        });
        canGoNext.bind(Bindings.createBooleanBinding(this::possible, model.summary()));
    }

    private boolean possible() {
        PlanSummary summary = model.summary().get();
        return summary != null
                && summary.plan().possible()
                && !summary.files(PlanSummary.Group.COPIED).isEmpty();
    }

    private HBox filterRow() {
        ToggleGroup toggles = new ToggleGroup();
        HBox buttons = Build.row(0);
        for (PlanSummary.Group group : PlanSummary.Group.values()) {
            ToggleButton button = new ToggleButton();
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setId("group-" + group);
            button.setToggleGroup(toggles);
            button.getStyleClass().add("compact");
            button.getStyleClass()
                    .add(
                            group == PlanSummary.Group.COPIED
                                    ? Styles.LEFT_PILL
                                    : group == PlanSummary.Group.LEFT_OUT ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.group().set(group);
            });
            model.group().subscribe(now -> button.setSelected(now == group));
            groups.put(group, button);
            buttons.getChildren().add(button);
        }
        TextField search = new TextField();
        search.setId("landing-search");
        search.setPromptText(Messages.get("check.search"));
        search.setAccessibleText(Messages.get("check.search"));
        search.textProperty().bindBidirectional(model.search());
        search.setPrefWidth(180);
        search.setMinWidth(70);
        HBox.setHgrow(search, Priority.SOMETIMES);
        return Build.row(12, buttons, Build.spacer(), search);
    }

    private void show(@Nullable PlanSummary summary) {
        totals.getChildren().clear();
        if (summary == null) {
            sentence.setText(Messages.get("check.working"));
            safe.setText("");
            nextText.set(Messages.get("check.next.none"));
            showReasons();
            return;
        }
        RestorePlan plan = summary.plan();
        long files = summary.count(PlanSummary.Group.COPIED);
        sentence.setText(CheckViewModel.sentence(summary, model.sourceName()));
        safe.setText(Messages.get(files == 0 ? "check.nothing.next" : "check.safe"));
        nextText.set(
                files == 0
                        ? Messages.get("check.next.none")
                        : files == 1 ? Messages.get("check.next.one") : Messages.get("check.next", Units.count(files)));
        total(Messages.get("check.total.files"), Units.count(files));
        total(Messages.get("check.total.bytes"), Units.bytes(plan.bytes()));
        long partial = summary.files(PlanSummary.Group.COPIED).stream()
                .filter(PlannedFile::incomplete)
                .count();
        total(Messages.get("check.total.partial"), Units.count(partial));
        if (plan.space() >= 0) {
            total(Messages.get("check.total.left"), Units.bytes(Math.max(0, plan.space() - plan.needed())));
        }
        groups.forEach((group, button) -> {
            long count = summary.count(group);
            button.setText(text(group, count));
            button.setDisable(count == 0 && group != PlanSummary.Group.COPIED);
        });
        showReasons();
    }

    private void total(String what, String value) {
        Label figure = new Label(value);
        figure.getStyleClass().add("small-figure");
        totals.getChildren().add(Build.row(6, figure, Build.muted(what)));
    }

    private void showReasons() {
        reasons.getChildren().clear();
        PlanSummary summary = model.summary().get();
        PlanSummary.Group group = model.group().get();
        if (summary != null && group != PlanSummary.Group.COPIED) {
            List<Map.Entry<String, PlanSummary.Count>> all = summary.reasons(group);
            for (Map.Entry<String, PlanSummary.Count> reason : all.subList(0, Math.min(REASONS_SHOWN, all.size()))) {
                reasons.getChildren()
                        .add(Build.text(
                                Messages.get("check.reason", reason.getValue().words(), reason.getKey())));
            }
        }
        Build.visible(reasons, !reasons.getChildren().isEmpty());
    }

    private static String text(PlanSummary.Group group, long count) {
        String number = Units.count(count);
        return switch (group) {
            case COPIED -> Messages.get("check.group.copied", number);
            case RENAMED -> Messages.get("check.group.renamed", number);
            case IMPOSSIBLE -> Messages.get("check.group.impossible", number);
            case LEFT_OUT -> Messages.get("check.group.leftOut", number);
        };
    }

    private void copyCommand() {
        if (!model.needsSelectionFile()) {
            copied(model.command());
            return;
        }
        Path file = state.dialogs()
                .save(
                        node.getScene().getWindow(),
                        Messages.get("check.copy.selection"),
                        Messages.get("choose.save.file"),
                        FileDialogs.Kind.of(Messages.get("choose.save.kind"), "*.json"));
        if (file != null) {
            model.commandWithFile(file, this::copied);
        }
    }

    private void copied(String line) {
        ClipboardContent content = new ClipboardContent();
        content.putString(line);
        Clipboard.getSystemClipboard().setContent(content);
        Notice.show(node, Messages.get("check.copied"), line);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public List<Node> actions() {
        return List.of(copy);
    }

    @Override
    public void next(Runnable advance) {
        model.start();
        advance.run();
    }
}
