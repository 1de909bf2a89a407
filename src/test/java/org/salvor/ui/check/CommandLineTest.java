package org.salvor.ui.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.RestoreOptions;
import org.salvor.text.ShellWords;
import org.salvor.ui.shell.Engine;

@DisplayName("Copy as command gives the line that does the same")
class CommandLineTest {
    private static final Path DISK = Path.of("it's a disk.img").toAbsolutePath();
    private static final Path TARGET = Path.of("My files").toAbsolutePath();
    private static final Source IMAGE = new Source.ImageFile(DISK);

    private static final CommandLine.Ways WAYS = new CommandLine.Ways(Engine.AUTO, null);

    private static SourceNode place(String id) {
        return new SourceNode(
                IMAGE, id, SourceNode.Kind.PARTITION, "", 0, 1, "NTFS", "", SourceNode.State.READABLE, "", List.of());
    }

    private static List<String> words(CommandLine.Chosen chosen) {
        RestoreOptions options = new RestoreOptions(
                TARGET,
                RestoreOptions.Layout.FLAT,
                RestoreOptions.OnConflict.REPLACE_OLDER,
                RestoreOptions.Partial.SKIP,
                true,
                true,
                false);
        return CommandLine.words(IMAGE, place("2"), new ScanPlan(true, true, true), options, WAYS, chosen);
    }

    @Test
    void everyChoiceOfThePagesIsInTheLine() {
        assertThat(words(new CommandLine.Chosen.Ids(List.of("ntfs:1:5-1"))))
                .containsExactly(
                        "salvor",
                        "restore",
                        DISK.toString(),
                        "--at",
                        "2",
                        "--to",
                        TARGET.toString(),
                        "--plan",
                        "thorough",
                        "--what",
                        "all",
                        "--id",
                        "ntfs:1:5-1",
                        "--layout",
                        "flat",
                        "--on-conflict",
                        "replace-older",
                        "--partial",
                        "skip",
                        "--permissions",
                        "--verify",
                        "--engine",
                        "auto",
                        "--yes");
    }

    @Test
    void theWayOfWritingAndAChosenCodePageAreInTheLine() {
        assertThat(CommandLine.words(
                        IMAGE,
                        place("set-1"),
                        ScanPlan.QUICK,
                        RestoreOptions.to(Path.of("back")),
                        new CommandLine.Ways(Engine.PORTABLE, Charset.forName("IBM866")),
                        new CommandLine.Chosen.All()))
                .containsSubsequence("--at", "set-1", "--code-page", "IBM866", "--to", "back", "--engine", "portable");
    }

    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "the line is for a shell of Unix; that for Windows has a test of its own")
    @Test
    void aShellSplitsTheLineIntoExactlyTheseWords() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
        List<String> words =
                List.of("a b", "it's", "$HOME `x` \"q\"", "", "back\\slash", "*?[", "plain/path-1.img", "Ä ö");
        String line = "printf '%s\\n' " + ShellWords.line(words, false);
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .redirectErrorStream(true)
                .start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(out.split("\n", -1)).startsWith(words.subList(0, 7).toArray(new String[0]));
    }

    @Test
    void onWindowsQuotesAndTrailingBackslashesAreKept() {
        assertThat(ShellWords.line(List.of("C:\\a b\\", "say \"x\"", "C:\\plain"), true))
                .isEqualTo("\"C:\\a b\\\\\" \"say \\\"x\\\"\" C:\\plain");
    }
}
