package org.salvor.ui.start;

import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Source;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Page;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.CommandLink;

/** The first page. */
public final class StartView implements Page {
    private final WizardState state;
    private final VBox node = new VBox(12);

    public StartView(WizardState state) {
        this.state = state;
        node.getChildren()
                .addAll(
                        new CommandLink(
                                Feather.HARD_DRIVE,
                                Messages.get("start.deleted"),
                                Messages.get("start.deleted.text"),
                                () -> state.step().set(Step.SOURCE)),
                        new CommandLink(
                                Feather.PLAY_CIRCLE,
                                Messages.get("start.practice"),
                                Messages.get("start.practice.text"),
                                this::practice));
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
