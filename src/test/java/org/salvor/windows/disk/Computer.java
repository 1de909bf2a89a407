package org.salvor.windows.disk;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.salvor.recovery.DevicePaths;
import org.salvor.windows.NativeDouble;

/**
 * A made-up computer: disk 0 (SATA) with C: and a hidden volume, disk 1 (USB, sectors of 4096) with D:, disk 2 made of a file with E:, and
 * a volume over disks 0 and 1.
 */
final class Computer {
    static final String C = "{0c0c0c0c-0000-0000-0000-100000000000}";
    static final String HIDDEN = "{0d0d0d0d-0000-0000-0000-100000000000}";
    static final String D = "{0e0e0e0e-0000-0000-0000-100000000000}";
    static final String E = "{0f0f0f0f-0000-0000-0000-100000000000}";
    static final String SPANNED = "{0a0a0a0a-0000-0000-0000-100000000000}";
    static final long START = 1 << 20;
    static final int SIZE = 4 << 20;

    interface Made extends Library {
        void double_disk(
                int number,
                String image,
                long size,
                int sector,
                int bus,
                String maker,
                String model,
                String serial,
                int removable,
                int rotates);

        int double_volume(String id, String mounts, String type, String label, String folder);

        void double_extent(int volume, int disk, long start, long length);

        void double_share(String name);
    }

    final NativeDouble windows;
    final Made made;
    final DiskCalls calls;
    final byte[] disk0 = new byte[SIZE];
    final byte[] disk1 = new byte[SIZE];
    final Path c;
    final Path d;
    final Path e;
    final Path spanned;

    Computer(Path folder) throws IOException, InterruptedException {
        windows = NativeDouble.fresh("disk_double");
        made = Native.load(windows.library, Made.class);
        calls = Native.load(windows.library, DiskCalls.class);
        new Random(1).nextBytes(disk0);
        new Random(2).nextBytes(disk1);
        Path images = Files.createDirectories(folder.resolve("images"));
        made.double_disk(
                0, Files.write(images.resolve("0"), disk0).toString(), SIZE, 512, 11, "", "Fast SSD 500", "S0", 0, 0);
        made.double_disk(
                1, Files.write(images.resolve("1"), disk1).toString(), SIZE, 4096, 7, "ACME", "Stick", "", 1, 1);
        made.double_disk(
                2, Files.write(images.resolve("2"), disk0).toString(), SIZE, 512, 15, "Msft", "Virtual Disk", "", 0, 1);
        c = volume(folder, C, "C:\\|C:\\other\\", "NTFS", "System", "c", 0, START, 1 << 20);
        volume(folder, HIDDEN, "", "", "", "hidden", 0, START * 2, 1 << 20);
        d = volume(folder, D, "D:\\", "exFAT", "Photos", "d", 1, START, 2 << 20);
        e = volume(folder, E, "E:\\", "NTFS", "", "e", 2, START, 1 << 20);
        spanned = volume(folder, SPANNED, "F:\\", "NTFS", "Both", "f", 0, START * 3, 1 << 20);
        made.double_extent(4, 1, START * 3, 1 << 20);
    }

    private Path volume(
            Path folder,
            String id,
            String mounts,
            String type,
            String label,
            String name,
            int disk,
            long start,
            long length)
            throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        int number = made.double_volume(id, mounts, type, label, files.toString());
        made.double_extent(number, disk, start, length);
        return files;
    }

    WindowsDevices devices() {
        return WindowsDevices.of(windows.library);
    }

    WindowsPlaces places() {
        return WindowsPlaces.of(windows.library, host -> host.equals("me"));
    }

    static Path device(String name) {
        return DevicePaths.of("\\\\.\\" + name);
    }
}
