package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.Source;

/** The cases of the write guard, on real loop devices and mounts. Those that need root and tools are skipped without them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "by mounts of Linux; Windows: WindowsPlacesTest")
class WriteGuardTest {
    @TempDir
    Path folder;

    private final PlaceResolver places = new LinuxPlaces();
    private final Deque<List<String>> undo = new ArrayDeque<>();
    private Path image;

    @BeforeEach
    void prepare() throws Exception {
        image = folder.resolve("source.img");
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(24 << 20);
        }
    }

    @AfterEach
    void cleanUp() throws Exception {
        while (!undo.isEmpty()) {
            exec(undo.pop());
        }
    }

    @Test
    void whereNoPlaceCanBeToldNothingIsWrittenAndTheReasonStandsAlone() {
        PlaceResolver unknown = new PlaceResolver() {
            @Override
            public Places holding(Path path) {
                return new Places(List.of(), "", never());
            }

            @Override
            public Places source(Path path) {
                return holding(path);
            }

            @Override
            public String never() {
                return "Saving is not possible here.";
            }
        };
        WriteGuard guard = new WriteGuard(unknown, new Source.ImageFile(image), image.toString());
        WriteGuard.Answer answer = guard.check(folder.resolve("back"));
        assertThat(answer.verdict()).isEqualTo(WriteGuard.Verdict.UNKNOWN);
        assertThat(answer.text()).isEqualTo("Saving is not possible here.");
        assertThatThrownBy(() -> guard.require(folder.resolve("a.salvorscan")))
                .hasMessage("Saving is not possible here.");
        assertThat(new WriteGuard(unknown, new Source.Practice(), "practice:").check(folder))
                .as("the practice disk lies nowhere")
                .isEqualTo(WriteGuard.Answer.FREE);
    }

    private static String exec(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertThat(code).as("%s: %s", command, out).isZero();
        return out.strip();
    }

    private static void needs(String... tools) throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root: loop devices and mounts cannot be made");
        for (String tool : tools) {
            boolean there = new ProcessBuilder("which", tool).start().waitFor() == 0;
            assumeTrue(there, "needs " + tool + ", which is not installed");
        }
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    }

    private String loop(Path file) throws Exception {
        String device = exec(List.of("losetup", "-f", "--show", file.toString()));
        undo.push(List.of("losetup", "-d", device));
        return device;
    }

    private Path mount(String name, String... command) throws Exception {
        Path point = Files.createDirectories(folder.resolve(name));
        List<String> all = new ArrayList<>(List.of(command));
        all.add(point.toString());
        exec(all);
        undo.push(List.of("umount", point.toString()));
        return point;
    }

    private WriteGuard.Verdict verdict(Source source, Path target) {
        return new WriteGuard(places, source, source.text()).check(target).verdict();
    }

    private static Source device(String path) {
        return new Source.Device(Path.of(path), DiskDetails.UNKNOWN);
    }

    @Test
    void theImageMayLieOnTheFileSystemOfTheTarget() {
        assertThat(verdict(new Source.ImageFile(image), folder.resolve("not/yet/there")))
                .isEqualTo(WriteGuard.Verdict.FREE);
    }

    @Test
    void aSourceThatCannotBeFoundIsRefusedWithTheReason() {
        WriteGuard.Answer answer =
                new WriteGuard(places, new Source.ImageFile(folder.resolve("none.img")), "none").check(folder);
        assertThat(answer.verdict()).isEqualTo(WriteGuard.Verdict.UNKNOWN);
        assertThat(answer.text()).contains("none.img");
    }

    @Test
    void aMountOfTheSourceDeviceIsRefused() throws Exception {
        needs("losetup", "mkfs.ext4");
        String device = loop(image);
        exec(List.of("mkfs.ext4", "-q", device));
        Path point = mount("mounted", "mount", device);
        assertThat(verdict(device(device), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(new Source.ImageFile(image), point.resolve("new folder")))
                .as("a loop device of the image")
                .isEqualTo(WriteGuard.Verdict.ON_SOURCE);
    }

    @Test
    void aLinkAndABindMountOntoTheSourceAreRefused() throws Exception {
        needs("losetup", "mkfs.ext4");
        String device = loop(image);
        exec(List.of("mkfs.ext4", "-q", device));
        Path point = mount("mounted", "mount", device);
        Files.createDirectory(point.resolve("inner"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), point.resolve("inner"));
        Path bound = mount("bound", "mount", "--bind", point.resolve("inner").toString());
        for (Source source : List.of(new Source.ImageFile(image), device(device))) {
            assertThat(verdict(source, link.resolve("x"))).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
            assertThat(verdict(source, bound.resolve("x"))).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        }
    }

    @Test
    void aMountInUserSpaceOfTheSourceIsRefused() throws Exception {
        needs("ntfs-3g", "mkntfs", "losetup");
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
        exec(List.of("mkntfs", "-q", "-F", image.toString()));
        Path direct = mount("direct", "ntfs-3g", image.toString());
        assertThat(verdict(new Source.ImageFile(image), direct.resolve("x"))).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        RestoreFixture fixture = new RestoreFixture(Files.createDirectory(folder.resolve("f")));
        fixture.session.file(-1, "a", RestoreFixture.bytes("a"));
        RestorePlan plan = fixture.restorer.plan(
                new Source.ImageFile(image),
                fixture.session,
                fixture.session.catalog(),
                fixture.session.all(),
                RestoreOptions.to(direct),
                JobMonitor.SILENT);
        assertThat(ExitCode.of(plan)).isEqualTo(ExitCode.TARGET_ON_SOURCE);
        assertThatThrownBy(() -> fixture.restorer.run(
                        new Source.ImageFile(image),
                        fixture.session,
                        fixture.session.catalog(),
                        plan,
                        JobMonitor.SILENT))
                .isInstanceOf(TargetException.class);
        assertThat(direct).isEmptyDirectory();
    }

    @Test
    void aMountInUserSpaceOfADeviceOfTheSourceIsRefused() throws Exception {
        needs("ntfs-3g", "mkntfs", "losetup");
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
        exec(List.of("mkntfs", "-q", "-F", image.toString()));
        String device = loop(image);
        Path point = mount("over-loop", "ntfs-3g", device);
        assertThat(verdict(new Source.ImageFile(image), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(device(device), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
    }

    @Test
    void partitionsOfTheSourceAreRefusedAndTheirNeighboursNeedAConfirmation() throws Exception {
        needs("losetup", "sfdisk", "partx", "mkfs.ext4");
        Process sfdisk = new ProcessBuilder("sfdisk", "-q", image.toString()).start();
        try (var in = sfdisk.getOutputStream()) {
            in.write("label: dos\n2048,16384\n20480,20480\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(sfdisk.waitFor()).isZero();
        String device = loop(image);
        if (new ProcessBuilder("partx", "-a", device).start().waitFor() == 0) {
            undo.push(List.of("partx", "-d", device));
        }
        assumeTrue(Files.exists(Path.of(device + "p2")), "the kernel makes no partitions of loop devices here");
        exec(List.of("mkfs.ext4", "-q", device + "p2"));
        Path point = mount("second", "mount", device + "p2");
        assertThat(verdict(device(device), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(device(device + "p2"), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(new Source.ImageFile(image), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(device(device + "p1"), point)).isEqualTo(WriteGuard.Verdict.SAME_DISK);
    }

    @Test
    void aLoopDeviceOfALoopDeviceIsFollowedToTheSource() throws Exception {
        needs("losetup", "mkfs.ext4");
        String outer = loop(image);
        String inner = loop(Path.of(outer));
        exec(List.of("mkfs.ext4", "-q", inner));
        Path point = mount("twice", "mount", inner);
        assertThat(verdict(new Source.ImageFile(image), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(device(outer), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(device(inner), point)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
    }

    @Test
    void aTargetStoredInAFileOnTheSourceIsRefused() throws Exception {
        needs("losetup", "mkfs.ext4");
        String outer = loop(image);
        exec(List.of("mkfs.ext4", "-q", outer));
        Path point = mount("outer", "mount", outer);
        Path inner = point.resolve("inner.img");
        try (var file = new RandomAccessFile(inner.toFile(), "rw")) {
            file.setLength(4 << 20);
        }
        String device = loop(inner);
        exec(List.of("mkfs.ext4", "-q", device));
        Path deep = mount("deep", "mount", device);
        assertThat(verdict(device(outer), deep)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
        assertThat(verdict(new Source.ImageFile(image), deep)).isEqualTo(WriteGuard.Verdict.ON_SOURCE);
    }

    @Test
    void ownFilesOnTheSourceAreTold() throws Exception {
        needs("losetup", "mkfs.ext4");
        String device = loop(image);
        exec(List.of("mkfs.ext4", "-q", device));
        Path point = mount("mounted", "mount", device);
        assertThat(WriteGuard.ownFiles(places, device(device), List.of(folder, point.resolve("logs"))))
                .containsExactly(point.resolve("logs"));
    }
}
