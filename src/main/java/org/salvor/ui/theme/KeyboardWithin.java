package org.salvor.ui.theme;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Gives a part of a page the pseudo class {@code keyboard-within} while something in it has the keyboard. JavaFX's own
 * {@code focus-within} stays on when what had the keyboard is taken out of the part.
 */
public final class KeyboardWithin {
    private static final PseudoClass WITHIN = PseudoClass.getPseudoClass("keyboard-within");

    private KeyboardWithin() {}

    /** From now on, in whatever window the part is shown. */
    public static void mark(Node part) {
        part.sceneProperty()
                .flatMap(Scene::focusOwnerProperty)
                .subscribe(owner -> part.pseudoClassStateChanged(WITHIN, holds(part, owner)));
    }

    private static boolean holds(Node part, @Nullable Node owner) {
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node == part) {
                return true;
            }
        }
        return false;
    }
}
