package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Source;
import org.salvor.ui.shell.EarlierWork;

/** Where the program keeps its own files. */
class ProgramFilesTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void onLinuxTheBaseDirectoriesAreUsedWhereTheyAreSetAndAbsolute() {
        Path config = Path.of("config").toAbsolutePath();
        Map<String, String> set = Map.of("XDG_CONFIG_HOME", config.toString(), "XDG_STATE_HOME", "relative");
        ProgramFiles files = ProgramFiles.of("Linux", HOME, set::get);
        assertThat(files.settings()).isEqualTo(config.resolve("salvor/salvor.properties"));
        assertThat(files.log()).isEqualTo(HOME.resolve(".local/state/salvor/salvor.log"));
    }

    @Test
    void onOtherSystemsTheyLieWhereTheSystemWantsThem() {
        ProgramFiles windows = ProgramFiles.of("Windows 11", HOME, Map.of("APPDATA", " ")::get);
        assertThat(windows.settings()).isEqualTo(HOME.resolve("AppData/Roaming/Salvor/salvor.properties"));
        assertThat(windows.log()).isEqualTo(HOME.resolve("AppData/Local/Salvor/salvor.log"));
        ProgramFiles mac = ProgramFiles.of("Mac OS X", HOME, name -> null);
        assertThat(mac.log()).isEqualTo(HOME.resolve("Library/Logs/Salvor/salvor.log"));
    }

    @Test
    void settingsAreNotWrittenBeforeASourceIsChosen(@TempDir Path folder) {
        ProgramFiles files = new ProgramFiles(folder.resolve("a/salvor.properties"), folder.resolve("b/salvor.log"));
        try (LogFile log = LogFile.none()) {
            Settings settings = new Settings(files, Wiring.assemble(), log);
            settings.dark(true);
            assertThat(settings.dark()).isTrue();
            assertThat(folder).isEmptyDirectory();

            settings.sourceChosen(new Source.Practice());
            assertThat(files.settings()).content().contains("dark=true");
            assertThat(folder.resolve("b")).isNotEmptyDirectory();
        }
        try (LogFile log = LogFile.none()) {
            assertThat(new Settings(files, Wiring.assemble(), log).dark()).isTrue();
        }
    }

    @Test
    void theLastWorkIsRememberedNewestFirstAndWhatCannotBeUnderstoodIsLeftOut(@TempDir Path folder) throws Exception {
        ProgramFiles files = new ProgramFiles(folder.resolve("a/salvor.properties"), folder.resolve("b/salvor.log"));
        EarlierWork scan = new EarlierWork(
                EarlierWork.Kind.SCAN, folder.resolve("\u4e16 = a.salvorscan"), "practice:", Instant.EPOCH, 25);
        try (LogFile log = LogFile.none()) {
            Settings settings = new Settings(files, Wiring.assemble(), log);
            settings.sourceChosen(new Source.Practice());
            settings.remember(scan);
            for (int i = 0; i < 25; i++) {
                settings.remember(new EarlierWork(
                        EarlierWork.Kind.COPY, folder.resolve(i + "/.salvor-journal"), "/dev/sdb", Instant.EPOCH, i));
            }
            settings.remember(scan);
            settings.forget(folder.resolve("24/.salvor-journal"));
        }
        try (LogFile log = LogFile.none()) {
            List<EarlierWork> earlier = new Settings(files, Wiring.assemble(), log).earlier();
            assertThat(earlier).hasSize(19).startsWith(scan);
            assertThat(earlier.get(1).file()).isEqualTo(folder.resolve("23/.salvor-journal"));
        }
        Files.writeString(
                files.settings(),
                "earlier.0.kind=NOTHING\nearlier.0.file=/a\nearlier.1.kind=COPY\nearlier.1.file=/a\n"
                        + "earlier.1.when=yesterday\nearlier.2.kind=COPY\nearlier.2.file=/b\n"
                        + "earlier.2.when=2026-11-20T14:02:00Z\nearlier.2.files=7\n");
        try (LogFile log = LogFile.none()) {
            assertThat(new Settings(files, Wiring.assemble(), log).earlier())
                    .containsExactly(new EarlierWork(
                            EarlierWork.Kind.COPY, Path.of("/b"), "", Instant.parse("2026-11-20T14:02:00Z"), 7));
        }
    }
}
