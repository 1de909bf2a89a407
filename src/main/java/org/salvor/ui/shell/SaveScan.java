package org.salvor.ui.shell;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.Notice;
import org.salvor.ui.theme.Themes;

/** Writes what a scan found to a file, so that it can be opened again without scanning. Never onto the source. */
public final class SaveScan {
    private final WizardState state;
    private final Node page;
    private final Button button;
    private boolean saving;

    /** @param page beside what the result is told */
    public SaveScan(WizardState state, Node page) {
        this.state = state;
        this.page = page;
        button = Build.button(Messages.get("savescan.button"), Feather.ARCHIVE, this::ask);
        button.setId("save-scan");
    }

    public Button button() {
        return button;
    }

    /** While it saves it does nothing: a button that closes under the keyboard would hand it to the next one. */
    private void ask() {
        if (saving) {
            return;
        }
        String name = Messages.get("savescan.name") + SourceNames.SAVED_SCAN_ENDING;
        Path file = state.dialogs()
                .save(
                        page.getScene().getWindow(),
                        Messages.get("savescan.title"),
                        name,
                        FileDialogs.Kind.of(Messages.get("savescan.kind"), "*" + SourceNames.SAVED_SCAN_ENDING));
        if (file != null) {
            save(
                    file.toString().endsWith(SourceNames.SAVED_SCAN_ENDING)
                            ? file
                            : file.resolveSibling(file.getFileName() + SourceNames.SAVED_SCAN_ENDING));
        }
    }

    private void save(Path file) {
        Catalog catalog = Objects.requireNonNull(state.catalog().get(), "nothing was scanned");
        RecoverySession session = state.openSession();
        Source source = Objects.requireNonNull(state.source().get(), "no source");
        Workbench.Scan scan = state.scan().get();
        ScanPlan plan = scan == null ? state.plan().get() : scan.plan();
        long problems =
                scan == null ? 0 : scan.job().problemCount() - scan.job().noteCount();
        saving = true;
        state.works()
                .show(
                        Messages.get("work.saveScan"),
                        state.background()
                                .watch(
                                        state.workbench().saveScan(source, file, session, plan, problems, catalog),
                                        saved -> saved(saved, source, catalog.size()),
                                        this::failed));
    }

    private void saved(Path file, Source source, long rows) {
        state.remember(new EarlierWork(EarlierWork.Kind.SCAN, file, source.text(), Instant.now(), rows));
        saving = false;
        Notice.show(page, Messages.get("savescan.saved"), file.toString());
    }

    private void failed(Throwable failure) {
        saving = false;
        Alert alert = new Alert(Alert.AlertType.WARNING, Faults.text(failure), ButtonType.OK);
        alert.initOwner(page.getScene().getWindow());
        alert.setTitle(Messages.get("app.name"));
        alert.setHeaderText(Messages.get("savescan.not"));
        Themes.style(alert.getDialogPane().getScene(), state.dark().get());
        alert.show();
    }
}
