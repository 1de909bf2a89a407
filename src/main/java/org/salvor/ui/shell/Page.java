package org.salvor.ui.shell;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import org.salvor.text.Messages;

/** One page of the wizard. Made once per window; all calls come on the UI thread. */
public interface Page {
    Step step();

    /** What this page asks, as its headline. */
    String title();

    /** One sentence below the headline. */
    String lead();

    /** The same where it changes while the page is shown. */
    default ObservableStringValue leadText() {
        return new ReadOnlyStringWrapper(lead());
    }

    /** What F1 shows: a few short paragraphs. */
    String help();

    /** Its controls, made once; the window puts title and buttons around them. */
    Node node();

    /** Before the page is shown. */
    default void entering() {}

    /** Puts the keyboard where a person begins. After the page is shown. */
    default void focus() {
        node().requestFocus();
    }

    /** Before another page is shown. */
    default void leaving() {}

    /** Whether the button for the next step can be pressed. */
    ObservableBooleanValue canGoNext();

    /** Whether a person may go to an earlier step now. */
    default ObservableBooleanValue canGoBack() {
        return new ReadOnlyBooleanWrapper(true);
    }

    /** What the button for the next step says: an action. Empty hides the button. */
    default ObservableStringValue nextText() {
        return new ReadOnlyStringWrapper(Messages.get("wizard.next"));
    }

    /** Does what has to be done before the next step, in the background if it takes time, and then calls {@code advance}. */
    default void next(Runnable advance) {
        advance.run();
    }

    /** Further buttons of this page, shown at the left of the bottom bar. */
    default List<Node> actions() {
        return List.of();
    }

    /** What Escape does here; true if it did something. */
    default boolean escape() {
        return false;
    }
}
