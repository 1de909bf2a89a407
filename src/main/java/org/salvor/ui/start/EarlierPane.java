package org.salvor.ui.start;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.SourceNames;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.CommandLink;

/** The work that was left, each with what is left of it; not there where nothing is. */
final class EarlierPane extends VBox {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final EarlierViewModel model;
    private final Consumer<EarlierWork> open;
    private final VBox list = new VBox(8);

    /** @param open goes on with it */
    EarlierPane(EarlierViewModel model, Consumer<EarlierWork> open) {
        super(8);
        this.model = model;
        this.open = open;
        setId("earlier");
        getChildren().addAll(Build.heading(Messages.get("start.earlier")), list);
        model.offers().addListener((ListChangeListener<EarlierViewModel.Offer>) change -> show());
        show();
    }

    private void show() {
        list.getChildren().setAll(model.offers().stream().map(this::row).toList());
        Build.visible(this, !model.offers().isEmpty());
    }

    private HBox row(EarlierViewModel.Offer offer) {
        EarlierWork work = offer.work();
        CommandLink link = switch (work.kind()) {
            case SCAN ->
                CommandLink.small(
                        Feather.ARCHIVE,
                        Messages.get("start.earlier.scan", name(work.file())),
                        Messages.get("start.earlier.scan.text", Units.count(work.files()), source(work), when(work)),
                        () -> open.accept(work));
            case COPY ->
                CommandLink.small(
                        Feather.PLAY,
                        Messages.get("start.earlier.copy", folder(work.file())),
                        Messages.get(
                                "start.earlier.copy.text",
                                Units.count(offer.done()),
                                Units.files(work.files()),
                                source(work),
                                when(work)),
                        () -> open.accept(work));
        };
        link.getStyleClass().add("earlier-work");
        link.setMinWidth(0);
        HBox.setHgrow(link, Priority.ALWAYS);
        Button forget = Build.iconButton(Messages.get("start.earlier.forget"), Feather.X, () -> model.forget(offer));
        forget.getStyleClass().add("earlier-forget");
        forget.setMinWidth(Region.USE_PREF_SIZE);
        return Build.row(4, link, forget);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String folder(Path journal) {
        Path folder = journal.getParent();
        return folder == null ? journal.toString() : folder.toString();
    }

    private static String source(EarlierWork work) {
        return work.source().equals(SourceNames.PRACTICE) ? Messages.get("start.earlier.practice") : work.source();
    }

    private static String when(EarlierWork work) {
        return LOCAL.format(work.when());
    }
}
