package org.salvor.ui.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SourceNames;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.FileDialogs;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Notice;

/** What became of each file: in one line, by cause, and one by one. */
public final class ReportView extends PageBase {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final ReportViewModel model;
    private final WizardState state;
    private final VBox node = new VBox(14);
    private final Banner verdict = new Banner(Banner.Kind.INFO, "", "");
    private final Banner error = new Banner(Banner.Kind.ERROR, "", "");
    private final FlowPane figures = new FlowPane(40, 8);
    private final GridPane facts = new GridPane(20, 8);
    private final CausesPane causes;
    private final Tab problemsTab = new Tab();
    private final Button save;
    private final Button open;
    private final Button verify;

    public ReportView(WizardState state) {
        super(
                Step.REPORT,
                Messages.get("reportpage.title"),
                Messages.get("reportpage.lead"),
                Messages.get("reportpage.help"));
        this.state = state;
        model = new ReportViewModel(state);
        causes = new CausesPane(model::chooseFailed);
        open = Build.button(Messages.get("reportpage.open"), Feather.FOLDER, this::openFolder);
        open.setId("open-folder");
        save = Build.button(Messages.get("reportpage.save"), Feather.SAVE, this::save);
        save.setId("save-report");
        verify = Build.button(Messages.get("reportpage.verify"), Feather.CHECK_SQUARE, model::verify);
        verify.setId("verify-again");
        // open while it works, too: a button that closes under the keyboard hands it to the next one
        verify.disableProperty().bind(model.written().not());
        verdict.setId("verdict");
        verdict.getStyleClass().add("verdict");
        model.error().subscribe(text -> {
            error.show(Banner.Kind.ERROR, text, "");
            Build.visible(error, !text.isEmpty());
        });
        Banner verified = new Banner(Banner.Kind.GOOD, "", "");
        verified.setId("verified");
        model.verified().subscribe(text -> {
            verified.show(model.verifiedKind(), text, "");
            Build.visible(verified, !text.isEmpty());
        });
        model.summary().subscribe(this::show);
        node.getChildren().addAll(verdict, error, verified, tabs());
        canGoNext.set(true);
        nextText.set(Messages.get("reportpage.again"));
    }

    private TabPane tabs() {
        facts.getStyleClass().add("form");
        VBox content = new VBox(16, figures, facts);
        content.getStyleClass().add("scroll-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("page-scroll");
        Tab summary = new Tab(Messages.get("reportpage.tab.summary"), scroll);
        problemsTab.setContent(causes);
        FilesTable table = new FilesTable(model.shown(), model.search(), state.technical());
        VBox.setVgrow(table, Priority.ALWAYS);
        TextField search = new TextField();
        search.setId("report-search");
        search.setPromptText(Messages.get("reportpage.search"));
        search.setAccessibleText(Messages.get("reportpage.search"));
        search.setMaxWidth(320);
        search.textProperty().bindBidirectional(model.search());
        HBox searchRow = Build.row(8, search);
        Tab files = new Tab(Messages.get("reportpage.tab.files"), new VBox(10, searchRow, table));
        TabPane tabs = new TabPane(summary, problemsTab, files);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("report-tabs");
        tabs.setMinHeight(0);
        tabs.setAccessibleText(Messages.get("reportpage.title"));
        VBox.setVgrow(tabs, Priority.ALWAYS);
        return tabs;
    }

    private void show(@Nullable ReportSummary summary) {
        causes.show(summary);
        figures.getChildren().clear();
        facts.getChildren().clear();
        if (summary == null) {
            verdict.show(Banner.Kind.INFO, Messages.get("reportpage.working"), "");
            problemsTab.setText(Messages.get("reportpage.tab.problems", 0));
            return;
        }
        Banner.Kind kind = switch (summary.verdict()) {
            case ALL -> Banner.Kind.GOOD;
            case ALL_FOUND, ALL_BUT, STOPPED -> Banner.Kind.WARNING;
            case NONE -> Banner.Kind.ERROR;
        };
        verdict.show(kind, ReportViewModel.headline(summary), model.explanation(summary));
        nextText.set(
                switch (model.next()) {
                    case RESUME -> Messages.get("reportpage.resume");
                    case TRY_AGAIN -> Messages.get("reportpage.tryAgain");
                    case NEW_SELECTION -> Messages.get("reportpage.again");
                });
        problemsTab.setText(Messages.get(
                "reportpage.tab.problems",
                Units.count(summary.missing() + summary.report().problems().size())));
        for (Map.Entry<Outcome, Long> count : summary.counts().entrySet()) {
            Label figure = new Label(Units.count(count.getValue()));
            figure.getStyleClass().add("figure");
            figures.getChildren().add(Build.column(0, figure, Build.muted(ReportViewModel.text(count.getKey()))));
        }
        RestoreReport report = summary.report();
        SourceIdentity source = report.source();
        fact(Messages.get("reportpage.fact.target"), report.target().toString());
        fact(Messages.get("reportpage.fact.written"), Units.bytes(report.bytes()));
        fact(
                Messages.get("reportpage.fact.source"),
                sourceName(source)
                        + (source.node().isEmpty() || !state.technical().get() ? "" : " \u00b7 " + source.node()));
        fact(Messages.get("reportpage.fact.volume"), source.format() + " \u00b7 " + source.serial());
        source.details().forEach((key, value) -> {
            if (!value.isBlank() && state.technical().get()) {
                fact(SourceIdentity.word(key), value);
            }
        });
        fact(
                Messages.get("reportpage.fact.time"),
                Messages.get("reportpage.fact.times", local(report.started()), local(report.ended())));
    }

    private static String sourceName(SourceIdentity source) {
        return source.text().equals(SourceNames.PRACTICE) ? Messages.get("reportpage.fact.practice") : source.text();
    }

    /** A moment of the report (ISO 8601, UTC) as the clock of this computer shows it. */
    private static String local(String moment) {
        try {
            return LOCAL.format(Instant.parse(moment));
        } catch (DateTimeParseException e) {
            return moment; // a report by another program: shown as it is written
        }
    }

    private void fact(String name, String value) {
        Label label = new Label(name);
        Label text = new Label(value);
        text.setWrapText(true);
        text.getStyleClass().add("fact-value");
        facts.addRow(facts.getRowCount(), label, text);
    }

    private void openFolder() {
        RestoreReport report = state.report().get();
        if (report != null) {
            model.open(report.target());
        }
    }

    private void save() {
        Path file = state.dialogs()
                .save(
                        node.getScene().getWindow(),
                        Messages.get("reportpage.save.title"),
                        Messages.get("reportpage.save.name"),
                        FileDialogs.Kind.of(Messages.get("reportpage.save.html"), "*.html"),
                        FileDialogs.Kind.of(Messages.get("reportpage.save.csv"), "*.csv"),
                        FileDialogs.Kind.of(Messages.get("reportpage.save.json"), "*.json"));
        if (file != null) {
            model.save(file, this::saved);
        }
    }

    private void saved(Path file) {
        Notice.show(node, Messages.get("reportpage.saved"), file.toString());
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public List<Node> actions() {
        return List.of(open, save, verify);
    }

    @Override
    public void next(Runnable advance) {
        switch (model.next()) {
            case RESUME -> model.resume();
            case TRY_AGAIN -> model.tryAgain();
            case NEW_SELECTION -> model.again();
        }
    }
}
