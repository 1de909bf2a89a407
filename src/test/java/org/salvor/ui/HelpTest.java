package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.salvor.app.Wiring;
import org.salvor.recovery.RatingClass;
import org.salvor.ui.shell.Step;
import org.salvor.ui.theme.RatingBadge;

/** F1 says what nobody can find, and what the ratings mean. */
class HelpTest extends WalkTest {
    HelpTest() {
        super(Wiring.assemble());
    }

    @Test
    void onScanPlanAndChooseItNamesTheLimitsAndEachRating() {
        open(state, WIDE, WIDE_HEIGHT);
        String plan = help(Step.SCAN_PLAN);
        assertThat(plan).contains("leaves no trace").contains("TRIM");
        String choose = help(Step.CHOOSE);
        assertThat(choose).contains("leaves no trace").contains("TRIM");
        for (RatingClass rating : RatingClass.values()) {
            assertThat(choose).contains(RatingBadge.meaning(rating));
        }
    }

    private String help(Step step) {
        fx(() -> {
            state.step().set(step);
            return true;
        });
        settle();
        robot.type(KeyCode.F1);
        await("the help of " + step, () -> !shown().isEmpty());
        String text = Objects.requireNonNull(fx(HelpTest::shown));
        robot.type(KeyCode.ESCAPE);
        settle();
        return text;
    }

    private static String shown() {
        return Window.getWindows().stream()
                .flatMap(window -> window.getScene().getRoot().lookupAll(".help .label").stream())
                .map(node -> ((Label) node).getText())
                .reduce("", String::concat);
    }
}
