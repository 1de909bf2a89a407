package org.salvor.ui.theme;

import java.util.List;
import javafx.scene.control.Control;
import org.controlsfx.validation.Severity;
import org.controlsfx.validation.ValidationMessage;
import org.controlsfx.validation.decoration.ValidationDecoration;

/**
 * What is wrong with a field shows in its frame. The decorations of ControlsFX would put a pane of their own under the whole window
 * first, and while everything moves there the toolkit cannot resolve colours.
 */
public final class FieldFrame implements ValidationDecoration {
    private static final String ERROR = "field-error";
    private static final String WARNING = "field-warning";

    @Override
    public void applyValidationDecoration(ValidationMessage message) {
        List<String> classes = message.getTarget().getStyleClass();
        boolean error = message.getSeverity() == Severity.ERROR;
        if (error || !classes.contains(ERROR)) {
            removeDecorations(message.getTarget());
            classes.add(error ? ERROR : WARNING);
        }
    }

    @Override
    public void removeDecorations(Control target) {
        target.getStyleClass().removeAll(List.of(ERROR, WARNING));
    }

    /** Which fields are needed is not marked. */
    @Override
    public void applyRequiredDecoration(Control target) {}
}
