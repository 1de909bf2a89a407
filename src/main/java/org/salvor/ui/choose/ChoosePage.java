package org.salvor.ui.choose;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.event.EventHandler;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SelectionFile;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.keys.CertificateBand;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Page;
import org.salvor.ui.shell.SaveScan;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.RatingBadge;
import org.salvor.ui.theme.Themes;

/** The page Choose: one view for each catalog, and what is chosen in the bar below. */
public final class ChoosePage implements Page {
    private static final double NARROW = 1000;
    private static final int MOST_LISTED = 10;

    private final WizardState state;
    private final StackPane node = new StackPane();
    private final Label summary = new Label();
    private final Button save = Build.button(Messages.get("choose.save"), Feather.SAVE, this::askSave);
    private final Button load = Build.button(Messages.get("choose.load"), Feather.FOLDER, this::askLoad);
    private final Button certificates = Build.button(Messages.get("keys.again"), Feather.KEY, this::askCertificate);
    private final SaveScan saveScan;
    private final CertificateBand band;
    private @Nullable ChooseModel model;
    private @Nullable ChooseView view;

    public ChoosePage(WizardState state) {
        this.state = state;
        saveScan = new SaveScan(state, node);
        saveScan.button().setId("save-scan-here");
        band = new CertificateBand(state, true);
        certificates.setId("certificates");
        state.certificates().needs().subscribe(needs -> offerCertificates());
        band.shown().subscribe(on -> offerCertificates());
        node.getStyleClass().add("choose-page");
        node.setMinSize(0, 0);
        summary.setId("chosen");
        summary.setTooltip(new Tooltip());
        summary.getTooltip().textProperty().bind(summary.textProperty());
        summary.setMaxHeight(Double.MAX_VALUE);
        summary.setWrapText(true); // all of its parts are too long for one line of a narrow window
        summary.setPadding(new Insets(0, 0, 0, 8));
        save.setId("save-selection");
        load.setId("load-selection");
        node.widthProperty().subscribe(width -> {
            ContentDisplay display = width.doubleValue() < NARROW ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
            for (Button each : List.of(save, load, saveScan.button(), certificates)) {
                each.setContentDisplay(display);
                String words = Build.spoken(each.getText());
                each.setAccessibleText(words);
                each.setTooltip(new Tooltip(words));
            }
        });
        EventHandler<KeyEvent> keys = event -> {
            if (view != null) {
                view.key(event);
            }
        };
        node.sceneProperty()
                .subscribe((was, is) -> { // the keys also work from the buttons below, which are not in the page
                    if (was != null) {
                        was.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
                    }
                    if (is != null) {
                        is.addEventFilter(KeyEvent.KEY_PRESSED, keys);
                    }
                });
        node.focusedProperty().subscribe(focused -> {
            if (focused && view != null) {
                view.focusTable();
            }
        });
        state.catalog().subscribe(this::changed);
        state.selection().subscribe((was, is) -> changed(state.catalog().get()));
        state.technical().subscribe(on -> {
            if (view != null) {
                view.technical(on);
            }
        });
    }

    /** What the page shows now; null without a catalog. */
    @Nullable
    ChooseModel model() {
        return model;
    }

    private void changed(@Nullable Catalog catalog) {
        if (view != null) {
            view.close();
        }
        node.getChildren().clear();
        model = null;
        view = null;
        tell(null);
    }

    /** The view is made when it is first seen: by then the selection of this catalog is there. */
    private void prepare(Catalog catalog) {
        Workbench.Scan scan = state.scan().get();
        ScanPlan plan = scan == null ? state.plan().get() : scan.plan();
        ChooseModel made = new ChooseModel(catalog, plan, state.selection().get(), state.ui());
        ChooseView shown = new ChooseView(made, new Surroundings());
        shown.technical(state.technical().get());
        made.ticks()
                .revisionProperty()
                .subscribe((was, is) -> state.restorePlan().set(null));
        made.tally().subscribe(this::tell);
        model = made;
        view = shown;
        VBox.setVgrow(shown, Priority.ALWAYS);
        VBox box = new VBox(8, band, shown);
        box.setMinSize(0, 0);
        node.getChildren().setAll(box);
    }

    /** Whoever went on without a certificate may think better of it. */
    private void offerCertificates() {
        Build.visible(certificates, !band.shown().get() && state.certificates().locked() > 0);
    }

    private void askCertificate() {
        band.ask();
    }

    private void tell(@Nullable Tally tally) {
        int files = tally == null ? 0 : tally.files();
        state.chosenFiles().set(files);
        state.chosenBytes().set(tally == null ? 0 : tally.bytes());
        save.setDisable(files == 0);
        if (tally == null || files == 0) {
            summary.setText(Messages.get("choose.chosen.none"));
            return;
        }
        String text = Messages.get("choose.chosen", Units.count(files), Units.bytes(tally.bytes()));
        if (tally.incomplete() > 0) {
            text = Messages.get("choose.chosen.incomplete", text, Units.count(tally.incomplete()));
        }
        if (tally.lost() > 0) {
            text = Messages.get("choose.chosen.lost", text, Units.count(tally.lost()));
        }
        if (tally.pending() > 0) {
            text = Messages.get("choose.chosen.pending", text, Units.count(tally.pending()));
        }
        summary.setText(text);
    }

    private void askSave() {
        File file = chooser(Messages.get("choose.save.title"))
                .showSaveDialog(node.getScene().getWindow());
        if (file != null) {
            save(file.toPath());
        }
    }

    private void askLoad() {
        File file = chooser(Messages.get("choose.load.title"))
                .showOpenDialog(node.getScene().getWindow());
        if (file != null) {
            load(file.toPath());
        }
    }

    private static FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(Messages.get("choose.save.file"));
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(Messages.get("choose.save.kind"), "*.json"));
        return chooser;
    }

    /** Writes the ticks to a file. */
    public void save(Path file) {
        Catalog catalog = state.catalog().get();
        RecoverySession session = state.session().get();
        if (catalog != null && session != null) {
            Selection chosen = new Selection(state.selection().get().rows());
            Source source = state.source().get();
            state.background()
                    .run(
                            "save selection",
                            monitor -> {
                                if (source != null) {
                                    state.workbench().checkPlace(source, file);
                                }
                                SelectionFile.save(file, session.identity(), catalog, chosen);
                                return true;
                            },
                            done -> {},
                            this::problem);
        }
    }

    /** Ticks what a file names, and nothing else; what is not in this catalog is listed. */
    public void load(Path file) {
        Catalog catalog = state.catalog().get();
        RecoverySession session = state.session().get();
        ChooseModel now = model;
        if (catalog != null && session != null && now != null) {
            state.background()
                    .run(
                            "load selection",
                            monitor -> SelectionFile.load(file, session.identity(), catalog),
                            loaded -> {
                                now.ticks().setAll(now.ticks().snapshot(), false);
                                now.ticks().setAll(loaded.selection().rows(), true);
                                missing(loaded.missing());
                            },
                            this::problem);
        }
    }

    private void missing(List<String> ids) {
        if (!ids.isEmpty()) {
            List<String> listed = ids.subList(0, Math.min(MOST_LISTED, ids.size()));
            String more = ids.size() > MOST_LISTED ? "\n\u2026" : "";
            alert(
                    Messages.get("choose.load.missing", ids.size()),
                    Messages.get("choose.load.missing.text") + "\n\n" + String.join("\n", listed) + more);
        }
    }

    private void problem(Throwable problem) {
        alert(Messages.get("choose.file.problem"), Faults.text(problem));
    }

    private void alert(String headline, String text) {
        Alert alert = new Alert(Alert.AlertType.WARNING, text, ButtonType.OK);
        alert.initOwner(node.getScene().getWindow());
        alert.setTitle(Messages.get("app.name"));
        alert.setHeaderText(headline);
        Themes.style(alert.getDialogPane().getScene(), state.dark().get());
        alert.show();
        state.ui().execute(() -> alert.getDialogPane().getScene().getWindow().sizeToScene());
    }

    private final class Surroundings implements ChooseView.Surroundings {
        @Override
        public boolean scanning() {
            Workbench.Scan scan = state.scan().get();
            return scan != null
                    && switch (scan.job().state()) {
                        case RUNNING, PAUSED -> true;
                        case DONE, CANCELLED, FAILED -> false;
                    };
        }

        @Override
        public String stopped() {
            Workbench.Scan scan = state.scan().get();
            Throwable failure = scan == null || scan.job().state() != Job.State.FAILED
                    ? null
                    : scan.job().failure();
            return failure == null ? "" : Faults.sentence(failure);
        }

        @Override
        public Executor ui() {
            return state.ui();
        }

        @Override
        public @Nullable SourceNode backup() {
            SourceNode place = state.node().get();
            return place != null && place.kind().backup() ? place : null;
        }

        @Override
        public void planScan() {
            ScanPlan plan = state.plan().get();
            state.plan().set(new ScanPlan(true, plan.deleted(), plan.existing()));
            state.step().set(Step.SCAN_PLAN);
        }

        @Override
        public @Nullable RecoverySession session() {
            RecoverySession session = state.session().get();
            if (session == null || !session.capabilities().preview()) {
                return null;
            }
            return scanning() && !session.capabilities().contentWhileScanning() ? null : session;
        }

        @Override
        public String whyNot() {
            return scanning() ? Messages.get("choose.preview.later") : Messages.get("choose.preview.never");
        }
    }

    @Override
    public Step step() {
        return Step.CHOOSE;
    }

    @Override
    public String title() {
        return Messages.get("choose.title");
    }

    @Override
    public String lead() {
        return Messages.get("choose.lead");
    }

    @Override
    public String help() {
        StringBuilder ratings = new StringBuilder();
        for (RatingClass rating : RatingClass.values()) {
            String name =
                    rating == RatingClass.PARTIAL ? Messages.get("rating.partial.any") : RatingBadge.text(rating, 0);
            ratings.append(ratings.isEmpty() ? "" : "\n")
                    .append(Messages.get("choose.help.rating", name, RatingBadge.meaning(rating)));
        }
        return Messages.get("choose.help", ratings);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void entering() {
        Catalog catalog = state.catalog().get();
        if (catalog != null && view == null) {
            prepare(catalog);
        }
    }

    @Override
    public ObservableBooleanValue canGoNext() {
        return Bindings.greaterThan(state.chosenFiles(), 0);
    }

    @Override
    public List<Node> actions() {
        return List.of(save, load, saveScan.button(), certificates, summary);
    }

    @Override
    public boolean escape() {
        return view != null && view.escape();
    }
}
