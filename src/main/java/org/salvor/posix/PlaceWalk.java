package org.salvor.posix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.salvor.recovery.PlaceResolver.Place;
import org.salvor.recovery.PlaceResolver.Places;
import org.salvor.text.Messages;

/** One walk from a path down to the disks below it. */
final class PlaceWalk {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path BLOCK = Path.of("/sys/dev/block");
    private static final Path BTRFS = Path.of("/sys/fs/btrfs");
    private static final String NBD_MAJOR = "43:";

    /** Longer chains are possible, but nobody builds them. */
    private static final int MAX_DEPTH = 32;

    private static final int TYPE = 0xf000;
    private static final int BLOCK_DEVICE = 0x6000;

    private final List<Place> chain = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private String type = "";
    private String unknown = "";

    Places places() {
        return new Places(List.copyOf(chain), type, unknown);
    }

    void unknown(String why) {
        unknown = why;
    }

    /** Begins at a source: a device, an image, or a folder. */
    void start(Path real) throws IOException {
        deviceOrFile(real, true, false, 0);
    }

    /** The file system that holds {@code real}, and what it lies on. */
    void fileSystem(Path real, boolean same, boolean stored, int depth) throws IOException {
        String device = number(real, "unix:dev");
        MountTable.Mount mount = MountTable.read(MOUNTS)
                .of(real, device)
                .orElseThrow(() -> new PlaceUnknownException(Messages.get("place.no-mount", real)));
        if (type.isEmpty()) {
            type = mount.type();
        }
        if (LinuxPlaces.MEMORY.contains(mount.type())) {
            add("memory:" + device, Messages.get("place.memory"), same, stored);
        } else if (LinuxPlaces.NETWORK.contains(mount.type())) {
            network(mount, same, stored);
        } else if (mount.type().equals("overlay")) {
            overlay(mount, same, stored, depth);
        } else if (mount.type().startsWith("fuse")) {
            userSpace(mount, same, stored, depth);
        } else if (!device.startsWith("0:")) {
            block(device, same, stored, depth);
        } else if (mount.source().startsWith("/dev/") && Files.exists(Path.of(mount.source()))) {
            Path node = Path.of(mount.source()).toRealPath();
            block(number(node, "unix:rdev"), same, stored, depth);
            if (mount.type().equals("btrfs")) {
                allOfBtrfs(node, same, stored, depth);
            }
        } else {
            throw new PlaceUnknownException(Messages.get("place.no-device", mount.point(), mount.type()));
        }
    }

    private void network(MountTable.Mount mount, boolean same, boolean stored) throws PlaceUnknownException {
        String server = mount.source().replaceFirst("^//", "").replaceFirst("^[^@/]*@", "");
        if (server.startsWith("localhost") || server.startsWith("127.") || server.startsWith("[::1]")) {
            throw new PlaceUnknownException(Messages.get("place.own-server", mount.point(), mount.source()));
        }
        add("network:" + mount.source(), mount.source(), same, stored);
    }

    /** New files go to the upper folder. Inside a container it cannot be seen: then it may lie on any disk of the host. */
    private void overlay(MountTable.Mount mount, boolean same, boolean stored, int depth) throws IOException {
        Path upper = Path.of("/" + mount.option("upperdir")).normalize();
        if (!mount.option("upperdir").isEmpty() && Files.isDirectory(upper)) {
            fileSystem(upper.toRealPath(), same, stored, deeper(depth));
            return;
        }
        add("overlay:" + mount.device(), Messages.get("place.container"), same, stored);
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(BLOCK)) {
            for (Path device : devices) {
                boolean empty = firstLine(device.resolve("size")).equals("0");
                boolean loop = Files.exists(device.resolve("loop"));
                if (!empty && (!loop || Files.exists(Path.of(firstLine(device.resolve("loop/backing_file")))))) {
                    block(device.getFileName().toString(), same, stored, deeper(depth));
                }
            }
        }
    }

    /** A file system in user space names what it was mounted of: an image, a device, a folder. */
    private void userSpace(MountTable.Mount mount, boolean same, boolean stored, int depth) throws IOException {
        Path from = Path.of(mount.source());
        if (!from.isAbsolute() || !Files.exists(from)) {
            throw new PlaceUnknownException(Messages.get("place.user-space", mount.point(), mount.source()));
        }
        Path real = from.toRealPath();
        if (Files.isDirectory(real)) {
            if (real.equals(Path.of(mount.point()))) {
                throw new PlaceUnknownException(Messages.get("place.user-space", mount.point(), mount.source()));
            }
            fileSystem(real, same, stored, deeper(depth));
        } else {
            deviceOrFile(real, same, stored, deeper(depth));
        }
    }

    /** The node of a device lies on a file system in memory; what counts is the disk that it names, also under a loop device. */
    private void deviceOrFile(Path real, boolean same, boolean stored, int depth) throws IOException {
        if (isBlockDevice(real)) {
            block(number(real, "unix:rdev"), same, stored, depth);
        } else {
            file(real, same, stored, depth);
        }
    }

    private void file(Path real, boolean same, boolean stored, int depth) throws IOException {
        String inode = String.valueOf(Files.getAttribute(real, "unix:ino"));
        if (add("file:" + number(real, "unix:dev") + ":" + inode, real.toString(), same, stored)) {
            fileSystem(real, false, true, deeper(depth));
        }
    }

    private void block(String device, boolean same, boolean stored, int depth) throws IOException {
        Path entry = BLOCK.resolve(device);
        if (!Files.exists(entry) || device.startsWith(NBD_MAJOR)) {
            throw new PlaceUnknownException(Messages.get("place.no-disk", device));
        }
        Path real = entry.toRealPath();
        if (!add("block:" + device, "/dev/" + real.getFileName().toString().replace('!', '/'), same, stored)) {
            return;
        }
        if (Files.exists(real.resolve("partition"))) {
            block(firstLine(real.resolveSibling("dev")), false, stored, deeper(depth));
        }
        Path backing = real.resolve("loop/backing_file");
        if (Files.exists(backing)) {
            Path image = Path.of(firstLine(backing));
            if (!Files.exists(image)) {
                throw new PlaceUnknownException(Messages.get("place.no-backing", real.getFileName(), image));
            }
            deviceOrFile(image.toRealPath(), same, stored, deeper(depth));
        }
        Path slaves = real.resolve("slaves");
        if (Files.isDirectory(slaves)) {
            try (DirectoryStream<Path> below = Files.newDirectoryStream(slaves)) {
                for (Path slave : below) {
                    block(firstLine(slave.resolve("dev")), false, stored, deeper(depth));
                }
            }
        }
    }

    /** A btrfs may lie on several devices; the mount table names one. */
    private void allOfBtrfs(Path node, boolean same, boolean stored, int depth) throws IOException {
        try (DirectoryStream<Path> volumes = Files.newDirectoryStream(BTRFS)) {
            for (Path volume : volumes) {
                Path devices = volume.resolve("devices");
                if (Files.exists(devices.resolve(node.getFileName().toString()))) {
                    try (DirectoryStream<Path> all = Files.newDirectoryStream(devices)) {
                        for (Path device : all) {
                            block(firstLine(device.resolve("dev")), same, stored, deeper(depth));
                        }
                    }
                }
            }
        }
    }

    /** False if the place was met before. */
    private boolean add(String key, String title, boolean same, boolean stored) {
        if (!seen.add(key + same + stored)) {
            return false;
        }
        chain.add(new Place(key, title, same, stored));
        return true;
    }

    private static int deeper(int depth) throws PlaceUnknownException {
        if (depth == MAX_DEPTH) {
            throw new PlaceUnknownException(Messages.get("place.too-deep"));
        }
        return depth + 1;
    }

    private static boolean isBlockDevice(Path real) throws IOException {
        return Files.getAttribute(real, "unix:mode") instanceof Integer mode && (mode & TYPE) == BLOCK_DEVICE;
    }

    /** "major:minor" of a number that stat(2) gave, as makedev(3) packs it. */
    private static String number(Path real, String attribute) throws IOException {
        long device = ((Number) Files.getAttribute(real, attribute)).longValue();
        long major = device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
        long minor = device & 0xff | device >>> 12 & ~0xffL;
        return major + ":" + minor;
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
