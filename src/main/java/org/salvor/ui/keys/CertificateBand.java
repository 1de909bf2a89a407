package org.salvor.ui.keys;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.KeyNeed;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Certificates;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Banner;
import org.salvor.ui.theme.Build;

/**
 * A band that tells how many files are encrypted and whose certificate opens them, and takes one. It takes no room where nothing is
 * encrypted, and once a person goes on without.
 */
public final class CertificateBand extends VBox {
    private final WizardState state;
    private final Certificates certificates;
    private final Button add;
    private final Button without;
    private final Button hide;
    private final Banner banner;

    /** @param low whether the page needs the room: then going on without is a cross */
    public CertificateBand(WizardState state, boolean low) {
        this.state = state;
        certificates = state.certificates();
        add = Build.button(Messages.get("keys.add"), Feather.KEY, this::ask);
        add.setId("add-certificate");
        Runnable decline = () -> certificates.declined().set(true);
        String word = Messages.get("keys.without");
        without = low ? Build.iconButton(word, Feather.X, decline) : Build.button(word, Feather.ARROW_RIGHT, decline);
        without.setId("without-certificate");
        hide = Build.iconButton(Messages.get("keys.hide"), Feather.X, decline);
        hide.setId("hide-certificates");
        banner = new Banner(Banner.Kind.INFO, "", "", add, without, hide);
        banner.setId("certificates-band");
        banner.getStyleClass().add("low");
        getChildren().setAll(banner);
        certificates.needs().subscribe(needs -> show());
        certificates.opened().subscribe(now -> show());
        certificates.declined().subscribe(now -> show());
    }

    /** Whether there is something to see. */
    public ReadOnlyBooleanProperty shown() {
        return visibleProperty();
    }

    private void show() {
        List<KeyNeed> needs = certificates.needs().get();
        Certificates.Opened opened = certificates.opened().get();
        int locked = certificates.locked();
        int closed =
                KeyWords.locked(needs, Encryption.Kind.WINDOWS_ONLY) + KeyWords.locked(needs, Encryption.Kind.KEY_LOST);
        boolean any = locked + closed > 0 || opened != null;
        Build.visible(this, any && !certificates.declined().get());
        Build.visible(add, locked > 0);
        Build.visible(without, locked > 0);
        Build.visible(hide, locked == 0);
        String rest = KeyWords.brief(needs);
        if (opened == null) {
            banner.show(Banner.Kind.INFO, KeyWords.headline(locked > 0 ? locked : closed, false), rest);
            return;
        }
        String unlocked = Messages.get(
                "keys.opened", opened.files(), Units.count(opened.files()), KeyWords.held(opened.fitting()));
        String still = locked == 0 ? "" : KeyWords.headline(locked, true) + ". ";
        banner.show(Banner.Kind.GOOD, unlocked, still + rest);
    }

    /** Asks for a certificate, unless files are being copied: what is planned must not change under it. */
    public void ask() {
        Job<?> restoring = state.restoreJob().get();
        boolean copying = restoring != null
                && switch (restoring.state()) {
                    case RUNNING, PAUSED -> true;
                    case DONE, CANCELLED, FAILED -> false;
                };
        if (copying) {
            banner.show(Banner.Kind.WARNING, Messages.get("keys.copying"), Messages.get("keys.copying.text"));
            Build.visible(this, true);
            return;
        }
        new CertificateDialog(state, getScene().getWindow()).show();
    }
}
