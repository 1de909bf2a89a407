package org.salvor.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;

/** The two looks of the program: AtlantaFX, a bridge for ControlsFX, and our own sheet with the program's own meanings of colour. */
public final class Themes {
    private Themes() {}

    /** For the whole program. */
    public static void use(boolean dark) {
        String sheet = dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        if (!sheet.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(sheet);
        }
    }

    /** Adds the program's sheets; every scene and dialog needs them. */
    public static void style(Scene scene, boolean dark) {
        if (scene.getStylesheets().isEmpty()) {
            scene.getStylesheets().addAll(sheet("controlsfx-bridge.css"), sheet("salvor.css"));
        }
        scene.getRoot().getStyleClass().removeAll("salvor-dark", "salvor-light");
        scene.getRoot().getStyleClass().add(dark ? "salvor-dark" : "salvor-light");
    }

    /** Address of a style sheet of the program. */
    public static String sheet(String name) {
        URL url = Themes.class.getResource("/org/salvor/ui/" + name);
        return Objects.requireNonNull(url, name).toExternalForm();
    }
}
