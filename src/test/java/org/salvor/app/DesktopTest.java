package org.salvor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the desktop does for the window, and how the program is started. */
class DesktopTest {
    @TempDir
    Path folder;

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the opener is a shell script")
    @Test
    void aFolderIsGivenToTheFileManagerAsOneWordAndNeverToAShell() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh to write an opener in");
        Path told = folder.resolve("told");
        Path opener = Files.writeString(folder.resolve("opener"), "#!/bin/sh\nprintf '%s|' \"$@\" > '" + told + "'\n");
        Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path odd = Files.createDirectory(folder.resolve("files $(touch x); `id`"));
        assertThat(Desktop.with(List.of(opener.toString())).open(odd)).isTrue();
        assertThat(Files.readString(told)).isEqualTo(odd + "|");
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
