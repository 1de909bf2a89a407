package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.cli.Terminal;

/** The start where no window can be opened. */
class WithoutDisplayTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal = Terminal.piped(new PrintWriter(out), new PrintWriter(err));

    @TempDir
    Path here;

    private int run(Optional<String> source) {
        int code = new WithoutDisplay(terminal, new Wiring(LogFile.none()).cli(terminal), here)
                .run("There is no display here.", source);
        terminal.flush();
        return code;
    }

    @Test
    void thePracticeDiskIsRecoveredIntoANewFolderWithItsReports() throws Exception {
        assertThat(run(Optional.empty())).as("%s", err).isZero();
        assertThat(out.toString())
                .startsWith("There is no display here. Recovering the practice disk in the terminal instead.");
        Path made;
        try (Stream<Path> entries = Files.list(here)) {
            List<Path> all = entries.toList();
            assertThat(all).hasSize(1);
            made = all.getFirst();
        }
        assertThat(made.resolve("Salvor report.json")).isNotEmptyFile();
        assertThat(made.resolve("Salvor report.html")).isNotEmptyFile();
        try (Stream<Path> files = Files.walk(made.resolve("Files"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(10);
        }
        assertThat(out.toString()).contains(made.resolve("Files").toString());
    }

    @Test
    void aSourceThatWasNamedIsScannedAndNothingIsWritten() throws Exception {
        assertThat(run(Optional.of("practice:"))).as("%s", err).isZero();
        assertThat(out.toString()).startsWith("There is no display here. Scanning in the terminal instead");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void whatFailsInsideTheWindowEndsInAShortCodeWithoutATrace() {
        assertThat(Launcher.internal(terminal, new IllegalStateException("a bug")))
                .isEqualTo(70);
        terminal.flush();
        assertThat(err.toString()).containsPattern("[0-9A-F]{4}-[0-9A-F]{4}").doesNotContain("\tat ");
    }
}
