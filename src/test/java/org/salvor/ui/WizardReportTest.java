package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.text.Json;
import org.salvor.ui.shell.Step;

/** What can be done with a finished copy, over the real engine. */
class WizardReportTest extends WalkTest {
    WizardReportTest() {
        super(Wiring.assemble());
    }

    @Test
    void aCopyThatCannotBeginLeadsToAReportThatSaysSoAndToAnotherTry(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("back");
        scanPractice();
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        checkInto(target);
        Files.writeString(target, "a file takes its place meanwhile");
        clickWhenReady("#next", Step.RESTORE);
        await("it is told", () -> shows("Copying could not go on"));
        clickWhenReady("#next", Step.REPORT);
        await("it is said that nothing is back", () -> shows("Stopped after 0 of"));
        assertThat(report().thereCount()).isZero();
        assertThat(report().files()).isNotEmpty();
        Path saved = saveReport(folder.resolve("report.json"));
        assertThat(Json.parse(Files.readString(saved)).string("stopped")).isEqualTo("target_gone");
        Files.delete(target);
        clickWhenReady("#next", Step.DESTINATION);
        clickWhenReady("#next", Step.CHECK);
        await("the plan is there", () -> !find("#next", Button.class).isDisabled());
        copyAll();
        allDeletedFilesAreThere(target);
    }

    @Test
    void theReportIsSavedInEachFormVerifiedAndMoreIsChosenFromTheSameScan(@TempDir Path folder) throws Exception {
        Path target = Files.createDirectory(folder.resolve("back"));
        scanPractice();
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        checkInto(target);
        copyAll();

        int files = report().files().size();
        Path json = saveReport(folder.resolve("report.json"));
        Json parsed = Json.parse(Files.readString(json));
        assertThat(parsed.string("format")).isEqualTo("salvor-report");
        assertThat(parsed.list("files")).hasSize(files);
        assertThat(Files.readString(saveReport(folder.resolve("report.html"))))
                .contains("Thesis final (2).docx")
                .contains("</html>");
        assertThat(Files.readAllLines(saveReport(folder.resolve("report.csv")))).hasSizeGreaterThan(files);

        click("#verify-again");
        await("all is as it was written", () -> verifiedText().contains("as written"));
        Path changed = target.resolve("Budget/2023.csv");
        byte[] bytes = Files.readAllBytes(changed);
        bytes[100] ^= 1;
        Files.write(changed, bytes);
        await(
                "it can be pressed again",
                () -> !find("#verify-again", Button.class).isDisabled());
        click("#verify-again");
        await("the changed file is told", () -> verifiedText().contains("1 file"));
        assertThat(content(target)).as("nothing of the check is left").noneMatch(name -> name.contains("verify"));

        var scan = state.scan().get();
        clickWhenReady("#next", Step.CHOOSE);
        await("back at the files", () -> state.step().get() == Step.CHOOSE);
        assertThat(state.scan().get()).as("nothing is scanned again").isSameAs(scan);
        Path more = Files.createDirectory(folder.resolve("more"));
        clickWhenReady("#next", Step.DESTINATION);
        fx(() -> {
            find("#folder", javafx.scene.control.TextField.class).setText(more.toString());
            return true;
        });
        clickWhenReady("#next", Step.CHECK);
        copyAll();
        await("the new report", () -> report().target().equals(more));
        allDeletedFilesAreThere(more);
    }

    @Test
    void theLineThatIsCopiedDoesTheSameOnACommandLine(@TempDir Path folder) throws Exception {
        Path target = Files.createDirectory(folder.resolve("it's back"));
        scanPractice();
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        checkInto(target);
        answer(folder.resolve("selection.json"));
        click("#copy-command");
        await("a line is on the clipboard", () -> clipboard().startsWith("salvor restore practice: "));
        String line = fx(WizardReportTest::clipboard);
        copyAll();
        allDeletedFilesAreThere(target);
        Path byWizard = Files.move(target, folder.resolve("by wizard"));

        StringWriter text = new StringWriter();
        List<String> words = words(line);
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(text), new PrintWriter(text)))
                .run(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(code).as(text.toString()).isEqualTo(1);
        Set<String> byLine = content(target);
        assertThat(byLine).hasSizeGreaterThan(20).isEqualTo(content(byWizard));
    }

    private static String clipboard() {
        String text = Clipboard.getSystemClipboard().getString();
        return text == null ? "" : text;
    }

    /** As the shell of this system splits a line of plain and quoted parts: a POSIX shell, or that of Windows. */
    private static List<String> words(String line) {
        boolean posix = File.separatorChar == '/';
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == (posix ? '\'' : '"')) {
                quoted = !quoted;
            } else if (posix && c == '\\' && !quoted) {
                word.append(line.charAt(++i));
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }

    private String verifiedText() {
        return find("#verified", javafx.scene.Node.class).isVisible()
                ? find("#verified", javafx.scene.Node.class).lookupAll(".label").stream()
                        .map(node -> ((javafx.scene.control.Label) node).getText())
                        .reduce("", String::concat)
                : "";
    }

    private Path saveReport(Path file) {
        answer(file);
        click("#save-report");
        await(file + " is written", () -> Files.exists(file));
        return file;
    }
}
