package org.salvor.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayName("The words of a Windows command line")
class CommandWordsTest {
    private static final String MAIN = "org.salvor.app.Launcher";

    @Test
    void beginBehindTheMainClassOrTheJar() {
        assertThat(behind("C:\\jre\\bin\\java.exe", "-Xmx2g", "-cp", "lib\\*", MAIN, "scan", "x"))
                .containsExactly("scan", "x");
        assertThat(behind("javaw", MAIN)).isEmpty();
        assertThat(behind("java", "-jar", "salvor.jar", "probe", "-jar", MAIN)).containsExactly("probe", "-jar", MAIN);
    }

    @Test
    void beginBehindALauncherOfItsOwn() {
        assertThat(behind("C:\\Program Files\\Salvor\\Salvor.exe", "probe", "\u0424\u043e\u0442\u043e.img"))
                .containsExactly("probe", "\u0424\u043e\u0442\u043e.img");
    }

    @Test
    void areLeftToJavaWhereTheirBeginningCannotBeTold() {
        assertThat(CommandWords.behindProgram(List.of("java.exe", "@arguments"), MAIN))
                .isNegative();
        assertThat(CommandWords.behindProgram(List.of(), MAIN)).isNegative();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there Windows is asked: the test below")
    void areThoseThatJavaSawElsewhere() {
        String[] seen = {"scan", "practice:"};
        assertThat(CommandWords.typed(MAIN, seen)).isSameAs(seen);
    }

    @Test
    @EnabledOnOs(OS.WINDOWS)
    void areAskedOfWindows() {
        // the tests are started with "java -jar surefirebooter.jar" and some words
        assertThat(CommandWords.typed("no.such.Main", new String[0])).isNotEmpty();
    }

    private static List<String> behind(String... words) {
        List<String> all = List.of(words);
        return all.subList(CommandWords.behindProgram(all, MAIN), all.size());
    }
}
