package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.restore.RestoreFixture.bytes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.TargetCapabilities.NamedStreams;
import org.salvor.windows.Wine;

class TargetNamesTest {
    private static TargetNames names(boolean windows) {
        return new TargetNames(
                new TargetCapabilities("", NamedStreams.NONE, false, true, true, windows, 255, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "CON, CON_",
        "con.txt, con_.txt",
        "COM1, COM1_",
        "COM, COM",
        "nul.tar.gz, nul_.tar.gz",
        "'end.', end_",
        "'end ', end_",
        "a:b, a_b",
        "'a*?\"<>|b', a______b",
        "plain.txt, plain.txt",
        "'a\\b', a_b"
    })
    void namesThatWindowsCannotHoldAreChanged(String name, String expected) {
        assertThat(names(true).legal(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'..', ___", "'.', __", "'', _", "a/b, a_b", "CON, CON", "a:b, a:b"})
    void namesThatNoTargetCanHoldAreChanged(String name, String expected) {
        assertThat(names(false).legal(name)).isEqualTo(expected);
    }

    @Test
    void controlCharactersAndLoneSurrogatesAreReplaced() {
        assertThat(names(false).legal("a\0b\nc\ud800d")).isEqualTo("a_b_c_d");
        assertThat(names(false).legal("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @Test
    void longNamesAreCutTheSameWayEachTimeAndKeepTheirEnding() {
        String name = "\u00e9".repeat(200) + ".docx";
        String cut = names(false).legal(name);
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        assertThat(cut).endsWith(".docx").isEqualTo(names(false).legal(name));
        assertThat(names(false).legal("\u00e9".repeat(201) + ".docx")).isNotEqualTo(cut);
        assertThat(names(true).legal(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({".bkstream", ".efsraw", ".bkstream.partial", ".partial"})
    void anEndingThatComesOffAgainLeavesALongNameItsOwn(String ending) {
        String name = "L".repeat(246) + ".txt";
        String cut = names(false).ending(name, ending);
        assertThat(cut).hasSizeLessThanOrEqualTo(255).endsWith(".txt" + ending).startsWith("LLL");
        assertThat(cut).isNotEqualTo(names(false).ending("L".repeat(247) + ".txt", ending));
        assertThat(names(false).ending("a.txt", ending)).isEqualTo("a.txt" + ending);
        assertThat(names(false).ending("L".repeat(250), ending))
                .endsWith(ending)
                .contains("~");
    }

    @TempDir
    Path folder;

    @Test
    void twoChosenFilesNeverGetOneName() throws Exception {
        RestoreFixture fixture = new RestoreFixture(folder);
        for (String name : new String[] {"Report.txt", "report.TXT", "Report.txt", "caf\u00e9", "cafe\u0301"}) {
            fixture.session.file(Catalog.NONE, name, bytes(name));
        }
        fixture.session.folder(Catalog.NONE, "CAF\u00c9");
        assertThat(RestoreFixture.targets(fixture.plan()))
                .containsExactly(
                        "Report.txt",
                        "report (2).TXT",
                        "Report (3).txt",
                        "caf\u00e9 (2)",
                        "cafe\u0301 (3)",
                        "CAF\u00c9");
        assertThat(ExitCode.of(fixture.run())).isEqualTo(ExitCode.DONE);
    }

    @Test
    void existingFilesAreTreatedAsTheRuleSays() throws Exception {
        RestoreFixture fixture = new RestoreFixture(folder);
        fixture.session.file(Catalog.NONE, "a.txt", bytes("new"));
        Files.createDirectories(fixture.target);
        Path there = Files.writeString(fixture.target.resolve("A.txt"), "old");
        assertThat(RestoreFixture.targets(fixture.plan())).containsExactly("a (2).txt");
        RestorePlan fail = fixture.plan(fixture.with(RestoreOptions.OnConflict.FAIL));
        assertThat(ExitCode.of(fail)).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ExitCode.of(fixture.run(fixture.with(RestoreOptions.OnConflict.SKIP))))
                .isEqualTo(ExitCode.PROBLEMS);
        assertThat(there).hasContent("old");
        fixture.run(fixture.with(RestoreOptions.OnConflict.REPLACE_OLDER));
        assertThat(there).as("the one that is there is newer").hasContent("old");
        fixture.run(fixture.with(RestoreOptions.OnConflict.REPLACE));
        assertThat(there).hasContent("new");
        assertThat(ExitCode.of(fixture.run())).as("the same content is there").isEqualTo(ExitCode.DONE);
        assertThat(fixture.plan().count(PlannedFile.Action.SAME)).isEqualTo(1);
    }

    @Test
    void namesLeadNowhereOutsideTheTarget() throws Exception {
        Wine.lacks("makes no symbolic links");
        RestoreFixture fixture = new RestoreFixture(folder);
        int up = fixture.session.folder(Catalog.NONE, "..");
        fixture.session.file(up, "../../escaped", bytes("x"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        int linked = fixture.session.folder(Catalog.NONE, "linked");
        fixture.session.file(linked, "through", bytes("x"));
        Files.createDirectories(fixture.target);
        Files.createSymbolicLink(fixture.target.resolve("linked"), outside);
        RestoreReport report = fixture.run();
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        assertThat(outside).isEmptyDirectory();
        assertThat(fixture.target.resolve("___/.._.._escaped")).exists();
        assertThat(fixture.target.resolve("linked (2)/through")).exists();
    }
}
