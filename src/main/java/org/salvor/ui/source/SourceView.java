package org.salvor.ui.source;

import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Source;
import org.salvor.text.Messages;
import org.salvor.ui.shell.PageBase;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.Ticker;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;

/** Picks a disk of this computer, an image or a backup, shows what it holds, and opens one place of it. */
public final class SourceView extends PageBase {
    private final WizardState state;
    private final SourceViewModel model;
    private final DisksTable disks;
    private final VBox node = new VBox(10);
    private final ScrollPane page = new ScrollPane(node);
    private final TextField path = new TextField();
    private final Label chosen = new Label();
    private final Banner error = new Banner(Banner.Kind.ERROR, "", "");
    private final Banner advice = new Banner(Banner.Kind.WARNING, "", "");
    private final HBox working = Build.row(10);
    private final PlacesPane places;
    private final StackPane picker = new StackPane();
    private boolean following;

    /** Below this height the parts share what there is. */
    private static final double LOW = 470;

    private static final int LEAST_ROWS = 3;
    private static final int MOST_ROWS = 5;

    public SourceView(WizardState state) {
        super(Step.SOURCE, Messages.get("source.title"), Messages.get("source.lead"), Messages.get("source.help"));
        this.state = state;
        model = new SourceViewModel(state);
        disks = new DisksTable(state, model, this::askForImage);
        places = new PlacesPane(state, model::sweep);
        VBox disksBox = new VBox(disks);
        VBox.setVgrow(disks, Priority.ALWAYS);
        Node imageBox = imagePane();
        picker.getChildren().setAll(disksBox, imageBox);
        VBox.setVgrow(places, Priority.ALWAYS);
        model.images().subscribe(on -> {
            Build.visible(disksBox, !on);
            Build.visible(imageBox, on);
            share();
        });
        page.setFitToWidth(true);
        page.setFitToHeight(true);
        page.getStyleClass().add("page-scroll");
        page.heightProperty().subscribe((was, is) -> share());
        model.disks().addListener((ListChangeListener<SourceRow>) change -> share());
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setPrefSize(20, 20);
        wheel.setMinSize(20, 20);
        Label what = new Label();
        what.textProperty().bind(model.activity().map(now -> switch (now) {
            case OPENING -> Messages.get("source.opening");
            case OPENING_SCAN -> Messages.get("source.openingScan");
            case SWEEPING -> Messages.get("source.sweeping");
            case IDLE, RECOGNISING -> Messages.get("source.recognising");
        }));
        wheel.accessibleTextProperty().bind(what.textProperty());
        Label far = Build.muted("");
        Ticker ticker = new Ticker(250, () -> far.setText(model.sweepText()));
        Button stop = Build.button(Messages.get("source.sweep.stop"), Feather.SQUARE, model::stopSweep);
        stop.setId("sweep-stop");
        stop.getStyleClass().add(Styles.SMALL);
        working.getChildren().addAll(wheel, what, far, Build.spacer(), stop);
        model.activity().subscribe(now -> {
            boolean sweeps = now == SourceViewModel.Activity.SWEEPING;
            Build.visible(working, now != SourceViewModel.Activity.IDLE);
            Build.visible(far, sweeps);
            Build.visible(stop, sweeps);
            places.setDisable(sweeps);
            if (sweeps) {
                ticker.start();
            } else {
                ticker.stop();
            }
        });
        Button search = Build.button(Messages.get("source.sweep"), Feather.SEARCH, model::sweep);
        search.setId("sweep-after-error");
        model.sweepable().subscribe(on -> {
            Build.visible(search, on);
            places.offerSearch(!on);
        });
        error.getChildren().add(search);
        model.error().subscribe(text -> {
            String next = model.sweepable().get() ? "source.sweep.next" : "source.error.next";
            error.show(Banner.Kind.ERROR, text, Messages.get(next));
            Build.visible(error, !text.isEmpty());
        });
        Banner notice = new Banner(Banner.Kind.INFO, "", "");
        notice.setId("source-notice");
        model.notice().subscribe(text -> {
            notice.show(Banner.Kind.INFO, text, "");
            Build.visible(notice, !text.isEmpty());
        });
        error.setId("source-error");
        advice.setId("source-advice");
        state.places().subscribe(tree -> {
            Build.visible(places, tree != null);
            share();
        });
        disks.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null && !following) {
                model.pick(row.device());
            }
        });
        state.source().subscribe(this::follow);
        model.ownFiles().addListener((ListChangeListener<Path>)
                change -> showAdvice(state.source().get()));
        canGoNext.bind(Bindings.isNotNull(state.node()).and(model.activity().isEqualTo(SourceViewModel.Activity.IDLE)));
        node.setId("source-page");
        node.getStyleClass().add("scroll-content");
        node.getChildren().addAll(switchRow(), picker, working, error, notice, advice, places);
        takeDrops();
    }

    /** Gives the disks the room they need, and all of it while there is nothing else to see. What does not fit then is scrolled to. */
    private void share() {
        boolean low = page.getHeight() < LOW;
        boolean alone = state.places().get() == null;
        boolean images = model.images().get();
        places.low(low);
        VBox.setVgrow(picker, alone && !images ? Priority.ALWAYS : Priority.NEVER);
        double height = images ? Region.USE_COMPUTED_SIZE : disks.heightForRows(low ? LEAST_ROWS : MOST_ROWS);
        picker.setPrefHeight(alone ? Region.USE_COMPUTED_SIZE : height);
        picker.setMinHeight(images ? Region.USE_PREF_SIZE : disks.heightForRows(LEAST_ROWS));
    }

    private void askForImage() {
        model.images().set(true);
        path.requestFocus();
    }

    private HBox switchRow() {
        ToggleButton disksButton =
                new ToggleButton(Messages.get("source.switch.disks"), new FontIcon(Feather.HARD_DRIVE));
        ToggleButton imagesButton = new ToggleButton(Messages.get("source.switch.images"), new FontIcon(Feather.FILE));
        disksButton.getStyleClass().add(Styles.LEFT_PILL);
        imagesButton.getStyleClass().add(Styles.RIGHT_PILL);
        disksButton.setId("switch-disks");
        imagesButton.setId("switch-images");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(disksButton, imagesButton);
        model.images().subscribe(on -> group.selectToggle(on ? imagesButton : disksButton));
        group.selectedToggleProperty().subscribe(toggle -> {
            if (toggle == null) {
                group.selectToggle(model.images().get() ? imagesButton : disksButton);
            } else {
                model.images().set(toggle == imagesButton);
            }
        });
        Button refresh = Build.iconButton(Messages.get("source.refresh"), Feather.REFRESH_CW, model::list);
        refresh.setId("refresh");
        refresh.visibleProperty().bind(model.images().not());
        return Build.row(0, disksButton, imagesButton, Build.spacer(), refresh);
    }

    private Node imagePane() {
        path.setId("image-path");
        path.setPromptText(Messages.get("source.path.prompt"));
        path.setOnAction(event -> model.pick(path.getText()));
        HBox.setHgrow(path, Priority.ALWAYS);
        Button open =
                Build.button(Messages.get("source.open"), Feather.CORNER_DOWN_LEFT, () -> model.pick(path.getText()));
        open.setId("image-open");
        open.disableProperty().bind(path.textProperty().map(String::isBlank));
        Button browse = Build.button(Messages.get("source.browse"), Feather.FILE, this::browse);
        browse.setId("image-browse");
        browse.setAccessibleHelp(Messages.get("source.browse.title"));
        Button folder = Build.button(Messages.get("source.folder"), Feather.FOLDER, this::browseFolder);
        folder.setId("backup-folder");
        folder.setAccessibleHelp(Messages.get("source.folder.title"));
        folder.setTooltip(new Tooltip(Messages.get("source.folder.title")));
        FontIcon icon = new FontIcon(Feather.DOWNLOAD);
        icon.getStyleClass().add("drop-icon");
        chosen.setWrapText(true);
        chosen.getStyleClass().add(Styles.TEXT_MUTED);
        VBox box = new VBox(
                10,
                Build.row(10, icon, Build.column(2, Build.text(Messages.get("source.drop")), chosen)),
                Build.row(8, Build.labelFor(Messages.get("source.path"), path), path, open, browse, folder));
        box.getStyleClass().add("drop-zone");
        box.setId("drop-zone");
        return box;
    }

    /** Files and folders may be dropped anywhere on the page. */
    private void takeDrops() {
        page.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
            }
            event.consume();
        });
        page.setOnDragDropped(event -> {
            List<File> files = event.getDragboard().getFiles();
            if (!files.isEmpty()) {
                model.pick(files.getFirst().getPath());
            }
            event.setDropCompleted(!files.isEmpty());
            event.consume();
        });
    }

    private void browse() {
        pick(state.dialogs().open(node.getScene().getWindow(), Messages.get("source.browse.title")));
    }

    private void browseFolder() {
        pick(state.dialogs().folder(node.getScene().getWindow(), Messages.get("source.folder.title")));
    }

    private void pick(@Nullable Path chosen) {
        if (chosen != null) {
            model.pick(chosen.toString());
        }
    }

    /** Shows the source that was chosen here, on the first page, or as an argument. */
    private void follow(@Nullable Source source) {
        following = true;
        chosen.setText(
                source instanceof Source.Practice
                        ? Messages.get("source.practiceChosen")
                        : Messages.get("source.drop.what"));
        if (source instanceof Source.Device device) {
            disks.getItems().stream()
                    .filter(row -> row.device().path().equals(device.path()))
                    .findFirst()
                    .ifPresentOrElse(
                            row -> {
                                disks.getSelectionModel().select(row);
                                state.ui().execute(disks::reveal);
                            },
                            () -> disks.getSelectionModel().clearSelection());
        } else {
            disks.getSelectionModel().clearSelection();
            path.setText(source == null ? "" : source.text());
        }
        following = false;
        showAdvice(source);
    }

    private void showAdvice(@Nullable Source source) {
        String text = "";
        if (source instanceof Source.Device device) {
            for (SourceRow.Badge badge : SourceRow.of(device).badges()) {
                text = text.isEmpty() ? SourceRow.advice(badge) : text;
            }
        }
        if (!model.ownFiles().isEmpty()) {
            advice.show(
                    Banner.Kind.WARNING,
                    Messages.get("source.ownFiles"),
                    Messages.get("source.ownFiles.where", list(model.ownFiles())));
            Build.visible(advice, true);
            return;
        }
        advice.show(Banner.Kind.WARNING, "", text);
        Build.visible(advice, !text.isEmpty());
    }

    private static String list(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void entering() {
        model.listOnce();
    }

    @Override
    public Node node() {
        return page;
    }

    @Override
    public void focus() {
        if (model.images().get()) {
            path.requestFocus();
        } else {
            disks.requestFocus();
        }
    }

    @Override
    public void next(Runnable advance) {
        model.open(advance);
    }
}
