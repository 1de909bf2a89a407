package org.salvor.windows.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.PlaceResolver.Places;
import org.salvor.recovery.Source;
import org.salvor.restore.WriteGuard;
import org.salvor.restore.WriteGuard.Verdict;

@DisplayName("The write guard on Windows (against the strict double)")
class WindowsPlacesTest {
    @TempDir
    Path folder;

    private Computer computer;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        computer = new Computer(folder);
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(computer.windows.violations()).isEmpty();
    }

    private WriteGuard.Answer answer(String device, Path target) {
        Source source = new Source.Device(Computer.device(device), DiskDetails.UNKNOWN);
        return new WriteGuard(computer.places(), source, source.text()).check(target);
    }

    private Path target(String volume) {
        return switch (volume) {
            case "C" -> computer.c;
            case "D" -> computer.d;
            case "E" -> computer.e;
            default -> computer.spanned;
        };
    }

    @ParameterizedTest(name = "files of {0} to {1}: {2}")
    @CsvSource({
        "PhysicalDrive0, C, ON_SOURCE",
        "PhysicalDrive0, D, FREE",
        "PhysicalDrive0, F, ON_SOURCE",
        "PhysicalDrive1, D, ON_SOURCE",
        "PhysicalDrive1, C, FREE",
        "PhysicalDrive1, F, ON_SOURCE",
        "C:, C, ON_SOURCE",
        "C:, D, FREE",
        "C:, F, SAME_DISK",
        "D:, F, SAME_DISK",
        "D:, C, FREE",
        "Volume{0d0d0d0d-0000-0000-0000-100000000000}, C, SAME_DISK",
        "Volume{0e0e0e0e-0000-0000-0000-100000000000}, D, ON_SOURCE",
        "C:, E, UNKNOWN",
        "PhysicalDrive2, C, UNKNOWN",
        "PhysicalDrive2, E, ON_SOURCE",
        "X:, C, UNKNOWN"
    })
    @DisplayName("A disk, its volumes, and those that lie on several disks")
    void guarded(String source, String volume, Verdict expected) {
        assertThat(answer(source, target(volume).resolve("new/folder")).verdict())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("A disk that is made of a file says why it is refused, and what to do")
    void virtualDisk() {
        assertThat(answer("PhysicalDrive2", computer.c).text()).contains("open the image file itself");
    }

    @Test
    @DisplayName("An image may lie on the target's volume, and is never written over itself")
    void image() throws Exception {
        Path image = Files.writeString(computer.c.resolve("disk.img"), "x");
        Source source = new Source.ImageFile(image);
        WriteGuard guard = new WriteGuard(computer.places(), source, source.text());
        assertThat(guard.check(computer.c.resolve("out")).verdict()).isEqualTo(Verdict.FREE);
        Places places = computer.places().source(image);
        assertThat(places.chain().getFirst().key()).startsWith("file:cafe0000:");
        assertThat(places.chain().stream().skip(1)).allMatch(place -> place.stored() && !place.same());
    }

    @Test
    @DisplayName("A target on another computer is free; on a share of this one it is refused")
    void shares() throws Exception {
        Path far = Files.createDirectory(folder.resolve("far"));
        computer.made.double_share("nas\\files");
        assertThat(answer("C:", far).verdict()).isEqualTo(Verdict.FREE);
        assertThat(computer.places().holding(far).chain())
                .singleElement()
                .satisfies(place -> assertThat(place.title()).isEqualTo("\\\\nas\\files"));
        computer.made.double_share("me\\C$");
        assertThat(answer("C:", far).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer("C:", far).text()).contains("this computer itself");
    }

    @Test
    @DisplayName("What Windows does not tell is refused")
    void notTold() throws Exception {
        Path far = Files.createDirectory(folder.resolve("far"));
        assertThat(answer("C:", far).verdict()).isEqualTo(Verdict.UNKNOWN);
        computer.windows.knob("no-extents", 1);
        assertThat(answer("C:", computer.d).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer("C:", computer.d).text()).contains("which disk");
    }

    @Test
    @DisplayName("The file system has the name that Windows gives it, in small letters")
    void fileSystem() {
        assertThat(computer.places().holding(computer.c).fileSystem()).isEqualTo("ntfs");
        assertThat(computer.places().holding(computer.d).fileSystem()).isEqualTo("exfat");
        assertThat(computer.places().never()).isEmpty();
    }
}
