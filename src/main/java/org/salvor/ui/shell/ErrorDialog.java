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
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.ErrorCode;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Themes;

/**
 * Tells of a bug: what is safe, and a short code that support can look up. The trace is for the log and the clipboard; it is never
 * shown. One dialog at a time: a bug that comes again and again must not bury the window.
 */
final class ErrorDialog {
    private static final double WIDTH = 520;

    private static @Nullable Dialog<ButtonType> showing;

    private ErrorDialog() {}

    /** Shows it and returns at once; on the UI thread only. Nothing happens while an earlier one is open. */
    static void show(Throwable failure, Runnable closed) {
        if (showing != null) {
            return;
        }
        String code = ErrorCode.of(failure);
        String details = code + System.lineSeparator() + trace(failure);
        Dialog<ButtonType> dialog = new Dialog<>();
        Window owner = owner();
        if (owner != null) {
            dialog.initOwner(owner);
        }
        dialog.setTitle(Messages.get("app.name"));
        ButtonType copy = new ButtonType(Messages.get("error.copy"), ButtonBar.ButtonData.LEFT);
        ButtonType close = new ButtonType(Messages.get("error.close"), ButtonBar.ButtonData.CANCEL_CLOSE);
        DialogPane pane = dialog.getDialogPane();
        pane.setId("bug");
        pane.getButtonTypes().addAll(copy, close);
        pane.setContent(content(code));
        pane.setPrefWidth(WIDTH);
        pane.getStylesheets().addAll(Themes.sheet("controlsfx-bridge.css"), Themes.sheet("salvor.css"));
        Button copyButton = (Button) pane.lookupButton(copy);
        copyButton.setId("bug-copy");
        copyButton.addEventFilter(ActionEvent.ACTION, event -> {
            ClipboardContent text = new ClipboardContent();
            text.putString(details);
            Clipboard.getSystemClipboard().setContent(text);
            copyButton.setText(Messages.get("error.copied"));
            event.consume();
        });
        Button closeButton = (Button) pane.lookupButton(close);
        closeButton.setId("bug-close");
        closeButton.setDefaultButton(true);
        dialog.setOnHidden(event -> {
            showing = null;
            closed.run();
        });
        showing = dialog;
        dialog.show();
    }

    /** The window a person looks at; a popup cannot own a dialog that outlives it. */
    private static @Nullable Window owner() {
        Window any = null;
        for (Window window : Window.getWindows()) {
            if (window instanceof javafx.stage.Stage) {
                if (window.isFocused()) {
                    return window;
                }
                any = any == null ? window : any;
            }
        }
        return any;
    }

    private static VBox content(String code) {
        Label headline = Build.text(Messages.get("error.headline"));
        headline.getStyleClass().add(Styles.TITLE_4);
        Label codeLabel = Build.muted(Messages.get("error.code", code));
        codeLabel.setId("bug-code");
        VBox box = Build.column(12, headline, Build.text(Messages.get("error.safe")), codeLabel);
        box.getStyleClass().add("error-dialog");
        return box;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
