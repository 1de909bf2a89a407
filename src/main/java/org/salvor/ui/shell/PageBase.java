package org.salvor.ui.shell;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.salvor.text.Messages;

/** What all pages have in common: their step, their words, and whether the next step is open. */
public abstract class PageBase implements Page {
    private final Step step;
    private final String title;
    private final String lead;
    private final String help;

    /** Bound or set by the page. */
    protected final BooleanProperty canGoNext = new SimpleBooleanProperty(false);

    /** Bound or set by the page. */
    protected final StringProperty nextText = new SimpleStringProperty(Messages.get("wizard.next"));

    protected PageBase(Step step, String title, String lead, String help) {
        this.step = step;
        this.title = title;
        this.lead = lead;
        this.help = help;
    }

    @Override
    public final Step step() {
        return step;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final String lead() {
        return lead;
    }

    @Override
    public final String help() {
        return help;
    }

    @Override
    public final ObservableBooleanValue canGoNext() {
        return canGoNext;
    }

    @Override
    public final ObservableStringValue nextText() {
        return nextText;
    }
}
