package org.salvor.ui.shell;

import javafx.collections.ListChangeListener;
import javafx.concurrent.Task;
import javafx.scene.control.Button;
import org.controlsfx.control.PopOver;
import org.controlsfx.control.TaskProgressView;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;

/** The button in the status line that tells how much work runs, and the list it opens. */
final class WorksPopOver {
    private final Works works;
    private final Button button = Build.button("", Feather.ACTIVITY, this::toggle);
    private final TaskProgressView<Task<?>> list = new TaskProgressView<>();
    private final PopOver popOver = Build.popOver(list, PopOver.ArrowLocation.BOTTOM_RIGHT);

    WorksPopOver(Works works) {
        this.works = works;
        button.setId("works");
        button.getStyleClass().addAll("flat", "small", "status-works");
        list.setId("works-list");
        list.setPrefSize(420, 260);
        list.setAccessibleText(Messages.get("status.works.list"));
        works.running().addListener((ListChangeListener<Task<?>>) this::changed);
        tell();
    }

    Button button() {
        return button;
    }

    /** The control takes tasks away by itself when they end; it shall not take them out of our list while we walk it. */
    private void changed(ListChangeListener.Change<? extends Task<?>> change) {
        while (change.next()) {
            list.getTasks().removeAll(change.getRemoved());
            for (Task<?> added : change.getAddedSubList()) {
                list.getTasks().add(added);
            }
        }
        tell();
    }

    private void tell() {
        int count = works.running().size();
        Build.visible(button, count > 0);
        button.setText(
                count == 1 ? Messages.get("status.works.one") : Messages.get("status.works", Units.count(count)));
    }

    private void toggle() {
        if (popOver.isShowing()) {
            popOver.hide();
        } else {
            popOver.show(button);
        }
    }
}
