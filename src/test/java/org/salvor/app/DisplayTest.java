package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.TestTools;
import org.salvor.XServer;

/** Whether a window can be opened, and what is said where it cannot. */
class DisplayTest {
    private static final UnaryOperator<String> NOTHING = Map.<String, String>of()::get;

    @TempDir
    Path folder;

    @Test
    void onLinuxADisplayMustBeNamedUnlessATookitWasAskedFor() {
        assertThat(Display.missing("Linux", NOTHING, NOTHING)).isEqualTo("There is no display here.");
        assertThat(Display.missing("Linux", NOTHING, Map.of("DISPLAY", " ")::get))
                .isNotEmpty();
        assertThat(Display.missing("Linux", NOTHING, Map.of("DISPLAY", ":0")::get))
                .isEmpty();
        assertThat(Display.missing("Linux", NOTHING, Map.of("WAYLAND_DISPLAY", "wayland-0")::get))
                .isEmpty();
        assertThat(Display.missing("Linux", Map.of("glass.platform", "Monocle")::get, NOTHING))
                .isEmpty();
        assertThat(Display.missing("Windows 11", NOTHING, NOTHING)).isEmpty();
        assertThat(Display.missing("Mac OS X", NOTHING, NOTHING)).isEmpty();
    }

    @Test
    void aMissingGtkIsNamedWithTheCommandThatInstallsIt() {
        assertThat(Display.whyNot(new UnsupportedOperationException("Unable to load glass GTK library."), ""))
                .isEqualTo("The window needs the library GTK 3, which is not installed (sudo apt install libgtk-3-0).");
        assertThat(
                        Display.whyNot(
                                new UnsatisfiedLinkError("no glassgtk3 in java.library.path"),
                                "/cache/libglassgtk3.so: libgdk-3.so.0: cannot open shared object file: No such file or directory"))
                .contains("GTK 3");
    }

    @Test
    void anyOtherMissingLibraryIsNamedByItsOwnName() {
        assertThat(
                        Display.whyNot(
                                new RuntimeException(new UnsatisfiedLinkError("no glassgtk3 in java.library.path")),
                                "/cache/libglassgtk3.so: libXtst.so.6: cannot open shared object file: No such file or directory"))
                .isEqualTo("The window needs the library libXtst.so.6, which is not installed or cannot be used.");
    }

    @Test
    void aDisplayThatDoesNotAnswerIsTold() {
        assertThat(Display.whyNot(new UnsupportedOperationException("Unable to open DISPLAY"), ""))
                .isEqualTo("The window could not be opened: Unable to open DISPLAY.");
    }

    @Test
    void aBugIsNoMissingDisplay() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> Display.whyNot(bug, "")).isSameAs(bug);
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> Display.whyNot(error, "")).isSameAs(error);
    }

    /** The program itself, with libraries in the way that are none: as if they were not installed. */
    @ParameterizedTest
    @ValueSource(strings = {"libgtk-3.so.0", "libXtst.so.6"})
    void withoutItsLibraryTheProgramSaysSoInOneLineAndRecoversThePracticeDiskInTheTerminal(String library)
            throws Exception {
        TestTools.require("Xvfb");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        for (String name : List.of(library, "libgtk-3.so", "libgtk-x11-2.0.so.0", "libgtk-x11-2.0.so")) {
            if (name.equals(library) || library.startsWith("libgtk")) {
                Files.createFile(broken.resolve(name));
            }
        }
        try (XServer screen = XServer.start()) {
            String expected = library.startsWith("libgtk")
                    ? "The window needs the library GTK 3, which is not installed (sudo apt install libgtk-3-0)."
                    : "The window needs the library " + library + ", which is not installed or cannot be used.";
            startsInTheTerminal(screen.display(), broken.toString(), expected);
        }
    }

    @Test
    void onADisplayThatIsNotThereTheProgramSaysSoAndRecoversThePracticeDiskInTheTerminal() throws Exception {
        TestTools.require("Xvfb"); // where it is, the libraries of a window are
        startsInTheTerminal(":9999", "", "The window could not be opened: Unable to open DISPLAY.");
    }

    private void startsInTheTerminal(String display, String libraries, String expected)
            throws IOException, InterruptedException {
        Path work = Files.createDirectory(folder.resolve("work"));
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djavafx.cachedir=" + folder.resolve("cache"),
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName())
                .directory(work.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        program.environment().put("DISPLAY", display);
        program.environment().remove("WAYLAND_DISPLAY");
        program.environment().put("LD_LIBRARY_PATH", libraries);
        Process process = program.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(folder.resolve("out")).getFirst())
                .isEqualTo(expected + " Recovering the practice disk in the terminal instead.");
        assertThat(Files.readString(folder.resolve("err"))).doesNotContain("\tat ", "Exception", "Error");
        try (Stream<Path> made = Files.walk(work)) {
            assertThat(made.filter(file -> file.endsWith("Salvor report.html"))).hasSize(1);
        }
    }
}
