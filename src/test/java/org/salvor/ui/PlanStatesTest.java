package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.ScanCost;
import org.salvor.recovery.ScanPlan;
import org.salvor.text.ByteNames;
import org.salvor.ui.shell.Step;

/** The page of the scan plan in its states. It has no rows. */
class PlanStatesTest extends StatesTest {
    @Test
    void tellsWhatEachScanFindsAndCosts() {
        atPlan();
        await("the cost is measured", () -> shows("About 7 s"));
        assertThat(shows("About 1 h 20 min")).isTrue();
        assertThat(find("#plan-quick", RadioButton.class).isSelected()).isTrue();
        assertThat(focused()).isEqualTo("plan-quick");
        assertThat(nextText()).isEqualTo("Start the scan");
        assertThat(nextIsOpen()).isTrue();
        look("plan");
        set(() -> find("#plan-thorough", RadioButton.class).fire());
        set(() -> find("#what-ALL", RadioButton.class).fire());
        look("plan-thorough");
        next(Step.SCAN);
        assertThat(state.plan().get()).isEqualTo(new ScanPlan(true, true, true));
    }

    @Test
    void aBackupIsListedAsAWholeAndLeavesNothingToChoose() {
        engine.places = SyntheticDisks::backup;
        state.plan().set(new ScanPlan(true, true, false));
        atPlan();
        assertThat(seen("#plan-quick")).isFalse();
        assertThat(seen("#what-DELETED")).isFalse();
        assertThat(shows("Everything in the backup is listed")).isTrue();
        assertThat(nextText()).isEqualTo("List the files");
        assertThat(nextIsOpen()).isTrue();
        look("plan-backup");
        next(Step.SCAN);
        assertThat(state.plan().get()).isEqualTo(new ScanPlan(false, true, true));
    }

    @Test
    void namesThatAreNotUnicodeAreShownInTheCodePageThatIsChosen() {
        Charset dos = Charset.forName("IBM866");
        engine.places = SyntheticDisks::backup;
        engine.names = new ByteNames(
                Charset.forName("windows-1252"),
                List.of("Отчёт за март, второй вариант.doc".getBytes(dos), "Письмо.doc".getBytes(dos)));
        atPlan();
        assertThat(words("#code-page-sample")).doesNotContain("Отчёт");
        look("plan-code-page");
        set(() -> codePages().setValue(dos));
        assertThat(words("#code-page-sample")).contains("Отчёт за март, второй вариант.doc", "Письмо.doc");
        look("plan-code-page-chosen");
        engine.failing.with("open", new RecoveryException("The backup cannot be read any more."));
        press("#next");
        await("it is told", () -> shows("cannot be read any more"));
        assertThat(state.step().get()).isEqualTo(Step.SCAN_PLAN);
        engine.failing.no();
        engine.names = new ByteNames(dos, engine.names.sample());
        next(Step.SCAN);
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Charset> codePages() {
        return find("#code-page", ComboBox.class);
    }

    @Test
    void aBackupWithoutAnyFileSaysSoAndOffersNoOtherScan() {
        engine.places = SyntheticDisks::backup;
        engine.files = 0;
        scanned();
        await("it is said", () -> shows("lists no file"));
        assertThat(words("#empty")).contains("No file was found", "Computer SERVER");
        assertThat(seen("#scan-thorough")).isFalse();
        assertThat(nextIsOpen()).isFalse();
        look("scan-backup-empty");
    }

    @Test
    void whileItIsMeasuredTheScanCanStartAllTheSame() {
        engine.slow = true;
        atStart();
        engine.slow = false;
        atPlanWhile(() -> engine.slow = true);
        assertThat(shows("Measuring how fast this source reads")).isTrue();
        assertThat(nextIsOpen()).isTrue();
        look("plan-measuring");
    }

    private void atPlanWhile(Runnable before) {
        set(() -> state.source().set(engine.disks.get(1)));
        set(() -> state.step().set(Step.SOURCE));
        await("a place is chosen", () -> state.node().get() != null);
        before.run();
        next(Step.SCAN_PLAN);
    }

    @Test
    void whatCannotBeMeasuredIsSaidAndNotGuessed() {
        engine.failing.with("cost", new RecoveryException("It cannot be read here."));
        atPlan();
        await("it is said", () -> shows("How long it takes cannot be told beforehand."));
        assertThat(dialogs()).isZero();
        assertThat(nextIsOpen()).isTrue();
        look("plan-unknown");
    }

    @Test
    void aScanOfDaysAndOneOfAMomentAreToldAsSuch() {
        engine.cost = new ScanCost(4L << 40, 200L << 40, 31e6, false);
        atPlan();
        await("the cost is measured", () -> shows(" h"));
        look("plan-huge");
        assertThat(ScanCost.UNKNOWN.seconds(1)).isNegative();
    }
}
