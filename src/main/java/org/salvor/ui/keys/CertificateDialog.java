package org.salvor.ui.keys;

import atlantafx.base.theme.Styles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.KeyNeed;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Certificates;
import org.salvor.ui.shell.FileDialogs;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Themes;

/**
 * Asks for a certificate file and its password until one fits or the person thinks better of it. The password goes to the keyring as
 * characters that are zeroed there; the field is emptied after each try.
 */
final class CertificateDialog {
    private static final double WIDTH = 580;
    private static final int NEEDS_SHOWN = 4;

    private final WizardState state;
    private final Certificates certificates;
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField file = new TextField();
    private final PasswordField password = new PasswordField();
    private final Label shown = Build.muted("");
    private final Banner answer = new Banner(Banner.Kind.ERROR, "", "");
    private final HBox working = Build.row(10);
    private final Button add;
    private @Nullable Path looked;

    CertificateDialog(WizardState state, Window owner) {
        this.state = state;
        certificates = state.certificates();
        dialog.initOwner(owner);
        dialog.setTitle(Messages.get("app.name"));
        ButtonType addType = new ButtonType(Messages.get("keys.dialog.add"), ButtonBar.ButtonData.OK_DONE);
        ButtonType closeType = new ButtonType(Messages.get("keys.dialog.close"), ButtonBar.ButtonData.CANCEL_CLOSE);
        DialogPane pane = dialog.getDialogPane();
        pane.setId("certificate-dialog");
        pane.getButtonTypes().addAll(addType, closeType);
        pane.setPrefWidth(WIDTH);
        add = (Button) pane.lookupButton(addType);
        add.setId("certificate-add");
        pane.lookupButton(closeType).setId("certificate-close");
        add.addEventFilter(ActionEvent.ACTION, event -> {
            event.consume(); // it closes only when something was opened
            tryIt();
        });
        pane.setContent(content());
        Themes.style(pane.getScene(), state.dark().get());
        Subscription watching = certificates.working().subscribe(this::working);
        dialog.setOnHidden(event -> {
            watching.unsubscribe();
            certificates.cancel();
            password.clear();
        });
        dialog.setOnShown(event -> file.requestFocus());
    }

    void show() {
        dialog.show();
    }

    private Node content() {
        Label headline = Build.text(Messages.get("keys.dialog.headline"));
        headline.getStyleClass().add(Styles.TITLE_4);
        file.setId("certificate-file");
        file.setPromptText(Messages.get("keys.dialog.file.prompt"));
        file.focusedProperty().subscribe(focused -> {
            if (!focused) {
                peek();
            }
        });
        // what was said of another file is over
        file.textProperty().subscribe((was, is) -> Build.visible(answer, false));
        Button browse = Build.button(Messages.get("keys.dialog.browse"), Feather.FILE, this::browse);
        browse.setId("certificate-browse");
        password.setId("certificate-password");
        GridPane form = new GridPane(10, 10);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        form.getColumnConstraints().addAll(labels, fields);
        HBox.setHgrow(file, Priority.ALWAYS);
        form.addRow(0, Build.labelFor(Messages.get("keys.dialog.file"), file), Build.row(8, file, browse));
        form.add(shown, 1, 1);
        form.addRow(2, Build.labelFor(Messages.get("keys.dialog.password"), password), password);
        form.add(Build.muted(Messages.get("keys.dialog.password.text")), 1, 3);
        shown.setId("certificate-shown");
        Build.visible(shown, false);
        answer.setId("certificate-answer");
        Build.visible(answer, false);
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setPrefSize(20, 20);
        wheel.setMinSize(20, 20);
        wheel.setAccessibleText(Messages.get("keys.dialog.working"));
        working.getChildren().addAll(wheel, Build.text(Messages.get("keys.dialog.working")));
        Label windows = Build.muted(Messages.get("keys.dialog.windows"));
        // where some files need them all the same, that is told with those files
        Build.visible(windows, KeyWords.locked(certificates.needs().get(), Encryption.Kind.WINDOWS_ONLY) == 0);
        VBox box = Build.column(14, headline, needed(), form, answer, working, windows);
        box.getStyleClass().add("certificate-dialog");
        return box;
    }

    /** Whose certificates open how many files, with the whole thumbprint to be read over the phone. */
    private VBox needed() {
        VBox box = Build.column(2, Build.text(Messages.get("keys.dialog.needed")));
        box.setId("certificate-needs");
        List<KeyNeed> needs = certificates.needs().get();
        List<KeyWords.Opener> openers = KeyWords.openers(needs);
        for (KeyWords.Opener opener : openers.subList(0, Math.min(NEEDS_SHOWN, openers.size()))) {
            box.getChildren()
                    .add(Build.muted(Messages.get(
                            "keys.needs.one",
                            Units.files(opener.files()),
                            opener.certificate().text())));
        }
        if (openers.isEmpty()) {
            box.getChildren().setAll(Build.text(Messages.get("keys.need.unknown")));
        } else if (openers.size() > NEEDS_SHOWN) {
            box.getChildren().add(Build.muted(Messages.get("keys.dialog.more", openers.size() - NEEDS_SHOWN)));
        }
        for (String sentence : KeyWords.closed(needs)) {
            box.getChildren().add(Build.muted(sentence));
        }
        return box;
    }

    private void browse() {
        Path chosen = state.dialogs()
                .open(
                        dialog.getDialogPane().getScene().getWindow(),
                        Messages.get("keys.dialog.browse.title"),
                        FileDialogs.Kind.of(Messages.get("keys.dialog.kind"), "*.pfx", "*.p12", "*.PFX", "*.P12"),
                        FileDialogs.Kind.of(Messages.get("keys.dialog.any"), "*.*", "*"));
        if (chosen != null) {
            file.setText(chosen.toString());
            peek();
            password.requestFocus();
        }
    }

    /** Where a file shows its certificates to everybody, whether they fit is told before a password is typed. */
    private void peek() {
        Path path = path();
        if (path == null || path.equals(looked)) {
            return;
        }
        looked = path;
        certificates.peek(path, held -> {
            if (path.equals(looked)) {
                int fits = certificates.fits(held);
                String key = fits > 0 ? "keys.dialog.fits" : "keys.dialog.fits-not";
                shown.setText(held.isEmpty() ? "" : Messages.get(key, KeyWords.held(held), Units.files(fits)));
                Build.visible(shown, !held.isEmpty());
                fit();
            }
        });
    }

    /** Null for what cannot be a path. */
    private @Nullable Path path() {
        String text = file.getText() == null ? "" : file.getText().strip();
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void tryIt() {
        Path path = path();
        if (path == null) {
            say(Banner.Kind.WARNING, Messages.get("keys.dialog.no-file"), "");
            file.requestFocus();
            return;
        }
        CharSequence typed = password.getCharacters();
        char[] characters = new char[typed.length()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = typed.charAt(i);
        }
        password.clear();
        Build.visible(answer, false);
        certificates.add(path, characters, this::answered);
    }

    private void answered(Certificates.Answer came) {
        switch (came) {
            case Certificates.WrongPassword wrong -> {
                say(Banner.Kind.ERROR, wrong.text(), Messages.get("keys.dialog.again"));
                password.requestFocus();
            }
            case Certificates.NotFitting other -> {
                say(
                        Banner.Kind.WARNING,
                        Messages.get("keys.dialog.not-fitting", KeyWords.held(other.held())),
                        Messages.get("keys.dialog.other"));
                file.requestFocus();
                file.selectAll();
            }
            case Certificates.Unusable no -> {
                say(Banner.Kind.ERROR, no.text(), "");
                file.requestFocus();
                file.selectAll();
            }
            case Certificates.Opened opened -> dialog.close();
        }
    }

    private void say(Banner.Kind kind, String headline, String next) {
        answer.show(kind, headline, next);
        Build.visible(answer, true);
        fit();
    }

    private void working(boolean on) {
        Build.visible(working, on);
        add.setDisable(on);
        file.setDisable(on);
        password.setDisable(on);
        fit();
    }

    /** As high as what it says needs, once that is laid out. An answer may come when it was closed: then it has no window any more. */
    private void fit() {
        Scene scene = dialog.getDialogPane().getScene();
        Window window = scene == null ? null : scene.getWindow();
        if (window != null && window.isShowing()) {
            state.ui().execute(window::sizeToScene);
        }
    }
}
