package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Json;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/** The steps of a walk over the real engine, and what the practice disk must give back. */
abstract class WalkTest extends FxTest {
    static final Path MANIFEST = Path.of("assets", "practice", "practice.manifest.json");

    WizardState state;

    WalkTest(Workbench workbench) {
        state = new WizardState(workbench, UiSettings.inMemory(), new FxQueue());
    }

    /** Whoever asks for a file gets this one. */
    void answer(Path file) {
        state.dialogs(answering(file));
    }

    /** From the first page to a complete scan of the practice disk. */
    void scanPractice() {
        open(state, WIDE, WIDE_HEIGHT);
        click("#practice");
        await("the practice disk is recognised", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
    }

    /** Ticks everything on the page Choose. */
    void chooseAll() {
        await(
                "the folders are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        robot.clickOn(topmost("#folders .check-box"));
        await("files are chosen", () -> state.chosenFiles().get() > 0);
    }

    /** From the page Choose to the plan for this folder. */
    void checkInto(Path target) {
        clickWhenReady("#next", Step.DESTINATION);
        click("#folder");
        robot.write(target.toString(), 0);
        clickWhenReady("#next", Step.CHECK);
        await("the plan is there", () -> !find("#next", Button.class).isDisabled());
    }

    /** From the plan to the report. */
    void copyAll() {
        clickWhenReady("#next", Step.RESTORE);
        await("the report is shown", () -> state.step().get() == Step.REPORT);
    }

    RestoreReport report() {
        return Objects.requireNonNull(fx(() -> state.report().get()));
    }

    Node topmost(String query) {
        return robot.lookup(query).queryAll().stream()
                .min(Comparator.comparingDouble(
                        node -> node.localToScreen(node.getBoundsInLocal()).getMinY()))
                .orElseThrow();
    }

    boolean scanDone() {
        var scan = state.scan().get();
        return scan != null && scan.job().state() == Job.State.DONE;
    }

    void click(String query) {
        await(query + " can be clicked", () -> !find(query, Node.class).isDisabled());
        robot.clickOn(find(query, Node.class));
        settle();
    }

    void clickWhenReady(String query, Step expected) {
        click(query);
        await("the page " + expected, () -> state.step().get().compareTo(expected) >= 0);
        settle();
    }

    void altRight(Step expected) {
        await("the next step is open", () -> !find("#next", Button.class).isDisabled());
        robot.press(KeyCode.ALT).type(KeyCode.RIGHT).release(KeyCode.ALT);
        await("the page " + expected, () -> state.step().get().compareTo(expected) >= 0);
        settle();
    }

    /** Presses Tab until the control with this id has the focus. */
    void tabTo(String id) {
        for (int i = 0; i < 60; i++) {
            Node focused = fx(() -> scene().getFocusOwner());
            if (focused != null && id.equals(focused.getId())) {
                assertThat(focused).isInstanceOfAny(Button.class, TextField.class, javafx.scene.control.TreeView.class);
                return;
            }
            robot.type(KeyCode.TAB);
        }
        throw new AssertionError("Tab never comes to " + id);
    }

    void allDeletedFilesAreThere(Path target) throws Exception {
        RestoreReport report = report();
        assertThat(report.stopped()).isFalse();
        Set<String> failed = report.files().stream()
                .filter(file -> file.outcome() == Outcome.FAILED)
                .map(RestoredFile::path)
                .collect(Collectors.toSet());
        int compared = 0;
        int streams = 0;
        for (Json file : Json.parse(Files.readString(MANIFEST)).list("files")) {
            Path restored = target.resolve(file.string("path"));
            switch (file.string("state")) {
                case "deleted" -> {
                    assertThat(restored).exists();
                    assertThat(sha256(restored)).as(restored.toString()).isEqualTo(file.string("sha256"));
                    for (Json stream : file.list("streams")) {
                        byte[] found = stream(restored, stream.string("name"));
                        assertThat(hash(found))
                                .as(restored + ":" + stream.string("name"))
                                .isEqualTo(stream.string("sha256"));
                        streams++;
                    }
                    compared++;
                }
                case "partly" -> {
                    assertThat(restored).as("never as if it were whole").doesNotExist();
                    Path partial = restored.resolveSibling(restored.getFileName() + ".partial");
                    assertThat(partial).hasSize(file.number("size"));
                    assertThat(sha256(partial)).isNotEqualTo(file.string("sha256"));
                }
                case "overwritten" ->
                    assertThat(failed).as("what cannot come back is said").containsExactly(file.string("path"));
                default -> {}
            }
        }
        assertThat(compared).isGreaterThan(20);
        assertThat(streams).isEqualTo(2);
    }

    /** From the attribute of the file, or from its sidecar where the folder cannot hold attributes. */
    private static byte[] stream(Path file, String name) throws Exception {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view != null && view.list().contains(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(view.size(name));
            view.read(name, bytes);
            return bytes.array();
        }
        Path sidecar = file.resolveSibling(file.getFileName() + ".sidecar");
        for (Json part :
                Json.parse(Files.readString(sidecar.resolve("sidecar.json"))).list("streams")) {
            if (part.string("name").equals(name)) {
                return Files.readAllBytes(sidecar.resolve(part.string("file")));
            }
        }
        throw new AssertionError("no stream " + name + " of " + file);
    }

    /** Every file of a folder with its hash, without the report's own files. */
    static Set<String> content(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    // it tells when it was written
                    .filter(file -> !file.endsWith("salvor-report.json"))
                    .map(file -> folder.relativize(file) + " " + sha256(file))
                    .collect(Collectors.toSet());
        }
    }

    static String sha256(Path file) {
        try {
            return hash(Files.readAllBytes(file));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
