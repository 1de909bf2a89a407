package org.salvor.ui.shell;

import atlantafx.base.theme.Styles;
import java.io.PrintWriter;
import java.io.StringWriter;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.salvor.fault.ErrorCode;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Themes;

/** Tells of a bug: what is safe, a short code that support can look up, and the details to copy. */
public final class ErrorDialog {
    private ErrorDialog() {}

    /** Shows it and returns at once; on the UI thread only. */
    public static void show(Throwable failure) {
        String code = ErrorCode.of(failure);
        String details = code + System.lineSeparator() + trace(failure);
        Dialog<ButtonType> dialog = new Dialog<>();
        Window owner = Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .orElse(
                        Window.getWindows().isEmpty()
                                ? null
                                : Window.getWindows().getFirst());
        if (owner != null) {
            dialog.initOwner(owner);
        }
        dialog.setTitle(Messages.get("error.title"));
        ButtonType copy = new ButtonType(Messages.get("error.copy"), ButtonBar.ButtonData.LEFT);
        ButtonType close = new ButtonType(Messages.get("error.close"), ButtonBar.ButtonData.CANCEL_CLOSE);
        DialogPane pane = dialog.getDialogPane();
        pane.getButtonTypes().addAll(copy, close);
        pane.setContent(content(code, details));
        pane.setPrefWidth(560);
        pane.getStylesheets().addAll(Themes.sheet("controlsfx-bridge.css"), Themes.sheet("salvor.css"));
        Button copyButton = (Button) pane.lookupButton(copy);
        copyButton.addEventFilter(ActionEvent.ACTION, event -> {
            ClipboardContent text = new ClipboardContent();
            text.putString(details);
            Clipboard.getSystemClipboard().setContent(text);
            copyButton.setText(Messages.get("error.copied"));
            event.consume();
        });
        dialog.show();
    }

    private static VBox content(String code, String details) {
        Label headline = Build.text(Messages.get("error.headline"));
        headline.getStyleClass().add(Styles.TITLE_4);
        TextArea area = new TextArea(details);
        area.setEditable(false);
        area.setPrefRowCount(8);
        area.setAccessibleText(Messages.get("error.details"));
        area.getStyleClass().add("details");
        Label codeLabel = Build.muted(Messages.get("error.code", code));
        VBox box = Build.column(12, headline, Build.text(Messages.get("error.safe")), area, codeLabel);
        box.getStyleClass().add("error-dialog");
        return box;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
