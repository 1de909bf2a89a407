package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.backup.mtf.SmallMedia;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

@DisplayName("The pages over backups and encrypted files, and the dialog for a certificate, in their states")
class CertificateStatesTest extends StatesTest {
    @TempDir
    Path folder;

    CertificateStatesTest() {
        state = new WizardState(Wiring.assemble(), UiSettings.inMemory(), new FxQueue());
    }

    private void scan(Path image) {
        atStart();
        set(() -> {
            state.source().set(new Source.ImageFile(image));
            state.step().set(Step.SOURCE);
        });
        await("a place is chosen", () -> state.node().get() != null);
        next(Step.SCAN_PLAN);
        next(Step.SCAN);
        await("the scan ends", () -> {
            Workbench.Scan scan = state.scan().get();
            return scan != null && scan.job().state() == Job.State.DONE;
        });
        settle();
    }

    private static Scene dialog() {
        return fx(() -> Window.getWindows().stream()
                .map(Window::getScene)
                .filter(scene -> scene.getRoot().lookup("#certificate-file") != null)
                .findFirst()
                .orElseThrow());
    }

    private void lookAtDialog(String name) {
        SoftAssertions all = new SoftAssertions();
        for (boolean dark : new boolean[] {false, true}) {
            set(() -> state.dark().set(dark));
            String where = name + (dark ? "-dark" : "-light");
            if (Boolean.getBoolean("salvor.screenshots")) {
                Screenshots.write(fx(() -> dialog().snapshot(null)), where);
            }
            fx(() -> {
                Parent root = dialog().getRoot();
                Readability seen = new Readability(root);
                all.assertThat(seen.faint()).as("too faint on " + where).isEmpty();
                all.assertThat(seen.silent()).as("without words on " + where).isEmpty();
                all.assertThat(seen.doubleMnemonics())
                        .as("one letter for two on " + where)
                        .isEmpty();
                all.assertThat(seen.cutOff()).as("cut off on " + where).isEmpty();
                all.assertThat(seen.outside()).as("outside on " + where).isEmpty();
                return true;
            });
        }
        set(() -> state.dark().set(false));
        all.assertAll();
    }

    private static void give(String file, String password) {
        set(() -> {
            ((TextField) dialog().getRoot().lookup("#certificate-file")).setText(file);
            ((TextField) dialog().getRoot().lookup("#certificate-password")).setText(password);
            ((Button) dialog().getRoot().lookup("#certificate-add")).fire();
        });
    }

    @Test
    @DisplayName("the band on Scan and Choose, and each answer of the dialog, can be read and used by keyboard")
    void bandAndDialog() throws Exception {
        scan(TestImages.file(TestImages.ENCRYPTED, folder));
        await("it asks", () -> seen("#certificates-band"));
        look("certificates-scan");
        press("#add-certificate");
        lookAtDialog("certificates-dialog");
        give("", "");
        await("it is said", () -> dialogWords().contains("Choose the certificate file first"));
        state.dialogs(answering(TestKeys.shown("ann", folder)));
        set(() -> ((Button) dialog().getRoot().lookup("#certificate-browse")).fire());
        await("it is told before a password is typed", () -> dialogWords().contains("It opens 9 files"));
        assertThat(dialogWords()).doesNotContain("Choose the certificate file first");
        lookAtDialog("certificates-dialog-shown");
        give(TestKeys.file("ann", folder).toString(), "wrong");
        await("it is said", () -> dialogWords().contains("is not right"));
        lookAtDialog("certificates-dialog-wrong");
        give(TestKeys.file("other", folder).toString(), TestKeys.PASSWORD);
        await("it is said", () -> dialogWords().contains("opens none of the encrypted files"));
        lookAtDialog("certificates-dialog-other");
        set(() -> ((Button) dialog().getRoot().lookup("#certificate-close")).fire());
        assertThat(dialogs()).isZero();
        next(Step.CHOOSE);
        await("the rows", () -> find("#files", TableView.class).getItems().size() > 3);
        look("certificates-choose");
        press("#without-certificate");
        assertThat(seen("#certificates-band")).isFalse();
        look("certificates-declined");
        press("#certificates");
        give(TestKeys.file("ann", folder).toString(), TestKeys.PASSWORD);
        await("the dialog is done", () -> dialogs() == 0);
        await("it is said", () -> seen("#certificates-band"));
        settle();
        look("certificates-opened");
        set(() -> {
            BitSet all = new BitSet();
            all.set(0, Objects.requireNonNull(state.catalog().get()).size());
            state.selection().set(new Selection(all));
            state.step().set(Step.DESTINATION);
        });
        type(folder.resolve("back").toString());
        next(Step.CHECK);
        await("what stays encrypted is told", () -> seen("#check-encrypted"));
        look("certificates-check");
        next(Step.REPORT);
        await("it is added up", () -> !shows("Adding up"));
        set(() -> find(".report-tabs", TabPane.class).getSelectionModel().select(1));
        look("certificates-report");
    }

    @Test
    @DisplayName("a set of a backup on Source, Scan and Choose")
    void setOfABackup() throws Exception {
        Path medium = Files.write(folder.resolve("server.bkf"), SmallMedia.twoSets(1024, true));
        scan(medium);
        assertThat(Objects.requireNonNull(state.node().get()).kind().backup()).isTrue();
        look("backup-scan");
        next(Step.CHOOSE);
        await("the rows", () -> find("#files", TableView.class).getItems().size() > 3);
        set(() -> find("#files", TableView.class).getSelectionModel().select(2));
        look("backup-choose");
        set(() -> state.step().set(Step.SOURCE));
        look("backup-source");
    }
}
