package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the desktop does for the window, and how the program is started. */
class DesktopTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsGivenToTheFileManagerAsOneWordAndNeverToAShell() throws Exception {
        Path told = folder.resolve("told");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> opener = List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WordsTold.class.getName(),
                told.toString());
        Path odd = Files.createDirectory(folder.resolve("files $(touch x); `id` %PATH% & echo"));
        assertThat(Desktop.with(opener).open(odd)).isTrue();
        for (int tries = 0; tries < 300 && !(Files.exists(told) && Files.size(told) > 0); tries++) {
            Thread.sleep(100); // nobody waits long for a file manager
        }
        assertThat(told).hasContent(odd + "|");
    }

    @Test
    void whereNothingCanShowFoldersItIsSaid() {
        assertThat(Desktop.with(List.of("salvor-has-no-such-program")).open(folder))
                .isFalse();
        assertThat(Desktop.with(List.of("false")).open(folder)).isFalse();
        assertThat(Desktop.of("Linux").open(folder.resolve("absent"))).isFalse();
    }

    @Test
    void aPathAloneOpensTheWizardThereAndACommandDoesNot() throws Exception {
        Path image = Files.createFile(folder.resolve("disk.img"));
        Path saved = Files.createFile(folder.resolve("found.salvorscan"));
        assertThat(Start.of(image.toString())).isEqualTo(new Start(true, java.util.Optional.of(image.toString())));
        assertThat(Start.of(saved.toString()).wizard()).isTrue();
        assertThat(Start.of("practice:").wizard()).isTrue();
        assertThat(Start.of().wizard()).isTrue();
        assertThat(Start.of("scan", image.toString()).wizard()).isFalse();
        assertThat(Start.of("scann").wizard()).isFalse();
    }
}
