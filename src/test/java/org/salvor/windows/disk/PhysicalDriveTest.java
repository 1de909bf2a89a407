package org.salvor.windows.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.recovery.DevicePaths;
import org.salvor.text.Json;
import org.salvor.windows.WineDriver;
import org.salvor.windows.WineDriver.Value;

/**
 * The practice disk behind {@code \\.\PhysicalDrive9}, as a driver double gives it to Wine: the whole road through CreateFile, ReadFile and
 * DeviceIoControl of kernel32 into a kernel that takes whole sectors only. Whether the real Windows answers like it is not shown by it.
 */
@DisplayName("The practice disk as a physical drive of Windows (driver double, Wine)")
class PhysicalDriveTest {
    private static final String DRIVE = "\\\\.\\PhysicalDrive9";
    private static final String PICTURE = "Pictures/Summer 2023/Sunset.png";
    private static final int SECTOR = 512;

    @TempDir
    Path folder;

    private Path image;
    private final List<WineDriver> drivers = new ArrayList<>();
    private String out = "";
    private String err = "";

    @BeforeEach
    void unpack() throws IOException {
        image = TestImages.file(TestImages.PRACTICE, folder);
    }

    @AfterEach
    void stop() throws IOException {
        for (WineDriver driver : drivers) {
            driver.close();
        }
    }

    private void plugIn(Value... more) throws IOException {
        Value file = new Value("Image", "REG_SZ", "\\??\\" + image.toAbsolutePath());
        drivers.add(WineDriver.start(
                "practice_disk", Stream.concat(Stream.of(file), Stream.of(more)).toArray(Value[]::new)));
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(text), new PrintWriter(errors)))
                .run(arguments);
        out = text.toString().replace('\u00a0', ' ');
        err = errors.toString();
        return code;
    }

    private static List<Json> practice() throws Exception {
        return Json.parse(Files.readString(Path.of("assets", "practice", "practice.manifest.json")))
                .list("files");
    }

    @Test
    @DisplayName("It is listed with its name, bus and size, and holds one volume")
    void listed() throws Exception {
        plugIn();
        assertThat(run("list")).as(err).isZero();
        assertThat(out.lines())
                .anySatisfy(line ->
                        assertThat(line).contains(DRIVE + " ", "12 MB", "USB", "SALVOR Practice Disk", "removable"));
        assertThat(run("probe", DRIVE)).as(err).isZero();
        assertThat(out).contains(DRIVE + " ", "NTFS", "Practice");
    }

    @Test
    @DisplayName("Every deleted file of the manifest comes back by SHA-256, and the disk is as it was")
    void recovered() throws Exception {
        byte[] before = Files.readAllBytes(image);
        plugIn();
        Path target = folder.resolve("back");
        assertThat(run("restore", DRIVE, "--to", target.toString(), "--verify"))
                .as("one file is overwritten\n%s", err)
                .isEqualTo(1);

        int whole = 0;
        for (Json file : practice()) {
            Path restored = target.resolve(file.string("path"));
            if (file.string("state").equals("deleted")) {
                whole++;
                assertThat(restored).hasDigest("SHA-256", file.string("sha256"));
            } else {
                assertThat(restored).as(file.string("state")).doesNotExist();
            }
        }
        assertThat(whole).isEqualTo(23);
        assertThat(err).contains("23 files restored, 1 partly");
        assertThat(Files.readString(target.resolve("salvor-report.json"))).contains("\\\\\\\\.\\\\PhysicalDrive9\"");
        assertThat(image).hasBinaryContent(before);
    }

    @Test
    @DisplayName("A sector that cannot be read costs the file that it lies in, and no other")
    void badSector() throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(run("restore", "practice:", "--to", whole.toString(), "--match", "Sunset.png"))
                .as(err)
                .isZero();
        byte[] content = Files.readAllBytes(whole.resolve(PICTURE));
        byte[] disk = Files.readAllBytes(image);
        int bad = 0;
        while (!Arrays.equals(disk, bad, bad + SECTOR, content, 4096, 4096 + SECTOR)) {
            bad += SECTOR;
        }
        plugIn(new Value("BadSector", "REG_DWORD", "" + bad / SECTOR));
        Path target = folder.resolve("back");
        assertThat(run("restore", DRIVE, "--to", target.toString())).as(err).isEqualTo(1);

        Arrays.fill(content, 4096, 4096 + SECTOR, (byte) 0);
        assertThat(target.resolve(PICTURE + ".partial")).hasBinaryContent(content);
        for (Json one : practice()) {
            Path restored = target.resolve(one.string("path"));
            if (one.string("state").equals("deleted") && !one.string("path").equals(PICTURE)) {
                assertThat(restored).hasDigest("SHA-256", one.string("sha256"));
            }
        }
    }

    @Test
    @DisplayName("Windows refuses part of a sector; the device asks for whole ones and gives any bytes")
    void wholeSectors() throws Exception {
        byte[] expected = Files.readAllBytes(image);
        plugIn();
        try (BlockDevice device = WindowsDevices.ofSystem().open(DevicePaths.of(DRIVE))) {
            assertThat(device.size()).isEqualTo(expected.length);
            assertThat(device.sectorSize()).isEqualTo(SECTOR);
            for (int[] range : new int[][] {{0, 3}, {511, 2}, {777, 100_000}, {1, 1 << 21}, {expected.length - 5, 5}}) {
                ByteBuffer part = ByteBuffer.allocate(range[1]);
                device.read(range[0], part);
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(expected, range[0], range[0] + range[1]));
            }
            assertThatThrownBy(() -> device.read(expected.length - 1L, ByteBuffer.allocate(2)))
                    .isInstanceOf(SourceReadException.class);
        }
    }
}
