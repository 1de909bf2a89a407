package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Step;

/** A bug after the window has opened: a short code for the person, everything for the log, and the program goes on. */
class FaultTest extends StatesTest {
    private static final Pattern CODE = Pattern.compile("[0-9A-F]{4}-[0-9A-F]{4}");
    private static final String SECRET = "salvor-inner-words";

    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("org.salvor.ui");
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord message) {
            logged.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream console = System.err;
    private Thread.@Nullable UncaughtExceptionHandler before;

    @BeforeEach
    void watch() {
        logger.addHandler(listener);
        logger.setUseParentHandlers(false);
        before = Thread.getDefaultUncaughtExceptionHandler();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() {
        logger.removeHandler(listener);
        logger.setUseParentHandlers(true);
        Thread.setDefaultUncaughtExceptionHandler(before);
        System.setErr(console);
    }

    private static IllegalStateException bug() {
        return new IllegalStateException(SECRET);
    }

    /** Waits for the dialog, and returns its code. */
    private String told() {
        await("the dialog", () -> dialogs() == 1 && !dialogWords().isEmpty());
        String words = dialogWords();
        assertThat(words)
                .contains("Something went wrong inside Salvor", "Nothing on the source was changed")
                .doesNotContain(SECRET, "Exception", "org.salvor");
        everythingShown().forEach(text -> assertThat(text).doesNotContain(SECRET, "Exception", "at org.salvor"));
        Matcher code = CODE.matcher(words);
        assertThat(code.find()).as(words).isTrue();
        return code.group();
    }

    /** Texts of any kind in all windows. */
    private List<String> everythingShown() {
        return fx(() -> Window.getWindows().stream()
                .flatMap(window -> window.getScene().getRoot().lookupAll("*").stream())
                .map(FaultTest::text)
                .toList());
    }

    private static String text(Node node) {
        return switch (node) {
            case javafx.scene.control.TextInputControl input -> String.valueOf(input.getText());
            case javafx.scene.control.Labeled labeled -> String.valueOf(labeled.getText());
            case javafx.scene.text.Text text -> String.valueOf(text.getText());
            default -> "";
        };
    }

    private void closed() {
        pressInDialog("#bug-close");
        await("it is closed", () -> dialogs() == 0);
    }

    private void isLogged(String code) {
        assertThat(logged).anySatisfy(message -> {
            assertThat(message.getMessage()).contains(code);
            assertThat(message.getThrown()).isNotNull();
        });
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void aResultMayOpenAWindowAndWaitForIt() {
        atStart();
        AtomicBoolean waited = new AtomicBoolean();
        state.ui().execute(() -> {
            Stage window = new Stage();
            Platform.runLater(window::close);
            window.showAndWait(); // within a pulse, JavaFX refuses this
            waited.set(true);
        });
        await("the window was there and closed", waited::get);
    }

    @Test
    void aBugOnTheUiThreadIsToldWithTheSameCodeEachTimeAndTheWindowGoesOn() {
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(state.ui()));
        atStart();
        Button broken = find("#deleted", Button.class);
        set(() -> broken.setOnAction(event -> {
            throw bug();
        }));
        fx(() -> {
            Platform.runLater(broken::fire);
            return true;
        });
        String code = told();
        isLogged(code);
        closed();
        fx(() -> {
            Platform.runLater(broken::fire);
            return true;
        });
        assertThat(told()).isEqualTo(code);
        closed();
        press("#image");
        assertThat(state.step().get()).isEqualTo(Step.SOURCE);
    }

    @Test
    void aBugThatComesWithEachPulseIsOneDialogAndOneTraceInTheLog() {
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(state.ui()));
        atStart();
        for (int i = 0; i < 50; i++) {
            state.ui().execute(() -> {
                throw new UnsupportedOperationException(SECRET);
            });
        }
        String code = told();
        settle();
        assertThat(dialogs()).isEqualTo(1);
        assertThat(logged).hasSize(1);
        isLogged(code);
        closed();
        settle();
        assertThat(dialogs()).as("those that came meanwhile are not told again").isZero();
    }

    @Test
    void anErrorOfTheMachineOnAnotherThreadIsToldToo() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(state.ui()));
        atStart();
        Thread.ofPlatform()
                .name("any")
                .start(() -> {
                    throw new StackOverflowError(SECRET);
                })
                .join();
        isLogged(told());
        closed();
    }

    @Test
    void theDetailsGoToTheClipboardWhenAPersonWantsThem() {
        Thread.setDefaultUncaughtExceptionHandler(Faults.uncaught(state.ui()));
        atStart();
        state.ui().execute(() -> {
            throw bug();
        });
        String code = told();
        pressInDialog("#bug-copy");
        assertThat(fx(() -> Clipboard.getSystemClipboard().getString()))
                .startsWith(code)
                .contains(SECRET, "\tat org.salvor");
        assertThat(dialogs()).as("it stays open").isEqualTo(1);
        closed();
    }

    @Test
    void aBugOnTheWayToTheSourceLeavesThePageUsable() {
        engine.failing.with("discover", bug());
        atSource();
        isLogged(told());
        closed();
        engine.failing.no();
        press("#refresh");
        await("the disks are listed", () -> cells("#disks") > 0);
        for (String call : List.of("recognise", "ownFilesOn", "open")) {
            engine.failing.with(call, bug());
            restorer.failing.with(call, bug());
            set(() -> state.source().set(engine.disks.get(1)));
            if (call.equals("open")) {
                await("a place is chosen", () -> state.node().get() != null);
                press("#next");
            }
            isLogged(told());
            closed();
            await("it is said", () -> seen("#source-error"));
            engine.failing.no();
            restorer.failing.no();
            set(() -> state.source().set(null));
        }
        set(() -> state.source().set(engine.disks.get(1)));
        await("a place is chosen", () -> state.node().get() != null);
        assertThat(seen("#source-error")).isFalse();
        next(Step.SCAN_PLAN);
    }

    @Test
    void aBugInTheScanIsToldAndAnotherScanCanBeStarted() {
        engine.failing.with("cost", bug());
        atPlan();
        isLogged(told());
        closed();
        await("no time is told", () -> shows("How long it takes cannot be told beforehand."));
        for (String call : List.of("scan", "scan, half")) {
            engine.failing.with(call, bug());
            next(Step.SCAN);
            isLogged(told());
            closed();
            await("it is said", () -> shows("The scan could not go on"));
            assertThat(nextIsOpen()).as("what was found can be reviewed").isEqualTo(call.equals("scan, half"));
            engine.failing.no();
            press("#back");
        }
        next(Step.SCAN);
        await("the scan ends", () -> shows("The scan is complete"));
        assertThat(seen("#scan-error")).isFalse();
        next(Step.CHOOSE);
    }

    @Test
    void aBugWhilePlanningOrCopyingIsToldAndItCanBeTriedAgain() {
        restorer.failing.with("plan", bug());
        atDestination(500);
        type("/tmp/back");
        isLogged(told());
        closed();
        assertThat(nextIsOpen()).isFalse();
        restorer.failing.no();
        type("/tmp/back2");
        next(Step.CHECK);
        restorer.hold = true;
        for (String call : List.of("run", "run, half")) {
            restorer.failing.with(call, bug());
            next(Step.RESTORE);
            isLogged(told());
            closed();
            await("it is said", () -> shows("Copying could not go on"));
            await("the report can be looked at", this::nextIsOpen);
            restorer.failing.no();
            press("#back");
        }
        restorer.hold = false;
        next(Step.REPORT);
        await("the report", () -> shows("did not come back whole"));
    }

    @Test
    void aBugAtTheReportLeavesTheReport(@TempDir Path folder) {
        atCheck(500, folder.toString());
        next(Step.REPORT);
        state.dialogs(answering(Path.of("/tmp/report.html")));
        for (String call : List.of("writeReport", "checkPlace", "verify")) {
            restorer.failing.with(call, bug());
            press(call.equals("verify") ? "#verify-again" : "#save-report");
            isLogged(told());
            closed();
            restorer.failing.no();
            assertThat(shows("did not come back whole")).isTrue();
        }
        await(
                "it can be tried again",
                () -> !find("#verify-again", Button.class).isDisabled());
    }
}
