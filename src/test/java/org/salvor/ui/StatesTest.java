package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Selection;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.FxQueue;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;
import org.salvor.ui.shell.WizardState;

/**
 * The states of the pages over made-up sources and plans: the usual one, with nothing, with what went wrong, and with a hundred
 * thousand rows. Each is looked at in a wide and in a narrow window, light and dark. With -Dsalvor.screenshots=true pictures go to
 * target/screenshots.
 */
abstract class StatesTest extends FxTest {
    static final int MANY = 100_000;

    private static final boolean PICTURES = Boolean.getBoolean("salvor.screenshots");

    final SyntheticEngine engine = new SyntheticEngine();
    final SyntheticRestorer restorer = new SyntheticRestorer();
    WizardState state = new WizardState(new Workbench(List.of(engine), restorer), settings(), new FxQueue());

    /** What is remembered between starts. */
    UiSettings settings() {
        return UiSettings.inMemory();
    }

    static void set(Runnable change) {
        fx(() -> {
            change.run();
            return true;
        });
        settle();
    }

    // --- going there

    void atStart() {
        open(state, WIDE, WIDE_HEIGHT);
    }

    void atSource() {
        atStart();
        set(() -> state.step().set(Step.SOURCE));
    }

    void atPlan() {
        atSource();
        set(() -> state.source().set(engine.discover().get(1)));
        await("a place is chosen", () -> state.node().get() != null);
        next(Step.SCAN_PLAN);
    }

    /** With the scan at work, or at its end. */
    void atScan() {
        atPlan();
        next(Step.SCAN);
    }

    void scanned() {
        atScan();
        await("the scan ends", () -> {
            Workbench.Scan scan = state.scan().get();
            return scan != null && scan.job().state() == Job.State.DONE;
        });
        settle();
    }

    /** @param rows of the catalog that are chosen */
    void atDestination(int rows) {
        scanned();
        set(() -> {
            BitSet chosen = new BitSet();
            chosen.set(0, rows);
            state.selection().set(new Selection(chosen));
            state.step().set(Step.DESTINATION);
        });
    }

    /** @param folder a path of Unix, which becomes one of this system, or no whole path */
    void type(String folder) {
        set(() -> find("#folder", TextField.class).setText(here(folder)));
    }

    /** The path of Unix as a whole path of this system; what is no path of Unix stays as it is. */
    static String here(String path) {
        return path.startsWith("/") && File.separatorChar == '\\' ? "C:" + path.replace('/', '\\') : path;
    }

    void atCheck(int rows, String folder) {
        atDestination(rows);
        type(folder);
        next(Step.CHECK);
    }

    void atReport(int rows) {
        atCheck(rows, "/tmp/Recovered 2026-11-20");
        next(Step.REPORT);
        await("it is added up", () -> !shows("Adding up"));
    }

    /** Presses the button for the next step and waits until that page, or a later one, is shown. */
    void next(Step step) {
        await("the next step is open", () -> !find("#next", Node.class).isDisabled());
        set(() -> find("#next", Button.class).fire());
        await("the page " + step, () -> state.step().get().compareTo(step) >= 0);
        settle();
        assertThat(keyboardIsOnThePage())
                .as("the keyboard is on the page " + step)
                .isTrue();
    }

    /** Not on a control around it, nor on one of the page before. */
    private boolean keyboardIsOnThePage() {
        return fx(() -> {
            for (Node at = scene().getFocusOwner(); at != null; at = at.getParent()) {
                if (at.getStyleClass().contains("page-body")) {
                    return true;
                }
            }
            return false;
        });
    }

    void press(String id) {
        await(id + " can be pressed", () -> !find(id, Node.class).isDisabled());
        set(() -> find(id, javafx.scene.control.ButtonBase.class).fire());
    }

    // --- looking

    boolean nextIsOpen() {
        Button next = find("#next", Button.class);
        return next.isVisible() && !next.isDisabled();
    }

    String nextText() {
        return find("#next", Button.class).getText().replace("_", "").strip();
    }

    String textOf(String id) {
        return fx(() -> find(id, Labeled.class).getText());
    }

    boolean seen(String id) {
        return fx(() ->
                robot.from(scene().getRoot()).lookup(id).queryAll().stream().anyMatch(FxTest::isShown));
    }

    /** All words that a person sees in this node, one after the other. */
    String words(String id) {
        return fx(() -> robot
                .from(find(id, Node.class))
                .lookup((Node node) -> node instanceof Labeled && isShown(node))
                .<Labeled>queryAllAs(Labeled.class)
                .stream()
                .map(Labeled::getText)
                .filter(Objects::nonNull)
                .map(FxTest::plain)
                .collect(Collectors.joining(" ")));
    }

    @Nullable
    String focused() {
        Node owner = fx(() -> scene().getFocusOwner());
        return owner == null ? null : owner.getId();
    }

    /** How many cells a table, list or tree has made: some screenfuls at most, however many rows there are. */
    int cells(String id) {
        Set<String> kinds = Set.of("table-row-cell", "list-cell", "tree-cell");
        return fx(() -> robot.from(find(id, Node.class))
                .lookup((Node node) -> node.getStyleClass().stream().anyMatch(kinds::contains))
                .queryAll()
                .size());
    }

    /** Looks at the page as it is now; nothing may be cut off, too faint, without words, or outside of the window. */
    void look(String name) {
        SoftAssertions all = new SoftAssertions();
        for (int[] size : new int[][] {{900, 600}, {WIDE, WIDE_HEIGHT}}) {
            resize(size[0], size[1]);
            for (boolean dark : new boolean[] {false, true}) {
                fx(() -> {
                    state.dark().set(dark);
                    return true;
                });
                pulses();
                String where = String.format(Locale.ROOT, "%s-%s-%d", name, dark ? "dark" : "light", size[0]);
                picture(() -> scene().snapshot(null), where);
                fx(() -> {
                    Readability seen = new Readability(scene().getRoot());
                    all.assertThat(seen.faint()).as("too faint on " + where).isEmpty();
                    all.assertThat(seen.silent())
                            .as("without words on " + where)
                            .isEmpty();
                    all.assertThat(seen.spokenMarks())
                            .as("marks read aloud on " + where)
                            .isEmpty();
                    all.assertThat(seen.doubleMnemonics())
                            .as("one letter for two on " + where)
                            .isEmpty();
                    all.assertThat(seen.cutOff()).as("cut off on " + where).isEmpty();
                    all.assertThat(seen.outside()).as("outside on " + where).isEmpty();
                    all.assertThat(seen.needlessBars())
                            .as("scroll bars on " + where)
                            .isEmpty();
                    return true;
                });
            }
        }
        set(() -> state.dark().set(false));
        all.assertAll();
    }

    /** Keeps a picture, if pictures are wanted. */
    static void picture(Callable<WritableImage> snapshot, String name) {
        if (PICTURES) {
            Screenshots.write(fx(snapshot), name);
        }
    }

    // --- dialogs

    /** The words of all windows over the wizard's own. */
    String dialogWords() {
        return fx(() -> Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window != stage())
                .flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .filter(node -> node instanceof Label && isShown(node))
                .map(node -> String.valueOf(((Label) node).getText()))
                .collect(Collectors.joining(" ")));
    }

    /** The same of all windows but the wizard's own, also of those that come and go by themselves. */
    String dialogWordsAndPopups() {
        return fx(() -> Window.getWindows().stream()
                .filter(window -> window != stage())
                .flatMap(window -> window.getScene().getRoot().lookupAll(".label").stream())
                .filter(FxTest::isShown)
                .map(node -> String.valueOf(((Label) node).getText()))
                .collect(Collectors.joining(" ")));
    }

    int dialogs() {
        return fx(() -> (int) Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window != stage())
                .count());
    }

    void pressInDialog(String id) {
        set(() -> {
            Button button = Window.getWindows().stream()
                    .map(window -> window.getScene().getRoot().lookup(id))
                    .filter(Button.class::isInstance)
                    .map(Button.class::cast)
                    .findFirst()
                    .orElseThrow();
            button.fire();
        });
        assertThat(dialogs()).isNotNegative();
    }
}
