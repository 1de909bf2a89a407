package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.Arrays;
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
import org.salvor.recovery.Content;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.StreamType;
import org.salvor.windows.backup.BackupWriteSystem;
import org.salvor.windows.backup.LiveFiles;
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
        EncryptedFiles efs = EncryptedFileRaw.ofSystem();
        assertThat(efs.on(folder)).isTrue();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        efs.save(secret, export, JobMonitor.SILENT);
        Path back = folder.resolve("back.txt");
        efs.put(back, new ByteArrayInputStream(export.toByteArray()), 0x20, JobMonitor.SILENT);
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
    @DisplayName(
            "A file read through BackupRead and written through BackupWrite is the same: streams, permissions, sparse")
    void backupRoundTrip() throws Exception {
        Path from = folder.resolve("from.bin");
        byte[] expected = new byte[8 << 20];
        Arrays.fill(expected, 4 << 20, (4 << 20) + 70_000, (byte) 7);
        Files.createFile(from);
        tool("fsutil", "sparse", "setflag", from.toString());
        try (RandomAccessFile out = new RandomAccessFile(from.toFile(), "rw")) {
            out.seek(4 << 20);
            out.write(expected, 4 << 20, 70_000);
            out.setLength(expected.length);
        }
        Files.writeString(stream(from, "Zone.Identifier"), "[ZoneTransfer]\r\nZoneId=3\r\n");
        tool("icacls", from.toString(), "/inheritance:r", "/grant", "*S-1-5-32-544:(F)", "/grant", "*S-1-1-0:(R)");
        Path to = Files.createFile(folder.resolve("to.bin"));
        WrittenStreams written = copied(from, to);
        assertThat(written.notes()).isEmpty();
        assertThat(Files.readAllBytes(to)).isEqualTo(expected);
        assertThat(Files.readString(stream(to, "Zone.Identifier"))).isEqualTo("[ZoneTransfer]\r\nZoneId=3\r\n");
        AclFileAttributeView before = Files.getFileAttributeView(from, AclFileAttributeView.class);
        AclFileAttributeView after = Files.getFileAttributeView(to, AclFileAttributeView.class);
        assertThat(after.getAcl()).isEqualTo(before.getAcl());
        assertThat(after.getOwner()).isEqualTo(before.getOwner());
        // "This file is set as sparse" in the language of the system: the same answer for both
        assertThat(tool("fsutil", "sparse", "queryflag", to.toString()))
                .isEqualTo(tool("fsutil", "sparse", "queryflag", from.toString()));
        assertThat(tool("fsutil", "sparse", "queryrange", to.toString()))
                .isEqualTo(tool("fsutil", "sparse", "queryrange", from.toString()));
    }

    private static Path stream(Path file, String name) {
        return Path.of(file + ":" + name);
    }

    private WrittenStreams copied(Path from, Path to) throws Exception {
        TargetCapabilities ntfs = new TargetCapabilities(
                "NTFS", TargetCapabilities.NamedStreams.COLON, true, true, true, true, 255, Long.MAX_VALUE);
        Keeping nothing = new Keeping() {
            @Override
            public String security(byte[] descriptor) {
                return "kept";
            }

            @Override
            public void aside(PreparedFile file, StreamType type, String name, byte[] content) {
                throw new AssertionError(type + " was not taken");
            }

            @Override
            public void finish(PreparedFile file, long size, String sha256) {}
        };
        try (Content content = LiveFiles.ofSystem().orElseThrow().open(from, JobMonitor.SILENT);
                FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE);
                RestoreTarget target = BackupWriteSystem.ofSystem().open(ntfs, nothing)) {
            PreparedFile file = new PreparedFile(
                    to,
                    channel,
                    folder.resolve("aside"),
                    "to.bin",
                    false,
                    Files.size(from),
                    new PreparedFile.FileTimes(0, 0, 0, 0),
                    0x20,
                    true,
                    false);
            return target.write(file, content, JobMonitor.SILENT);
        }
    }

    /** What a program of Windows said. */
    private static String tool(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    @DisplayName("Windows tells on which disk a folder lies, and shows that disk")
    void places() {
        assertThat(WindowsPlaces.ofSystem().holding(folder).unknown()).isEmpty();
        assertThat(WindowsDevices.ofSystem().list())
                .anySatisfy(disk -> assertThat(disk.size()).isPositive());
    }
}
