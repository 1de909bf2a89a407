package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.salvor.ui.shell.Step;

/** Goes over each page with the Tab key: whatever has the keyboard looks different from when it has not, and stays where it is. */
class KeyboardMarkTest extends StatesTest {
    private static final int MOST_STOPS = 40;

    /** A pixel is another one to the eye where one of its colours differs by that much, of 255. */
    private static final int SEEN = 48;

    /** The least that is seen: two sides of a frame around a small button. */
    private static final int LEAST_PIXELS = 40;

    private final SoftAssertions all = new SoftAssertions();

    @Test
    void isSeenOnEachControlOfEachPage() {
        atStart();
        resize(900, 600);
        walk("start", false, "deleted", "practice", "help");
        set(() -> state.step().set(Step.SOURCE));
        set(() -> state.source().set(engine.discover().get(1)));
        await("a place is chosen", () -> state.node().get() != null);
        walk("source", true, "disks", "places");
        next(Step.SCAN_PLAN);
        walk("plan", true, "plan-quick", "what-DELETED");
        engine.hold = true;
        next(Step.SCAN);
        await("files are counted", () -> shows("1,811"));
        walk("scan-running", false, "pause", "stop", "next");
        engine.hold = false;
        await("the scan ends", () -> seen("#save-scan"));
        walk("scan", false, "save-scan", "next");
        next(Step.CHOOSE);
        await("all are listed", () -> shows("2,412 files"));
        resize(WIDE, WIDE_HEIGHT);
        set(() -> {
            find("#files", TableView.class).getSelectionModel().select(3);
            find("#files", TableView.class).requestFocus();
        });
        robot.type(KeyCode.SPACE);
        await("its name is shown", () -> shows("Why this rating"));
        walk("choose", false, "files", "filter", "detail-scroll", "next");
        resize(900, 600);
        next(Step.DESTINATION);
        type("/tmp/Recovered 2026-11-20");
        await("it is looked at", this::nextIsOpen);
        walk("destination", false, "folder", "conflict", "next");
        next(Step.CHECK);
        await("the sentence", () -> shows("will be copied to"));
        walk("check", false, "group-COPIED", "landing", "copy-command", "next");
        restorer.hold = true;
        next(Step.RESTORE);
        await("half of it is done", () -> shows(" files") && seen("#restore-pause"));
        walk("restore-running", false, "restore-pause");
        restorer.hold = false;
        await("the report", () -> state.step().get() == Step.REPORT);
        await("it is added up", () -> !shows("Adding up"));
        for (int tab = 0; tab < 3; tab++) {
            int index = tab;
            set(() -> find(".report-tabs", TabPane.class).getSelectionModel().select(index));
            walk("report-" + tab, false, "verify-again", "next");
        }
        all.assertAll();
    }

    /**
     * @param both in the dark theme, too: where the kinds of controls are that other pages have as well
     * @param ids of controls that it has to come by
     */
    private void walk(String page, boolean both, String... ids) {
        List<String> met = new ArrayList<>();
        walk(page + "-light", met);
        if (both) {
            set(() -> state.dark().set(true));
            walk(page + "-dark", met);
            set(() -> state.dark().set(false));
        }
        all.assertThat(met).as("comes by on " + page).contains(ids);
    }

    private void walk(String where, List<String> met) {
        Set<Node> seen = new HashSet<>();
        Stop before = step();
        for (int stops = 0; stops < MOST_STOPS && seen.add(before.node()); stops++) {
            Stop after = step();
            if (after.node() != before.node()) {
                String name = before.node().getId() + " " + before.node().getStyleClass();
                all.assertThat(different(before, after))
                        .as("pixels by which %s shows that it has the keyboard, on %s", name, where)
                        .isGreaterThanOrEqualTo(LEAST_PIXELS);
                all.assertThat(room(before.node()))
                        .as("%s stays where it is, on %s", name, where)
                        .isEqualTo(before.room());
            }
            met.add(String.valueOf(before.node().getId()));
            picture(before::picture, "keyboard-" + where + "-" + stops);
            before = after;
        }
        assertThat(seen).as("controls on " + where).hasSizeGreaterThan(3);
    }

    /** What has the keyboard, where it is, and how the window looks meanwhile. */
    private record Stop(Node node, Bounds place, Bounds room, WritableImage picture) {}

    private Stop step() {
        robot.type(KeyCode.TAB);
        pulses();
        return fx(() -> {
            Node node = owner();
            return new Stop(node, place(node), room(node), scene().snapshot(null));
        });
    }

    private static Bounds place(Node node) {
        return fx(() -> node.localToScene(node.getLayoutBounds()));
    }

    /** On the page, which may have been scrolled since. */
    private static Bounds room(Node node) {
        return fx(() -> node.localToParent(node.getLayoutBounds()));
    }

    private Node owner() {
        @Nullable Node owner = scene().getFocusOwner();
        if (owner == null) {
            throw new AssertionError("nothing has the keyboard");
        }
        return owner;
    }

    private static int different(Stop before, Stop after) {
        int margin = 6;
        Bounds place = before.place();
        double right = Math.min(place.getMaxX() + margin, before.picture().getWidth());
        double bottom = Math.min(place.getMaxY() + margin, before.picture().getHeight());
        int count = 0;
        for (int y = (int) Math.max(0, place.getMinY() - margin); y < bottom; y++) {
            for (int x = (int) Math.max(0, place.getMinX() - margin); x < right; x++) {
                if (differs(
                        before.picture().getPixelReader().getArgb(x, y),
                        after.picture().getPixelReader().getArgb(x, y))) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean differs(int one, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) >= SEEN) {
                return true;
            }
        }
        return false;
    }
}
