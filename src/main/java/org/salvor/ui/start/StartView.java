package org.salvor.ui.start;

import java.io.File;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Source;
import org.salvor.text.Messages;
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
    private final Banner resuming = new Banner(Banner.Kind.INFO, "", "");
    private final Banner error = new Banner(Banner.Kind.ERROR, "", "");

    public StartView(WizardState state) {
        this.state = state;
        model = new ResumeViewModel(state);
        CommandLink deleted = new CommandLink(
                Feather.HARD_DRIVE, Messages.get("start.deleted"), Messages.get("start.deleted.text"), this::disks);
        deleted.setId("deleted");
        CommandLink image = new CommandLink(
                Feather.FILE, Messages.get("start.image"), Messages.get("start.image.text"), this::image);
        image.setId("image");
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
        });
        VBox content = new VBox(12, resuming, error, deleted, image, resume, practice);
        content.getStyleClass().add("scroll-content");
        node.setContent(content);
        node.setFitToWidth(true);
        node.getStyleClass().add("page-scroll");
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
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.get("start.resume.title"));
        chooser.getExtensionFilters()
                .setAll(new FileChooser.ExtensionFilter(
                        Messages.get("start.resume.filter"), ".salvor-journal", "*.salvor-journal"));
        File file = chooser.showOpenDialog(node.getScene().getWindow());
        if (file != null) {
            model.resume(file.toPath());
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
    public ObservableBooleanValue canGoNext() {
        return new ReadOnlyBooleanWrapper(false);
    }

    @Override
    public ObservableStringValue nextText() {
        return new ReadOnlyStringWrapper("");
    }
}
