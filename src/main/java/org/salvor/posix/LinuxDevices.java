package org.salvor.posix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.device.DeviceOpener;
import org.salvor.device.RawImage;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * Disks and volumes as the Linux kernel shows them in {@code /sys/block} (Documentation/ABI/stable/sysfs-block), with what udev and the
 * mount table add. Opens block devices for reading only.
 */
public final class LinuxDevices implements DeviceOpener {
    /** sysfs counts in sectors of 512 bytes, whatever the disk has. */
    private static final int SYSFS_SECTOR = 512;

    private static final int FILE_TYPE = 0xf000;
    private static final int BLOCK_DEVICE = 0x6000;

    private final Path sys;
    private final Path dev;
    private final Path udev;
    private final Path mountInfo;
    private final Predicate<Path> readable;

    public LinuxDevices() {
        this(
                Path.of("/sys"),
                Path.of("/dev"),
                Path.of("/run/udev/data"),
                Path.of("/proc/self/mountinfo"),
                LinuxDevices::opens);
    }

    /** The places where the kernel and udev tell, for a made-up computer. */
    LinuxDevices(Path sys, Path dev, Path udev, Path mountInfo, Predicate<Path> readable) {
        this.sys = sys;
        this.dev = dev;
        this.udev = udev;
        this.mountInfo = mountInfo;
        this.readable = readable;
    }

    @Override
    public boolean handles(Path path) {
        return number(path).isPresent();
    }

    @Override
    public BlockDevice open(Path path) throws RecoveryException {
        String number =
                number(path).orElseThrow(() -> new RecoveryException(Messages.get("posix.no-block-device", path)));
        Path node = sys.resolve("dev/block").resolve(number);
        long size = size(node);
        if (size <= 0) {
            throw new RecoveryException(Messages.get("posix.no-medium", path));
        }
        return RawImage.ofDevice(path, path.toString(), size, sectorSize(node));
    }

    /** "8:17", if this is a block device. Links are followed. */
    private static Optional<String> number(Path path) {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,rdev");
            if (!(attributes.get("mode") instanceof Integer mode
                    && (mode & FILE_TYPE) == BLOCK_DEVICE
                    && attributes.get("rdev") instanceof Long rdev)) {
                return Optional.empty();
            }
            long major = rdev >>> 8 & 0xfff | rdev >>> 32 & 0xffff_f000L;
            long minor = rdev & 0xff | rdev >>> 12 & 0xffff_ff00L;
            return Optional.of(major + ":" + minor);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<DeviceDescription> list() {
        List<Mounted> mounts = Mounted.read(mountInfo);
        List<DeviceDescription> disks = new ArrayList<>();
        for (Path node : folders(sys.resolve("block"))) {
            String name = name(node);
            boolean unusedLoop = name.startsWith("loop")
                    && Sysfs.text(node.resolve("loop/backing_file")).isEmpty();
            if (!unusedLoop && !name.startsWith("ram") && !name.startsWith("zram") && size(node) > 0) {
                disks.add(disk(node, mounts));
            }
        }
        return List.copyOf(disks);
    }

    private DeviceDescription disk(Path node, List<Mounted> mounts) {
        List<DeviceDescription> parts = folders(node).stream()
                .filter(part -> Files.exists(part.resolve("partition")))
                .sorted(Comparator.comparingLong(part -> Sysfs.number(part.resolve("partition"), 0)))
                .map(part -> describe(part, node, List.of(), mounts))
                .toList();
        return describe(node, node, parts, mounts);
    }

    private DeviceDescription describe(Path node, Path disk, List<DeviceDescription> parts, List<Mounted> mounts) {
        String number = Sysfs.text(node.resolve("dev"));
        Path path = dev.resolve(name(node).replace('!', '/'));
        Udev known = Udev.read(udev, number);
        List<Path> mountPoints = new ArrayList<>();
        mounts.stream()
                .filter(mount -> mount.isOf(number, path))
                .map(Mounted::point)
                .forEach(mountPoints::add);
        parts.forEach(part -> mountPoints.addAll(part.mountPoints()));
        return new DeviceDescription(
                path,
                model(disk, known),
                serial(disk, known),
                bus(disk, known),
                size(node),
                sectorSize(disk),
                Sysfs.number(disk.resolve("removable"), 0) == 1,
                Sysfs.number(disk.resolve("queue/rotational"), 0) == 0,
                readable.test(path),
                mountPoints.stream().distinct().toList(),
                parts,
                known.get("ID_FS_TYPE"),
                known.get("ID_FS_LABEL"));
    }

    private static String model(Path disk, Udev known) {
        String backing = Sysfs.text(disk.resolve("loop/backing_file"));
        if (!backing.isEmpty()) {
            return backing;
        }
        String mapped = Sysfs.text(disk.resolve("dm/name"));
        if (!mapped.isEmpty()) {
            return mapped;
        }
        String model = Sysfs.text(disk.resolve("device/model"));
        String maker = Sysfs.text(disk.resolve("device/vendor"));
        String named = model.isEmpty() ? Sysfs.text(disk.resolve("device/name")) : model;
        // the maker of a SATA disk is always "ATA"; virtio has a number there
        boolean telling = !maker.isEmpty() && !maker.equals("ATA") && !maker.startsWith("0x");
        String full = telling && !named.startsWith(maker) ? (maker + " " + named).strip() : named;
        return full.isEmpty() ? known.get("ID_MODEL").replace('_', ' ') : full;
    }

    private static String serial(Path disk, Udev known) {
        for (String place : new String[] {"device/serial", "serial"}) {
            String serial = Sysfs.text(disk.resolve(place));
            if (!serial.isEmpty()) {
                return serial;
            }
        }
        return known.get("ID_SERIAL_SHORT");
    }

    private static String bus(Path disk, Udev known) {
        String name = name(disk);
        String way;
        try {
            way = disk.toRealPath().toString();
        } catch (IOException e) {
            way = disk.toString();
        }
        if (name.startsWith("loop")) {
            return "loop";
        } else if (name.startsWith("dm-")) {
            return "device mapper";
        } else if (name.startsWith("md")) {
            return "RAID";
        } else if (name.startsWith("nbd")) {
            return "network";
        } else if (way.contains("/usb")) {
            return "USB";
        } else if (name.startsWith("nvme")) {
            return "NVMe";
        } else if (name.startsWith("mmcblk")) {
            return "SD";
        } else if (way.contains("/ata")) {
            return "SATA";
        } else if (way.contains("/virtio")) {
            return "virtio";
        } else {
            return known.get("ID_BUS").toUpperCase(Locale.ROOT);
        }
    }

    private static long size(Path node) {
        return Sysfs.number(node.resolve("size"), 0) * SYSFS_SECTOR;
    }

    /** Partitions have it of their disk, whose folder holds theirs. */
    private static int sectorSize(Path node) {
        for (String place : new String[] {"queue/logical_block_size", "../queue/logical_block_size"}) {
            long size = Sysfs.number(followed(node).resolve(place), 0);
            if (size == 512 || size == 1024 || size == 2048 || size == 4096) {
                return (int) size;
            }
        }
        return 512;
    }

    private static Path followed(Path node) {
        try {
            return node.toRealPath();
        } catch (IOException e) {
            return node;
        }
    }

    private static String name(Path node) {
        return String.valueOf(node.getFileName());
    }

    private static List<Path> folders(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        found.sort(Comparator.comparing((Path path) -> name(path).length()).thenComparing(LinuxDevices::name));
        return found;
    }

    private static boolean opens(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.isOpen();
        } catch (IOException e) {
            return false;
        }
    }
}
