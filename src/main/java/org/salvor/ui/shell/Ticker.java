package org.salvor.ui.shell;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** Looks at running work a few times a second while its page is shown. */
public final class Ticker {
    private final Timeline timeline;
    private final Runnable look;

    /** @param millis at least 100: a person cannot read faster */
    public Ticker(int millis, Runnable look) {
        this.look = look;
        timeline = new Timeline(new KeyFrame(Duration.millis(millis), event -> look.run()));
        timeline.setCycleCount(Timeline.INDEFINITE);
    }

    public void start() {
        look.run();
        timeline.play();
    }

    public void stop() {
        timeline.stop();
    }
}
