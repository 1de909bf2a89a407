package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log: kept in memory until a file may be written, then in three files that never grow beyond their size. */
class LogFileTest {
    private static final int FILE_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private static LogRecord message(String text) {
        return new LogRecord(Level.WARNING, text);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !file.toString().endsWith(".lck"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasToldBeforeAFileMayBeWrittenComesFirstAndTheOldestGoesWhenItIsTooMuch() throws Exception {
        Path file = folder.resolve("new/salvor.log");
        try (LogFile log = LogFile.none()) {
            for (int i = 0; i < 501; i++) {
                log.take(message("early message " + i + "."));
            }
            assertThat(folder).as("nothing is written yet").isEmptyDirectory();
            log.open(file);
            log.take(message("late message."));
        }
        String text = Files.readString(folder.resolve("new/salvor.log.0"));
        assertThat(text)
                .containsSubsequence("early message 1.", "early message 500.", "late message.")
                .doesNotContain("early message 0.");
    }

    @Test
    void threeFilesOfOneMebibyteAreKeptAndTheNewestMessagesAreInTheFirst() throws Exception {
        String filling = "x".repeat(1000);
        try (LogFile log = LogFile.none()) {
            log.open(folder.resolve("salvor.log"));
            for (int i = 0; i < 6000; i++) {
                log.take(message(i + ". " + filling));
            }
        }
        assertThat(logs())
                .containsExactly(
                        folder.resolve("salvor.log.0"), folder.resolve("salvor.log.1"), folder.resolve("salvor.log.2"));
        for (Path each : logs()) {
            assertThat(Files.size(each)).isBetween(1L, FILE_BYTES + 2000L);
        }
        assertThat(Files.readString(folder.resolve("salvor.log.0"))).contains("5999. x");
        String oldest = Files.readString(folder.resolve("salvor.log.2"));
        assertThat(oldest).doesNotContain(" 0. x", "5999. x");
        assertThat(Files.size(folder.resolve("salvor.log.1"))).isGreaterThan(FILE_BYTES / 2);
    }

    @Test
    void aLaterStartGoesOnInTheSameFile() throws Exception {
        for (String start : List.of("first start.", "second start: \u00e9\u4e16.")) {
            try (LogFile log = LogFile.none()) {
                log.open(folder.resolve("salvor.log"));
                log.take(message(start));
            }
        }
        assertThat(logs()).containsExactly(folder.resolve("salvor.log.0"));
        assertThat(Files.readString(folder.resolve("salvor.log.0"), StandardCharsets.UTF_8))
                .containsSubsequence("first start.", "second start: \u00e9\u4e16.");
    }

    @Test
    void aSecondProgramAtTheSameTimeWritesBesideTheFirst() throws Exception {
        try (LogFile one = LogFile.none();
                LogFile other = LogFile.none()) {
            one.open(folder.resolve("salvor.log"));
            other.open(folder.resolve("salvor.log"));
            one.take(message("of the first."));
            other.take(message("of the second."));
        }
        assertThat(Files.readString(folder.resolve("salvor.log.0"))).contains("of the first.");
        assertThat(logs()).hasSize(2);
    }

    @Test
    void aPercentSignInThePathIsNoPattern() throws Exception {
        try (LogFile log = LogFile.none()) {
            log.open(folder.resolve("100%h%t/salvor.log"));
            log.take(message("here."));
        }
        assertThat(Files.readString(folder.resolve("100%h%t/salvor.log.0"))).contains("here.");
    }

    @Test
    void aClosedLogKeepsMessagesUntilTheNextFile() throws Exception {
        try (LogFile log = LogFile.none()) {
            log.open(folder.resolve("one.log"));
            log.close();
            log.take(message("between."));
            log.open(folder.resolve("two.log"));
        }
        assertThat(Files.readString(folder.resolve("one.log.0"))).doesNotContain("between.");
        assertThat(Files.readString(folder.resolve("two.log.0"))).contains("between.");
    }

    @Test
    void aLogThatCannotBeWrittenDisturbsNobody() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no /dev/full here to stand for a full disk");
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Files.createSymbolicLink(folder.resolve("salvor.log.0"), full);
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (LogFile log = LogFile.none()) {
            log.open(file.resolve("salvor.log"));
            log.take(message("not lost: no file could be opened."));
            log.open(folder.resolve("salvor.log"));
            log.take(message("lost: the disk is full."));
            log.close();
            log.open(folder.resolve("other.log"));
            log.take(message("there again."));
        } finally {
            System.setErr(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ", "ErrorManager");
        assertThat(Files.readString(folder.resolve("other.log.0"))).contains("there again.");
    }

    @Test
    void onceInstalledItTakesTheMessagesOfAllRoomsWithTheirTracesAndWhatLibrariesPrint() throws Exception {
        try (LogFile log = LogFile.install()) {
            log.open(folder.resolve("salvor.log"));
            System.getLogger("org.salvor.ui")
                    .log(System.Logger.Level.ERROR, "internal error 1234-5678", new IllegalStateException("a bug"));
            System.getLogger("org.salvor.ui").log(System.Logger.Level.DEBUG, "a detail");
            try (PrintStream stream = new PrintStream(new LogStream(), true, StandardCharsets.UTF_8)) {
                stream.println("Loading library glass failed");
                stream.print("\nwithout an end");
            }
        } finally {
            LogManager.getLogManager().reset();
            Logger.getLogger("").addHandler(new ConsoleHandler());
        }
        assertThat(Files.readString(folder.resolve("salvor.log.0")))
                .contains("internal error 1234-5678", "IllegalStateException: a bug", "\tat org.salvor.app.LogFileTest")
                .contains("Loading library glass failed", "without an end")
                .doesNotContain("a detail");
    }
}
