package org.salvor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;

@EnabledOnOs(value = OS.LINUX, disabledReason = "disks as Linux tells of them")
class LinuxDevicesTest {
    @TempDir
    Path folder;

    private void put(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LinuxDevices computer() {
        return new LinuxDevices(
                folder.resolve("sys"),
                Path.of("/dev"),
                folder.resolve("udev"),
                folder.resolve("mountinfo"),
                path -> !path.toString().contains("sdb"));
    }

    @Test
    void disksAreListedWithWhatTheSystemTellsOfThem() throws Exception {
        Path real = folder.resolve("sys/devices/pci0/usb1/1-2/block/sdb");
        Files.createDirectories(real.resolve("sdb1"));
        Files.createDirectories(folder.resolve("sys/block"));
        Files.createSymbolicLink(folder.resolve("sys/block/sdb"), real);
        String base = "sys/devices/pci0/usb1/1-2/block/sdb/";
        put(base + "size", "2048000\n");
        put(base + "dev", "8:16\n");
        put(base + "removable", "1\n");
        put(base + "queue/logical_block_size", "4096\n");
        put(base + "queue/rotational", "1\n");
        put(base + "device/model", "Rescue Stick  \n");
        put(base + "device/vendor", "ACME    \n");
        put(base + "sdb1/partition", "1\n");
        put(base + "sdb1/size", "1024000\n");
        put(base + "sdb1/dev", "8:17\n");
        put("udev/b8:16", "E:ID_SERIAL_SHORT=0042\n");
        put("udev/b8:17", "S:x\nE:ID_FS_TYPE=ntfs\nE:ID_FS_LABEL=Bilder\n");
        put("mountinfo", """
                30 1 0:50 / /mnt/My\\040disk rw - fuseblk /dev/sdb1 rw
                31 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
                """);
        put("sys/block/loop0/size", "8\n");
        put("sys/block/loop0/dev", "7:0\n");
        put("sys/block/loop1/size", "8\n");
        put("sys/block/loop1/dev", "7:1\n");
        put("sys/block/loop1/loop/backing_file", "/home/u/a.img\n");
        put("sys/block/sr0/size", "0\n");
        put("sys/block/zram0/size", "100\n");

        List<DeviceDescription> disks = computer().list();

        assertThat(disks).extracting(disk -> disk.path().toString()).containsExactly("/dev/sdb", "/dev/loop1");
        DeviceDescription stick = disks.getFirst();
        assertThat(stick.model()).isEqualTo("ACME Rescue Stick");
        assertThat(stick.serial()).isEqualTo("0042");
        assertThat(stick.bus()).isEqualTo("USB");
        assertThat(stick.size()).isEqualTo(2_048_000L * 512);
        assertThat(stick.sectorSize()).isEqualTo(4096);
        assertThat(stick.removable()).isTrue();
        assertThat(stick.solidState()).isFalse();
        assertThat(stick.readable()).isFalse();
        assertThat(stick.mountPoints()).containsExactly(Path.of("/mnt/My disk"));
        DeviceDescription part = stick.parts().getFirst();
        assertThat(part.path()).isEqualTo(Path.of("/dev/sdb1"));
        assertThat(part.fileSystem()).isEqualTo("ntfs");
        assertThat(part.label()).isEqualTo("Bilder");
        assertThat(part.sectorSize()).isEqualTo(4096);
        assertThat(disks.getLast().bus()).isEqualTo("loop");
        assertThat(disks.getLast().model()).isEqualTo("/home/u/a.img");
    }

    @Test
    void aComputerThatShowsNothingHasNoDisks() {
        assertThat(computer().list()).isEmpty();
    }

    @Test
    void filesFoldersAndOtherNodesAreNoDisks() throws Exception {
        LinuxDevices devices = new LinuxDevices();
        Path file = Files.write(folder.resolve("disk.img"), new byte[512]);
        for (Path path : List.of(file, folder, Path.of("/dev/null"), folder.resolve("nowhere"))) {
            assertThat(devices.handles(path)).as(path.toString()).isFalse();
            assertThatThrownBy(() -> devices.open(path)).isInstanceOf(RecoveryException.class);
        }
    }

    @Test
    void aLoopDeviceIsListedAndReadLikeItsImage() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(5).nextBytes(content);
        Path image = Files.write(folder.resolve("disk.img"), content);
        for (int sector : new int[] {512, 4096}) {
            String loop = run("losetup", "-f", "--show", "-r", "-b", String.valueOf(sector), image.toString());
            assumeTrue(loop.startsWith("/dev/loop"), "losetup, and the right to use it, are not here");
            try {
                LinuxDevices devices = new LinuxDevices();
                Path node = Path.of(loop);
                assertThat(devices.handles(node)).isTrue();
                Path link = Files.createSymbolicLink(folder.resolve("link" + sector), node);
                assertThat(devices.handles(link)).isTrue();
                Files.delete(link);
                assertThat(devices.list())
                        .filteredOn(disk -> disk.path().equals(node))
                        .singleElement()
                        .satisfies(disk -> {
                            assertThat(disk.size()).isEqualTo(content.length);
                            assertThat(disk.sectorSize()).isEqualTo(sector);
                            assertThat(disk.readable()).isTrue();
                        });
                try (BlockDevice device = devices.open(node)) {
                    assertThat(device.size()).isEqualTo(content.length);
                    assertThat(device.sectorSize()).isEqualTo(sector);
                    ByteBuffer all = ByteBuffer.allocate(content.length);
                    device.read(0, all);
                    assertThat(all.array()).isEqualTo(content);
                    ByteBuffer odd = ByteBuffer.allocate(1000);
                    device.read(777, odd);
                    assertThat(odd.array()).isEqualTo(java.util.Arrays.copyOfRange(content, 777, 1777));
                    assertThatThrownBy(() -> device.read(content.length - 1L, ByteBuffer.allocate(2)))
                            .isInstanceOf(SourceReadException.class);
                }
            } finally {
                run("losetup", "-d", loop);
            }
        }
    }

    private static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (java.io.IOException e) {
            return "";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
