package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.shell.EarlierWork.Kind;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.UiSettings;

/** The first page in its states. */
class StartStatesTest extends StatesTest {
    private List<EarlierWork> remembered = List.of();

    @Override
    UiSettings settings() {
        return new ForwardingSettings();
    }

    /** Also remembers what a test says. */
    private final class ForwardingSettings implements UiSettings {
        private final UiSettings own = UiSettings.inMemory();

        @Override
        public boolean technical() {
            return own.technical();
        }

        @Override
        public void technical(boolean on) {
            own.technical(on);
        }

        @Override
        public boolean dark() {
            return own.dark();
        }

        @Override
        public void dark(boolean on) {
            own.dark(on);
        }

        @Override
        public List<EarlierWork> earlier() {
            return remembered.isEmpty() ? own.earlier() : remembered;
        }

        @Override
        public void remember(EarlierWork work) {
            own.remember(work);
        }

        @Override
        public void forget(Path file) {
            own.forget(file);
        }
    }

    @Test
    void offersEachWayToBeginAndSaysFirstWhatKeepsTheFilesSafe() {
        atStart();
        for (String link : new String[] {"#deleted", "#backup", "#image", "#open-scan", "#resume", "#practice"}) {
            assertThat(find(link, Button.class).isDisabled()).as(link).isFalse();
        }
        assertThat(shows("Stop using the disk your files were on")).isTrue();
        assertThat(seen("#start-error")).isFalse();
        assertThat(seen("#earlier")).as("nothing was left").isFalse();
        assertThat(seen("#next")).isFalse();
        assertThat(focused()).as("Enter and Space begin with the first").isEqualTo("deleted");
        look("start");
    }

    @Test
    void whatWasLeftIsOfferedFirstAndCanBeTakenOffTheList(@TempDir Path folder) throws Exception {
        Path journal = Files.createFile(Files.createDirectories(folder.resolve(SyntheticEngine.LONG_NAME))
                .resolve(".salvor-journal"));
        Path scan = Files.createFile(folder.resolve("What was found.salvorscan"));
        Instant when = Instant.parse("2026-11-20T14:02:00Z");
        state.settings().remember(new EarlierWork(Kind.SCAN, folder.resolve("gone.salvorscan"), "/dev/sda", when, 7));
        state.settings().remember(new EarlierWork(Kind.SCAN, scan, "practice:", when, 25));
        state.settings().remember(new EarlierWork(Kind.COPY, journal, "/dev/sda", when, 412));
        atStart();
        await("both are offered", () -> words("#earlier").contains("What was found.salvorscan"));
        assertThat(words("#earlier"))
                .contains("Go on where you stopped", "Copy into " + journal.getParent(), "310 of 412 files done")
                .contains("25 found", "the practice disk")
                .doesNotContain("gone.salvorscan");
        look("start-earlier");
        Node forget = fx(() -> robot.lookup(".earlier-forget").query());
        robot.clickOn(forget);
        await("it is off the list", () -> !words("#earlier").contains("Copy into"));
        await(
                "for good",
                () -> state.settings().earlier().stream()
                        .noneMatch(work -> work.file().equals(journal)));
        assertThat(journal).as("the journal itself stays").exists();
    }

    @Test
    void ofAHundredThousandPiecesOfWorkTheLastFourAreOffered(@TempDir Path folder) throws Exception {
        List<EarlierWork> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Path file = folder.resolve(SyntheticEngine.UNBROKEN_NAME.substring(0, 180) + i + ".salvorscan");
            all.add(new EarlierWork(Kind.SCAN, i < 10 ? Files.createFile(file) : file, "/dev/sda", Instant.EPOCH, i));
        }
        remembered = all;
        try (UiWatch watch = new UiWatch()) {
            atStart();
            await("they are offered", () -> seen("#earlier"));
            assertThat(watch.longestMillis()).isLessThan(2000);
        }
        assertThat(fx(() -> robot.lookup(".earlier-work").queryAll().size())).isEqualTo(4);
        look("start-many");
    }

    @Test
    void aJournalThatCannotBeUsedIsToldInWordsAndEverythingElseStaysOpen() {
        restorer.failing.with(
                "journal",
                new RecoveryException("/media/usb/back/.salvor-journal is not the journal of a restore that had begun. "
                        + "Start the restore again."));
        atStart();
        state.dialogs(answering(Path.of("/media/usb/back/.salvor-journal")));
        press("#resume");
        await("it is told", () -> seen("#start-error"));
        assertThat(words("#start-error")).contains("is not the journal", "Nothing was changed");
        assertThat(find("#resume", Button.class).isDisabled()).isFalse();
        look("start-error");
        press("#practice");
        assertThat(state.step().get()).isEqualTo(Step.SOURCE);
    }
}
