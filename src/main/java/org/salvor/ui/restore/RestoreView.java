package org.salvor.ui.restore;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.Ticker;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Notice;
import org.salvor.ui.theme.ProblemList;

/** Files being copied: how far, how fast, and what went wrong. */
public final class RestoreView extends PageBase {
    /** Below this height not everything has room. */
    private static final double LOW = 460;

    private final WizardState state;
    private final RestoreViewModel model;
    private final Ticker ticker;
    private final VBox node = new VBox(16);
    private final Button pause;
    private final Button cancel;
    private final Banner ask;

    public RestoreView(WizardState state) {
        super(Step.RESTORE, Messages.get("restore.title"), Messages.get("restore.lead"), Messages.get("restore.help"));
        this.state = state;
        model = new RestoreViewModel(state);
        ticker = new Ticker(200, model::look);
        pause = Build.button(Messages.get("restore.pause"), Feather.PAUSE, model::pauseOrProceed);
        pause.setId("restore-pause");
        cancel = Build.button(Messages.get("restore.cancel"), Feather.X, () -> asking(true));
        cancel.setId("restore-cancel");
        Button stopNow = Build.button(Messages.get("restore.cancel.now"), Feather.X, () -> {
            asking(false);
            model.cancel();
        });
        stopNow.setId("restore-cancel-now");
        stopNow.getStyleClass().add(Styles.DANGER);
        Button goOn = new Button(Messages.get("restore.cancel.not"));
        goOn.setMnemonicParsing(true);
        goOn.setMinWidth(Region.USE_PREF_SIZE);
        goOn.setOnAction(event -> asking(false));
        ask = new Banner(
                Banner.Kind.WARNING,
                Messages.get("restore.cancel.ask"),
                Messages.get("restore.cancel.text"),
                goOn,
                stopNow);
        asking(false);
        model.running().subscribe(on -> {
            Build.visible(pause, on);
            Build.visible(cancel, on);
            if (!on) {
                asking(false);
            }
        });
        model.jobState().subscribe(now -> {
            boolean paused = now == Job.State.PAUSED;
            pause.setText(paused ? Messages.get("restore.continue") : Messages.get("restore.pause"));
            pause.setGraphic(new FontIcon(paused ? Feather.PLAY : Feather.PAUSE));
        });
        Banner error = new Banner(Banner.Kind.ERROR, "", "");
        error.setId("restore-error");
        model.error().subscribe(text -> {
            error.show(Banner.Kind.ERROR, text, Messages.get("restore.error.next"));
            Build.visible(error, !text.isEmpty());
        });
        canGoNext.bind(Bindings.isNotNull(state.report()));
        nextText.set(Messages.get("restore.next"));
        state.report().subscribe((was, is) -> {
            if (is != null
                    && state.step().get() == Step.RESTORE
                    && !model.broken().get()) {
                tellIfAway();
                state.step().set(Step.REPORT);
            }
        });
        Label problemsHeading = Build.heading(Messages.get("problems.name"));
        ProblemList problems = new ProblemList(model.problems(), model.problemCount());
        problemsHeading.setLabelFor(problems.list());
        VBox.setVgrow(problems, Priority.ALWAYS);
        HBox counters = counters();
        node.getChildren().addAll(progress(), counters, ask, error, problemsHeading, problems);
        // in a low window what asks for an answer comes before figures that stand beside the bars as well
        counters.visibleProperty()
                .bind(node.heightProperty()
                        .greaterThan(LOW)
                        .or(ask.visibleProperty().or(error.visibleProperty()).not()));
        counters.managedProperty().bind(counters.visibleProperty());
    }

    private Node progress() {
        Label headline = Build.heading("");
        headline.textProperty().bind(model.headline());
        headline.setId("restore-headline");
        headline.setWrapText(false);
        headline.setMinWidth(Region.USE_PREF_SIZE);
        Label remaining = new Label();
        remaining.textProperty().bind(model.remaining());
        remaining.getStyleClass().add(Styles.TEXT_BOLD);
        Label detail = Build.muted("");
        detail.textProperty().bind(model.detail());
        GridPane bars = new GridPane(16, 10);
        bar(bars, 0, Messages.get("restore.bar.files"), model.byItems(), model.itemsText());
        bar(bars, 1, Messages.get("restore.bar.bytes"), model.byBytes(), model.bytesText());
        return Build.card(Build.row(12, headline, Build.spacer(), remaining), bars, detail);
    }

    private static void bar(GridPane grid, int line, String name, DoubleProperty value, StringProperty text) {
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(value);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinHeight(Region.USE_PREF_SIZE);
        GridPane.setHgrow(bar, Priority.ALWAYS);
        Label label = Build.labelFor(name, bar);
        Label figures = Build.muted("");
        figures.textProperty().bind(text);
        figures.setMinWidth(170);
        bar.accessibleTextProperty().bind(Bindings.concat(Build.spoken(name), ": ", text));
        grid.addRow(line, label, bar, figures);
    }

    private HBox counters() {
        return new HBox(
                40,
                counter(Messages.get("restore.count.done"), model.done().map(count -> Units.count(count.longValue()))),
                counter(
                        Messages.get("restore.count.problems"),
                        model.problemCount().map(count -> Units.count(count.longValue()))),
                counter(Messages.get("restore.count.left"), model.left().map(count -> Units.count(count.longValue()))));
    }

    private static VBox counter(String name, ObservableValue<String> value) {
        Label figure = new Label();
        figure.getStyleClass().add("figure");
        figure.textProperty().bind(value);
        return Build.column(0, figure, Build.muted(name));
    }

    private void asking(boolean on) {
        Build.visible(ask, on);
    }

    /** A person who looked away is told that it is over. */
    private void tellIfAway() {
        Window window = node.getScene() == null ? null : node.getScene().getWindow();
        if (window != null && !window.isFocused()) {
            Notice.show(node, Messages.get("app.name"), Messages.get("restore.done"));
        }
    }

    @Override
    public ObservableStringValue leadText() {
        return Bindings.when(model.running())
                .then(Messages.get("restore.lead"))
                .otherwise(Messages.get("restore.lead.ended"));
    }

    @Override
    public void entering() {
        ticker.start();
    }

    @Override
    public void leaving() {
        ticker.stop();
    }

    @Override
    public boolean escape() {
        if (model.running().get()) {
            asking(!ask.isVisible());
            return true;
        }
        return false;
    }

    @Override
    public ObservableBooleanValue canGoBack() {
        return Bindings.not(model.running());
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public List<Node> actions() {
        return List.of(pause, cancel);
    }
}
