package org.salvor.ui.scan;

import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableStringValue;
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
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.keys.CertificateBand;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.SaveScan;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.Ticker;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.EmptyState;
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
    private final Map<RatingClass, Row> rows = new EnumMap<>(RatingClass.class);
    private final GridPane grid = new GridPane(16, 8);
    private List<RatingClass> filled = List.of();
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
            Build.visible(pause, on);
            Build.visible(stop, on);
            nextText.set(on ? Messages.get("scan.review") : Messages.get("scan.next"));
        });
        model.jobState().subscribe(now -> {
            boolean paused = now == Job.State.PAUSED;
            pause.setText(paused ? Messages.get("scan.continue") : Messages.get("scan.pause"));
            pause.setGraphic(new FontIcon(paused ? Feather.PLAY : Feather.PAUSE));
        });
        save.button().visibleProperty().bind(model.running().not().and(canGoNext));
        save.button().managedProperty().bind(save.button().visibleProperty());
        canGoNext.bind(model.reviewable().and(model.nothing().not()));
        problemsButton =
                Build.button("", Feather.ALERT_TRIANGLE, () -> pane.setShowDetailNode(!pane.isShowDetailNode()));
        problemsButton.setId("problems");
        problemsButton.getStyleClass().add(Styles.SMALL);
        problemsChanged();
        model.problemCount().subscribe((was, is) -> problemsChanged());
        model.noteCount().subscribe((was, is) -> problemsChanged());
        Node figures = totals();
        StackPane found = new StackPane();
        found.getStyleClass().add("scroll-content");
        Runnable show = () -> {
            boolean none = model.nothing().get() || model.foldersOnly().get();
            found.getChildren().setAll(none ? empty() : figures);
        };
        show.run();
        model.nothing().subscribe(show);
        model.foldersOnly().subscribe(show);
        ScrollPane totals = new ScrollPane(found);
        totals.setFitToWidth(true);
        totals.getStyleClass().add("page-scroll");
        pane.setMasterNode(totals);
        pane.setDetailNode(new ProblemList(model.problems(), model.problemCount()));
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
        node.getChildren().addAll(progressCard(), error, new CertificateBand(state, false), pane);
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
        bar.setId("scan-bar");
        bar.accessibleTextProperty().bind(Bindings.concat(model.headline(), ". ", model.detail()));
        Label detail = Build.muted("");
        detail.textProperty().bind(model.detail());
        return Build.card(Build.row(12, headline, Build.spacer(), remaining), bar, Build.row(12, detail));
    }

    private Node totals() {
        HBox figures = new HBox(
                40,
                Build.column(0, files, Build.muted(Messages.get("scan.files"))),
                Build.column(0, folders, Build.muted(Messages.get("scan.folders"))),
                Build.column(0, bytes, Build.muted(Messages.get("scan.bytes"))),
                Build.spacer(),
                problemsButton);
        for (RatingClass rating : RatingClass.values()) {
            rows.put(rating, new Row(rating));
        }
        model.totals().subscribe(found -> {
            files.setText(Units.count(found.files()));
            folders.setText(Units.count(found.folders()));
            bytes.setText(Units.bytes(found.bytes()));
            for (RatingClass rating : RatingClass.values()) {
                row(rating).show(found.byRating().getOrDefault(rating, 0L), found.files());
            }
            fill(found);
        });
        VBox box = new VBox(20, figures, grid);
        box.setAccessibleText(Messages.get("scan.totals"));
        return box;
    }

    private Row row(RatingClass rating) {
        return Objects.requireNonNull(rows.get(rating), rating.name());
    }

    /** The classes that have files, and the two that everybody looks for. */
    private void fill(ScanTotals found) {
        List<RatingClass> shown = Stream.of(RatingClass.values())
                .filter(rating -> found.byRating().containsKey(rating)
                        || rating == RatingClass.INTACT
                        || rating == RatingClass.PARTIAL)
                .toList();
        if (!shown.equals(filled)) {
            filled = shown;
            grid.getChildren().clear();
            for (RatingClass rating : shown) {
                row(rating).add(grid);
            }
        }
    }

    private Node empty() {
        ScanPlan plan = model.plan();
        SourceNode backup = model.backup();
        if (backup != null) {
            String text = Messages.get("scan.empty.backup") + " " + backup.detail();
            return new EmptyState(Feather.INBOX, Messages.get("scan.empty.any"), text.strip());
        }
        String headline = Messages.get(plan.existing() ? "scan.empty.any" : "scan.empty");
        if (plan.thorough()) {
            return new EmptyState(Feather.INBOX, headline, Messages.get("scan.empty.all"));
        }
        Button thorough = Build.button(Messages.get("scan.empty.thorough"), Feather.LAYERS, model::planThorough);
        thorough.setId("scan-thorough");
        return new EmptyState(Feather.INBOX, headline, Messages.get("scan.empty.text"), thorough);
    }

    /** How many files a class has, and which part of all that is. */
    private static final class Row {
        private final RatingBadge badge;
        private final Label count = new Label("0");
        private final ProgressBar share = new ProgressBar(0);
        private final Label meaning;

        Row(RatingClass rating) {
            badge = new RatingBadge(rating, 0);
            if (rating == RatingClass.PARTIAL) {
                badge.setText(Messages.get("rating.partial.any"));
            }
            badge.setMinWidth(Region.USE_PREF_SIZE);
            count.getStyleClass().add("count");
            count.setMinWidth(Region.USE_PREF_SIZE);
            share.setPrefWidth(140);
            share.setMinWidth(60);
            share.getStyleClass().addAll(Styles.SMALL, "share");
            meaning = Build.muted(RatingBadge.meaning(rating));
            GridPane.setHgrow(meaning, Priority.ALWAYS);
        }

        void show(long files, long all) {
            count.setText(Units.count(files));
            share.setProgress(all == 0 ? 0 : (double) files / all);
            share.setAccessibleText(Messages.get("scan.share", badge.getText(), Units.files(files)));
        }

        void add(GridPane grid) {
            grid.addRow(grid.getRowCount(), badge, count, share, meaning);
        }
    }

    private void problemsChanged() {
        long notes = model.noteCount().get();
        long problems = model.problemCount().get() - notes;
        boolean any = problems + notes > 0;
        Build.visible(problemsButton, any);
        String said =
                problems == 1 ? Messages.get("problems.one") : Messages.get("problems.many", Units.count(problems));
        String noted = notes == 1 ? Messages.get("notes.one") : Messages.get("notes.many", Units.count(notes));
        problemsButton.setText(
                notes == 0 ? said : problems == 0 ? noted : Messages.get("problems.and.notes", said, noted));
        problemsButton.setGraphic(new FontIcon(problems > 0 ? Feather.ALERT_TRIANGLE : Feather.INFO));
        if (!any) {
            pane.setShowDetailNode(false);
        }
    }

    private static Label figure() {
        Label label = new Label("0");
        label.getStyleClass().add("figure");
        return label;
    }

    @Override
    public ObservableStringValue leadText() {
        return Bindings.when(model.running())
                .then(Messages.get("scan.lead"))
                .otherwise(Bindings.when(canGoNext)
                        .then(Messages.get("scan.lead.ended"))
                        .otherwise(Messages.get("scan.lead.nothing")));
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
