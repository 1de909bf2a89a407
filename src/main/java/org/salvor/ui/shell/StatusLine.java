package org.salvor.ui.shell;

import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Label;
import javafx.util.Duration;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Source;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;

/** The line at the bottom: the source that is only read, work that runs behind the page, and memory for technicians. */
final class StatusLine extends StatusBar {
    private final WizardState state;
    private final Label lock = new Label();
    private final Label rights = new Label();
    private final Label rate = new Label();
    private final Label memory = new Label();
    private Pace pace = new Pace();
    private @Nullable Job<?> paced;

    StatusLine(WizardState state) {
        this.state = state;
        setText("");
        setFocusTraversable(false);
        lock.setGraphic(new FontIcon(Feather.LOCK));
        lock.getStyleClass().add("status-lock");
        lock.setId("status-lock");
        rights.setId("status-rights");
        rate.setId("status-rate");
        for (Label muted : List.of(rights, rate, memory)) {
            muted.getStyleClass().add("text-muted");
            muted.setMinWidth(USE_PREF_SIZE);
        }
        // a path may be longer than the window is wide, and what it says of the path comes after it
        Build.shortens(lock).maxWidthProperty().bind(widthProperty().multiply(0.6));
        showRights();
        getLeftItems().addAll(rights, lock);
        // the button last: what changes its width all the time must not move it
        getRightItems().addAll(rate, memory, new WorksPopOver(state.works()).button());
        state.source().subscribe(source -> {
            Build.visible(lock, source != null);
            lock.setText(
                    source == null
                            ? ""
                            : source instanceof Source.Practice
                                    ? Messages.get("status.practice")
                                    : Messages.get("status.readOnly", source.text()));
        });
        state.technical().subscribe(on -> Build.visible(memory, on));
        Timeline ticks = new Timeline(new KeyFrame(Duration.seconds(1), event -> tick()));
        ticks.setCycleCount(Timeline.INDEFINITE);
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                ticks.stop();
            } else {
                ticks.play();
            }
        });
    }

    private void showRights() {
        String text = switch (state.settings().rights()) {
            case ADMINISTRATOR -> Messages.get("status.administrator");
            case STANDARD -> Messages.get("status.standard");
            case UNKNOWN -> "";
        };
        rights.setText(text);
        rights.setGraphic(new FontIcon(Feather.SHIELD));
        rights.setMinWidth(USE_PREF_SIZE);
        Build.visible(rights, !text.isEmpty());
    }

    /** How fast the copy goes that runs now, or else the scan. */
    private void showRate() {
        Job<?> job = state.restoreJob().get();
        var scan = state.scan().get();
        if ((job == null || job.state() != Job.State.RUNNING) && scan != null) {
            job = scan.job();
        }
        boolean runs = job != null && job.state() == Job.State.RUNNING;
        if (job != paced) {
            pace = new Pace();
            paced = job;
        }
        if (job != null && runs) {
            pace.add(job.seconds(), job.progress(), false);
        }
        String text = runs ? pace.rateText() : "";
        rate.setText(text);
        Build.visible(rate, !text.isEmpty());
    }

    private void tick() {
        showRate();
        Runtime runtime = Runtime.getRuntime();
        memory.setText(Messages.get("status.memory", Units.bytes(runtime.totalMemory() - runtime.freeMemory())));
        var scan = state.scan().get();
        boolean running = scan != null
                && (scan.job().state() == Job.State.RUNNING || scan.job().state() == Job.State.PAUSED);
        if (!running || scan == null || state.step().get() == Step.SCAN) {
            setText("");
            setProgress(0);
            return;
        }
        Progress progress = scan.job().progress();
        setText(
                scan.job().state() == Job.State.PAUSED
                        ? Messages.get("status.scanPaused")
                        : Messages.get(
                                "status.scanning", Units.files(scan.catalog().files())));
        setProgress(progress.bytesTotal() > 0 ? (double) progress.bytesDone() / progress.bytesTotal() : -1);
    }
}
