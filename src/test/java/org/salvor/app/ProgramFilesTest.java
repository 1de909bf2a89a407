package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Source;

/** Where the program keeps its own files. */
class ProgramFilesTest {
    private static final Path HOME = Path.of("/home/ada");

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "/config is no absolute path there")
    @Test
    void onLinuxTheBaseDirectoriesAreUsedWhereTheyAreSetAndAbsolute() {
        Map<String, String> set = Map.of("XDG_CONFIG_HOME", "/config", "XDG_STATE_HOME", "relative");
        ProgramFiles files = ProgramFiles.of("Linux", HOME, set::get);
        assertThat(files.settings()).isEqualTo(Path.of("/config/salvor/salvor.properties"));
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
}
