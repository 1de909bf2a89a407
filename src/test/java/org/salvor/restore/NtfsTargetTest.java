package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.restore.RestoreFixture.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.NtfsMount;
import org.salvor.posix.LinuxFiles;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.StreamType;
import org.salvor.text.Json;

/** A target that is NTFS itself, mounted by ntfs-3g: what only NTFS can hold comes back onto the file. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a volume is mounted with ntfs-3g")
class NtfsTargetTest {
    /** Owner and group Administrators, everyone may read and system everything. */
    private static final byte[] DESCRIPTOR = HexFormat.of()
            .parseHex("01000480" + "14000000" + "24000000" + "00000000" + "34000000"
                    + "01020000000000052000000020020000"
                    + "01020000000000052000000020020000"
                    + "02003000" + "02000000"
                    + "00001400" + "89001200" + "010100000000000100000000"
                    + "00031400" + "ff011f00" + "010100000000000512000000");

    static byte[] descriptor() {
        return DESCRIPTOR.clone();
    }

    @TempDir
    Path folder;

    private @Nullable NtfsMount volume;
    private Path point;
    private RestoreFixture fixture;
    private final LinuxFiles host = new LinuxFiles();

    @BeforeEach
    void prepare() throws Exception {
        volume = NtfsMount.make(folder, "mounted", 24 << 20);
        point = volume.point();
        fixture = new RestoreFixture(folder);
        fixture.session.file(
                Catalog.NONE,
                "a:b.txt",
                new MemorySession.Part(StreamType.SECURITY_DATA, "", DESCRIPTOR.length, List.of(DESCRIPTOR)),
                MemorySession.data(bytes("main")),
                MemorySession.stream("small", bytes("stream")),
                MemorySession.stream("large", new byte[100_000]));
    }

    private void mount(String options) throws Exception {
        Objects.requireNonNull(volume).mount(options);
    }

    @AfterEach
    void unmount() throws Exception {
        if (volume != null) {
            volume.close();
        }
    }

    private RestoreReport restore(boolean permissions) throws Exception {
        return fixture.run(new RestoreOptions(
                point.resolve("back"),
                RestoreOptions.Layout.ORIGINAL,
                RestoreOptions.OnConflict.KEEP_BOTH,
                RestoreOptions.Partial.RENAME,
                permissions,
                true,
                false));
    }

    @Test
    void smallStreamsBecomeAttributesAndLargeOnesGoToTheSidecar() throws Exception {
        mount("streams_interface=xattr");
        RestoreReport report = restore(false);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        Path file = point.resolve("back/a_b.txt");
        assertThat(file).hasContent("main");
        assertThat(host.attribute(file, "user.small")).isEqualTo(bytes("stream"));
        assertThat(point.resolve("back/a_b.txt.sidecar/stream-1.bin")).hasSize(100_000);
        byte[] times = Objects.requireNonNull(host.attribute(file, "system.ntfs_times_be"));
        assertThat(ByteBuffer.wrap(times).getLong(0) - 116_444_736_000_000_000L)
                .as("time of creation")
                .isEqualTo(MemorySession.TIME);
        assertThat(ExitCode.of(
                        fixture.restorer.verify(point.resolve("back").resolve(FileRestorer.REPORT), JobMonitor.SILENT)))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void whereFilesShowTheirStreamsEveryOneIsKeptOnTheFile() throws Exception {
        mount("streams_interface=windows");
        RestoreReport report = restore(false);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        // Such a name can be opened, but ntfs-3g does not list or find it as a file.
        assertThat(Files.readAllBytes(Path.of(point + "/back/a_b.txt:large"))).hasSize(100_000);
        assertThat(Files.readAllBytes(Path.of(point + "/back/a_b.txt:small"))).isEqualTo(bytes("stream"));
        assertThat(ExitCode.of(
                        fixture.restorer.verify(point.resolve("back").resolve(FileRestorer.REPORT), JobMonitor.SILENT)))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void permissionsAreAlwaysInTheSidecarAndOnTheFileOnlyWhenAsked() throws Exception {
        mount("streams_interface=xattr");
        restore(false);
        Path file = point.resolve("back/a_b.txt");
        assertThat(host.attribute(file, "system.ntfs_acl")).isNotEqualTo(DESCRIPTOR);
        Json security = Json.parse(Files.readAllLines(point.resolve("back/salvor-sidecar/files.jsonl"))
                .get(1));
        assertThat(security.string("sddl")).isEqualTo("O:BAG:BAD:(A;;FR;;;WD)(A;OICI;FA;;;SY)");
        Files.delete(file);
        Sidecar.delete(point.resolve("back/a_b.txt.sidecar"));
        restore(true);
        byte[] now = Objects.requireNonNull(host.attribute(file, "system.ntfs_acl"));
        assertThat(Sddl.text(now)).isEqualTo(security.string("sddl"));
    }

    @Test
    void holesTakeNoSpaceThereEither() throws Exception {
        mount("streams_interface=xattr");
        fixture.session.file(
                Catalog.NONE,
                "sparse",
                new MemorySession.Part(StreamType.DATA, "", (4 << 20) + 65536, List.of(4L << 20, new byte[65536])));
        assertThat(ExitCode.of(restore(false))).isEqualTo(ExitCode.DONE);
        Process stat = new ProcessBuilder(
                        "stat", "-c", "%b", point.resolve("back/sparse").toString())
                .start();
        assertThat(Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()))
                .isLessThanOrEqualTo(256);
    }
}
