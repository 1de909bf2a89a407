package org.salvor.ui.choose;

import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;

/** What has to wait until the room for it is laid out. */
final class LaidOut {
    private LaidOut() {}

    /** Does it when two more layouts are through: a new width comes in the middle of one. At once where nothing is shown. */
    static void then(Parent shown, Runnable work) {
        next(shown, () -> next(shown, work));
    }

    private static void next(Parent shown, Runnable work) {
        Scene scene = shown.getScene();
        if (scene == null) {
            work.run();
            return;
        }
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                work.run();
            }
        });
        shown.requestLayout();
        Platform.requestNextPulse();
    }
}
