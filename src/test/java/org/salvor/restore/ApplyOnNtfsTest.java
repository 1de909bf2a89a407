package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.restore.RestoreFixture.bytes;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.NtfsMount;
import org.salvor.TestTools;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.posix.LinuxFiles;
import org.salvor.recovery.Catalog;
import org.salvor.service.Workbench;
import org.salvor.substream.StreamType;

@DisplayName("salvor apply on a volume mounted with ntfs-3g")
class ApplyOnNtfsTest {
    private static final String ACL = "system.ntfs_acl";

    @TempDir
    Path folder;

    private @Nullable NtfsMount volume;
    private Path point;
    private RestoreFixture fixture;
    private final LinuxFiles host = new LinuxFiles();
    private String said = "";

    @BeforeEach
    void prepare() throws Exception {
        volume = NtfsMount.make(folder, "mounted", 24 << 20);
        point = volume.mount("streams_interface=xattr");
        fixture = new RestoreFixture(folder);
        int docs = fixture.session.folder(Catalog.NONE, "docs");
        byte[] descriptor = NtfsTargetTest.descriptor();
        fixture.session.file(
                docs,
                "a.txt",
                new MemorySession.Part(StreamType.SECURITY_DATA, "", descriptor.length, List.of(descriptor)),
                MemorySession.data(bytes("main")),
                MemorySession.stream("large", new byte[100_000]),
                new MemorySession.Part(StreamType.OBJECT_ID, "", 16, List.of(bytes("0123456789abcdef"))));
        fixture.session.file(docs, "b.txt", bytes("second"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (volume != null) {
            volume.close();
        }
    }

    private int salvor(String... words) {
        StringWriter text = new StringWriter();
        Workbench workbench = new Workbench(List.of(), fixture.restorer);
        int code = new SalvorCli(workbench, Terminal.piped(new PrintWriter(text), new PrintWriter(text))).run(words);
        said = text.toString();
        return code;
    }

    private String sddl(Path file) throws Exception {
        return Sddl.text(Objects.requireNonNull(host.attribute(file, ACL)));
    }

    @Test
    @DisplayName("puts on copied files what an ext4 could not hold; a dry run before it only tells so")
    void copied() throws Exception {
        fixture.run();
        TestTools.run(
                "cp", "-r", fixture.target.toString(), point.resolve("back").toString());
        Path file = point.resolve("back/docs/a.txt");
        String before = sddl(file);
        String sidecar = point.resolve("back/salvor-sidecar").toString();

        assertThat(salvor("apply", sidecar, "--dry-run")).as(said).isZero();
        assertThat(said).contains("put    docs/a.txt").contains("put    docs/").contains("nothing was written");
        assertThat(sddl(file)).isEqualTo(before);

        Files.write(point.resolve("back/docs/b.txt"), bytes("sec0nd"));
        assertThat(salvor("apply", sidecar)).as(said).isEqualTo(1);
        assertThat(said)
                .contains("leave  docs/b.txt: It has changed")
                .contains("partly docs/a.txt: The stream large")
                .contains("2 of 3");
        assertThat(sddl(file))
                .isEqualTo("O:BAG:BAD:(A;;FR;;;WD)(A;OICI;FA;;;SY)")
                .isNotEqualTo(before);
        assertThat(host.attribute(file, "system.ntfs_object_id")).startsWith(bytes("0123456789abcdef"));
        byte[] times = Objects.requireNonNull(host.attribute(file, "system.ntfs_times_be"));
        // The fourth, of the last change of the record, ntfs-3g always sets itself.
        for (int i = 0; i < 3; i++) {
            long plus = i == 1 ? 10_000_000 : 0;
            assertThat(ByteBuffer.wrap(times).getLong(8 * i) - 116_444_736_000_000_000L)
                    .as("time %s", i)
                    .isEqualTo(MemorySession.TIME + plus);
        }
    }

    @Test
    @DisplayName("puts large streams on files where the mount shows streams as file:stream")
    void largeStreams() throws Exception {
        fixture.run();
        Objects.requireNonNull(volume).unmount();
        volume.mount("streams_interface=windows");
        TestTools.run(
                "cp", "-r", fixture.target.toString(), point.resolve("back").toString());
        assertThat(salvor(
                        "apply",
                        point.resolve("back/salvor-sidecar/files.jsonl").toString()))
                .as(said)
                .isZero();
        assertThat(said).contains("3 of 3");
        assertThat(Files.readAllBytes(Path.of(point + "/back/docs/a.txt:large")))
                .isEqualTo(new byte[100_000]);
        assertThat(sddl(point.resolve("back/docs/a.txt"))).isEqualTo("O:BAG:BAD:(A;;FR;;;WD)(A;OICI;FA;;;SY)");
    }

    @Test
    @DisplayName("is named by the report where permissions wait, and not where they are on the files")
    void report() throws Exception {
        RestoreReport aside = fixture.run();
        assertThat(aside.sidecar()).isEqualTo("salvor-sidecar");
        assertThat(aside.applyCommand())
                .isEqualTo("salvor apply " + fixture.target.toRealPath().resolve("salvor-sidecar"));
        Path json = fixture.target.resolve(FileRestorer.REPORT);
        assertThat(fixture.restorer.readReport(json)).isEqualTo(aside);
        Path html = folder.resolve("report.html");
        fixture.restorer.writeReport(aside, html, ReportForm.HTML);
        assertThat(html).content().contains("Permissions").contains("salvor apply /");
        RestoreReport put = fixture.run(new RestoreOptions(
                point.resolve("back"),
                RestoreOptions.Layout.ORIGINAL,
                RestoreOptions.OnConflict.KEEP_BOTH,
                RestoreOptions.Partial.RENAME,
                true,
                false,
                false));
        assertThat(put.sidecar()).isEmpty();
        fixture.restorer.writeReport(put, html, ReportForm.HTML);
        assertThat(html).content().doesNotContain("salvor apply");
    }

    @Test
    @DisplayName("says what to do where the folder lies on another file system, or the sidecar is none")
    void elsewhere() throws Exception {
        fixture.run();
        assertThat(salvor("apply", fixture.target.resolve("salvor-sidecar").toString()))
                .isEqualTo(10);
        assertThat(said).contains("Copy the folder with its sidecar to an NTFS volume");
        assertThat(salvor("apply", fixture.target.resolve("nothing").toString()))
                .isEqualTo(2);
        assertThat(salvor("apply", fixture.target.toString()))
                .as("the sidecar in it is found")
                .isEqualTo(10);
        Path none = Files.createDirectory(fixture.target.resolveSibling("none"));
        assertThat(salvor("apply", none.toString())).as("a wrong argument").isEqualTo(2);
        assertThat(said).contains("Name the folder that was restored into, or the folder salvor-sidecar in it");
        Path list = fixture.target.resolve("salvor-sidecar/files.jsonl");
        Files.writeString(list, Files.readString(list).replace("docs/b.txt", "../b.txt"));
        assertThat(salvor("apply", list.toString())).isEqualTo(3);
        assertThat(said).contains("Nothing was put on any file").contains("at byte");
    }
}
