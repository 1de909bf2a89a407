package org.salvor.ui.scan;

import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Problem;
import org.salvor.recovery.RatingClass;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.SaveScan;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.Ticker;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.ProblemList;
import org.salvor.ui.theme.RatingBadge;

/** A running scan: how far, how fast, what was found, what went wrong. */
public final class ScanView extends PageBase {
    private final ScanViewModel model;
    private final Ticker ticker;
    private final VBox node = new VBox(16);
    private final MasterDetailPane pane = new MasterDetailPane(Side.BOTTOM);
    private final Button pause;
    private final Button stop;
    private final SaveScan save;
    private final Button problemsButton;
    private final Map<RatingClass, Label> counts = new EnumMap<>(RatingClass.class);
    private final Map<RatingClass, ProgressBar> shares = new EnumMap<>(RatingClass.class);
    private final Label files = figure();
    private final Label folders = figure();
    private final Label bytes = figure();

    public ScanView(WizardState state) {
        super(Step.SCAN, Messages.get("scan.title"), Messages.get("scan.lead"), Messages.get("scan.help"));
        model = new ScanViewModel(state);
        ticker = new Ticker(250, model::look);
        pause = Build.button(Messages.get("scan.pause"), Feather.PAUSE, model::pauseOrProceed);
        pause.setId("pause");
        stop = Build.button(Messages.get("scan.stop"), Feather.SQUARE, model::stop);
        stop.setId("stop");
        save = new SaveScan(state, node);
        model.running().subscribe(on -> {
            Build.visible(save.button(), !on);
            Build.visible(pause, on);
            Build.visible(stop, on);
            nextText.set(on ? Messages.get("scan.review") : Messages.get("scan.next"));
        });
        model.jobState().subscribe(now -> {
            boolean paused = now == Job.State.PAUSED;
            pause.setText(paused ? Messages.get("scan.continue") : Messages.get("scan.pause"));
            pause.setGraphic(new FontIcon(paused ? Feather.PLAY : Feather.PAUSE));
        });
        canGoNext.bind(model.reviewable());
        problemsButton =
                Build.button("", Feather.ALERT_TRIANGLE, () -> pane.setShowDetailNode(!pane.isShowDetailNode()));
        problemsButton.setId("problems");
        problemsButton.getStyleClass().add(Styles.FLAT);
        problemsChanged();
        model.problems().addListener((ListChangeListener<Problem>) change -> problemsChanged());
        ScrollPane totals = new ScrollPane(totals());
        totals.setFitToWidth(true);
        totals.getStyleClass().add("page-scroll");
        pane.setMasterNode(totals);
        pane.setDetailNode(new ProblemList(model.problems()));
        pane.setShowDetailNode(false);
        pane.setAnimated(false);
        pane.setFocusTraversable(false);
        pane.setDividerPosition(0.6);
        VBox.setVgrow(pane, Priority.ALWAYS);
        Banner error = new Banner(Banner.Kind.ERROR, "", "");
        error.setId("scan-error");
        model.error().subscribe(text -> {
            error.show(Banner.Kind.ERROR, text, model.errorNext());
            Build.visible(error, !text.isEmpty());
        });
        node.getChildren().addAll(progressCard(), error, pane);
    }

    private Node progressCard() {
        Label headline = Build.heading("");
        headline.textProperty().bind(model.headline());
        headline.setId("scan-headline");
        headline.setWrapText(false);
        headline.setMinWidth(Region.USE_PREF_SIZE);
        Label remaining = new Label();
        remaining.textProperty().bind(model.remaining());
        remaining.getStyleClass().add(Styles.TEXT_BOLD);
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinHeight(Region.USE_PREF_SIZE);
        bar.accessibleTextProperty().bind(model.headline());
        Label detail = Build.muted("");
        detail.textProperty().bind(model.detail());
        return Build.card(Build.row(12, headline, Build.spacer(), remaining), bar, Build.row(12, detail));
    }

    private Node totals() {
        HBox figures = new HBox(
                40,
                Build.column(0, files, Build.muted(Messages.get("scan.files"))),
                Build.column(0, folders, Build.muted(Messages.get("scan.folders"))),
                Build.column(0, bytes, Build.muted(Messages.get("scan.bytes"))));
        GridPane grid = new GridPane(16, 8);
        int line = 0;
        for (RatingClass rating : RatingClass.values()) {
            RatingBadge badge = new RatingBadge(rating, 0);
            if (rating == RatingClass.PARTIAL) {
                badge.setText(Messages.get("rating.partial.any"));
            }
            badge.setMinWidth(Region.USE_PREF_SIZE);
            Label count = new Label();
            count.getStyleClass().add("count");
            count.setMinWidth(Region.USE_PREF_SIZE);
            ProgressBar share = new ProgressBar(0);
            share.setPrefWidth(140);
            share.setMinWidth(60);
            share.getStyleClass().addAll(Styles.SMALL, "share");
            Label meaning = Build.muted(RatingBadge.meaning(rating));
            meaning.setMinHeight(0);
            GridPane.setHgrow(meaning, Priority.ALWAYS);
            counts.put(rating, count);
            shares.put(rating, share);
            grid.addRow(line, badge, count, share, meaning);
            line++;
        }
        model.totals().subscribe(found -> {
            files.setText(Units.count(found.files()));
            folders.setText(Units.count(found.folders()));
            bytes.setText(Units.bytes(found.bytes()));
            for (RatingClass rating : RatingClass.values()) {
                long count = found.byRating().getOrDefault(rating, 0L);
                row(grid, rating, count, found.files());
            }
        });
        VBox box = new VBox(20, figures, grid, problemsButton);
        box.setAccessibleText(Messages.get("scan.totals"));
        return box;
    }

    private void row(GridPane grid, RatingClass rating, long count, long all) {
        Label label = counts.get(rating);
        ProgressBar share = shares.get(rating);
        if (label == null || share == null) {
            return;
        }
        label.setText(Units.count(count));
        share.setProgress(all == 0 ? 0 : (double) count / all);
        Integer line = GridPane.getRowIndex(label);
        boolean always = rating == RatingClass.INTACT || rating == RatingClass.PARTIAL;
        for (Node each : grid.getChildren()) {
            if (line != null && line.equals(GridPane.getRowIndex(each))) {
                Build.visible(each, count > 0 || always);
            }
        }
    }

    private void problemsChanged() {
        int count = model.problems().size();
        Build.visible(problemsButton, count > 0);
        problemsButton.setText(
                count == 1 ? Messages.get("problems.one") : Messages.get("problems.many", Units.count(count)));
        if (count == 0) {
            pane.setShowDetailNode(false);
        }
    }

    private static Label figure() {
        Label label = new Label("0");
        label.getStyleClass().add("figure");
        return label;
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
    public Node node() {
        return node;
    }

    @Override
    public List<Node> actions() {
        return List.of(pause, stop, save.button());
    }
}
