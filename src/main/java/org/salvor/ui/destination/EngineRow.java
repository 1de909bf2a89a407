package org.salvor.ui.destination;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Engine;
import org.salvor.ui.shell.WizardState;
import org.salvor.ui.theme.Build;

/** By which functions files are written. Where the system has none of its own, that is said, and the portable way is left. */
final class EngineRow extends HBox {
    private final boolean own;
    private final Label missing = Build.muted(Messages.get("destination.engine.missing"));

    EngineRow(WizardState state) {
        super(20);
        setId("engine");
        setAlignment(Pos.BASELINE_LEFT);
        own = state.workbench().systemTarget();
        missing.setId("engine-missing");
        ToggleGroup group = new ToggleGroup();
        for (Engine engine : Engine.values()) {
            RadioButton button = new RadioButton(Messages.get("destination.engine." + engine));
            button.setMnemonicParsing(true);
            button.setToggleGroup(group);
            button.setId("engine-" + engine);
            button.setUserData(engine);
            button.setDisable(engine == Engine.WINDOWS && !own);
            state.engine().subscribe(now -> button.setSelected(now == engine));
            getChildren().add(button);
        }
        group.selectedToggleProperty().subscribe(toggle -> {
            if (toggle != null) {
                state.engine().set((Engine) toggle.getUserData());
            }
        });
    }

    /** That there are no functions of the system's own; to be put below the choice. */
    Label missing() {
        return missing;
    }

    /** Shows the choice, and what there is to say of it. */
    void show(boolean on) {
        Build.visible(this, on);
        Build.visible(missing, on && !own);
    }
}
