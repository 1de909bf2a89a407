package org.salvor.ui.start;

import java.nio.file.Path;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.restore.JournalInfo;
import org.salvor.text.Messages;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.shell.FileDialogs;
import org.salvor.ui.shell.Page;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.CommandLink;

/** The first page. */
public final class StartView implements Page {
    private final WizardState state;
    private final ScrollPane node = new ScrollPane();
    private final ResumeViewModel model;
    private final EarlierViewModel earlier;
    private final CommandLink deleted;
    private final Banner resuming = new Banner(Banner.Kind.INFO, "", "");
    private final Banner error = new Banner(Banner.Kind.ERROR, "", "");

    public StartView(WizardState state) {
        this.state = state;
        model = new ResumeViewModel(state);
        earlier = new EarlierViewModel(state);
        EarlierPane left = new EarlierPane(earlier, this::goOn);
        deleted = new CommandLink(
                Feather.HARD_DRIVE, Messages.get("start.deleted"), Messages.get("start.deleted.text"), this::disks);
        deleted.setId("deleted");
        CommandLink image = new CommandLink(
                Feather.FILE, Messages.get("start.image"), Messages.get("start.image.text"), this::image);
        image.setId("image");
        CommandLink backup = new CommandLink(
                Feather.PACKAGE, Messages.get("start.backup"), Messages.get("start.backup.text"), this::image);
        backup.setId("backup");
        CommandLink saved = new CommandLink(
                Feather.ARCHIVE, Messages.get("start.saved"), Messages.get("start.saved.text"), this::askSavedScan);
        saved.setId("open-scan");
        CommandLink resume = new CommandLink(
                Feather.PLAY, Messages.get("start.resume"), Messages.get("start.resume.text"), this::askJournal);
        resume.setId("resume");
        CommandLink practice = new CommandLink(
                Feather.AWARD, Messages.get("start.practice"), Messages.get("start.practice.text"), this::practice);
        practice.setId("practice");
        practice.getStyleClass().add("command-practice");
        resuming.setId("resuming");
        error.setId("start-error");
        model.error().subscribe(text -> {
            error.show(Banner.Kind.ERROR, text, Messages.get("start.resume.error"));
            Build.visible(error, !text.isEmpty());
        });
        model.activity().subscribe(text -> {
            resuming.show(Banner.Kind.INFO, text, "");
            Build.visible(resuming, !text.isEmpty());
            resume.setDisable(!text.isEmpty());
            left.setDisable(!text.isEmpty());
        });
        GridPane links = halves();
        links.addRow(0, deleted, backup);
        links.addRow(1, image, saved);
        links.addRow(2, resume, practice);
        VBox content = new VBox(14, resuming, error, left, links, promises());
        content.getStyleClass().add("scroll-content");
        node.setContent(content);
        node.setFitToWidth(true);
        node.getStyleClass().add("page-scroll");
    }

    private static GridPane halves() {
        GridPane grid = new GridPane(14, 14);
        for (int column = 0; column < 2; column++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            half.setFillWidth(true);
            grid.getColumnConstraints().add(half);
        }
        return grid;
    }

    /** What a person who has just lost files wants to know before anything else. */
    private static Node promises() {
        Banner stop = new Banner(Banner.Kind.INFO, Messages.get("start.stop"), Messages.get("start.stop.text"));
        HBox row = new HBox(
                24,
                promise(Feather.LOCK, Messages.get("start.reads"), Messages.get("start.reads.text")),
                promise(Feather.CHECK_CIRCLE, Messages.get("start.honest"), Messages.get("start.honest.text")),
                promise(Feather.FILE_TEXT, Messages.get("start.proof"), Messages.get("start.proof.text")));
        row.getStyleClass().add("promises");
        return Build.column(14, stop, row);
    }

    private static Node promise(Feather icon, String headline, String text) {
        FontIcon mark = new FontIcon(icon);
        mark.getStyleClass().add("icon-good");
        Label top = new Label(headline, mark);
        top.getStyleClass().add("promise");
        VBox box = Build.column(4, top, Build.muted(text));
        box.setPrefWidth(0);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private void disks() {
        if (!(state.source().get() instanceof Source.Device)) {
            state.source().set(null);
        }
        state.images().set(false);
        state.step().set(Step.SOURCE);
    }

    private void image() {
        if (state.source().get() instanceof Source.Device) {
            state.source().set(null);
        }
        state.images().set(true);
        state.step().set(Step.SOURCE);
    }

    private void askJournal() {
        Path file = state.dialogs()
                .open(
                        node.getScene().getWindow(),
                        Messages.get("start.resume.title"),
                        FileDialogs.Kind.of(
                                Messages.get("start.resume.filter"),
                                JournalInfo.FILE_NAME,
                                "*" + JournalInfo.FILE_NAME));
        if (file != null) {
            model.resume(file);
        }
    }

    private void askSavedScan() {
        Path file = state.dialogs()
                .open(
                        node.getScene().getWindow(),
                        Messages.get("start.saved.title"),
                        FileDialogs.Kind.of(Messages.get("savescan.kind"), "*" + SourceNames.SAVED_SCAN_ENDING));
        if (file != null) {
            openScan(file);
        }
    }

    private void openScan(Path file) {
        state.source().set(null);
        state.source().set(new Source.SavedScan(file));
        state.step().set(Step.SOURCE);
    }

    private void goOn(EarlierWork work) {
        switch (work.kind()) {
            case SCAN -> openScan(work.file());
            case COPY -> model.resume(work.file());
        }
    }

    private void practice() {
        state.source().set(new Source.Practice());
        state.step().set(Step.SOURCE);
    }

    @Override
    public Step step() {
        return Step.START;
    }

    @Override
    public String title() {
        return Messages.get("start.title");
    }

    @Override
    public String lead() {
        return Messages.get("start.lead");
    }

    @Override
    public String help() {
        return Messages.get("start.help");
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void entering() {
        earlier.look();
    }

    @Override
    public void focus() {
        deleted.requestFocus();
    }

    @Override
    public ObservableBooleanValue canGoNext() {
        return new ReadOnlyBooleanWrapper(false);
    }

    @Override
    public ObservableStringValue nextText() {
        return new ReadOnlyStringWrapper("");
    }
}
