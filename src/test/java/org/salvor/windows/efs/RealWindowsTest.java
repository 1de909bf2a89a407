package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.recovery.JobMonitor;
import org.salvor.windows.disk.WindowsDevices;
import org.salvor.windows.disk.WindowsPlaces;

@DisplayName("The functions of a real Windows, as administrator on NTFS")
@EnabledOnOs(OS.WINDOWS)
@EnabledIfEnvironmentVariable(named = "SALVOR_REAL_WINDOWS", matches = "1")
class RealWindowsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("An encrypted file is saved, put back, and opens with the same content")
    void encryptedRoundTrip() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "what nobody else may read");
        Process cipher = new ProcessBuilder("cipher", "/e", "/a", secret.toString())
                .inheritIO()
                .start();
        assertThat(cipher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        EncryptedFileRaw efs = EncryptedFileRaw.ofSystem().orElseThrow();
        assertThat(efs.supports(secret)).isTrue();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        assertThat(efs.exportFrom(secret, false, export, JobMonitor.SILENT)).isPositive();
        Path back = folder.resolve("back.txt");
        efs.importTo(back, false, new ByteArrayInputStream(export.toByteArray()), JobMonitor.SILENT);
        assertThat(Files.readString(back)).isEqualTo("what nobody else may read");
    }

    @Test
    @DisplayName("The practice disk comes back through BackupWrite, and every file and stream reads back")
    void restore() {
        StringWriter text = new StringWriter();
        Terminal terminal = Terminal.piped(new PrintWriter(text), new PrintWriter(text));
        int code = new SalvorCli(Wiring.assemble(), terminal)
                .run(
                        "restore",
                        "practice:",
                        "--to",
                        folder.resolve("back").toString(),
                        "--engine",
                        "windows",
                        "--permissions",
                        "--verify");
        assertThat(code).as(text.toString()).isEqualTo(1); // it holds one file that is overwritten
        int verified = new SalvorCli(Wiring.assemble(), terminal)
                .run("verify", folder.resolve("back/salvor-report.json").toString());
        assertThat(verified).as(text.toString()).isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName("Windows tells on which disk a folder lies, and shows that disk")
    void places() {
        assertThat(WindowsPlaces.ofSystem().holding(folder).unknown()).isEmpty();
        assertThat(WindowsDevices.ofSystem().list())
                .anySatisfy(disk -> assertThat(disk.size()).isPositive());
    }
}
