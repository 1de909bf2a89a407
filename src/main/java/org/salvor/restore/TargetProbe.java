package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.TargetCapabilities.NamedStreams;

/** Tells what a target can hold, without writing to it. */
final class TargetProbe {
    private static final Set<String> FAT = Set.of("vfat", "msdos", "fat", "fat32");
    private static final Set<String> NO_LINKS = Set.of("vfat", "msdos", "fat", "fat32", "exfat");
    private static final Set<String> WINDOWS =
            Set.of("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "cifs", "smb3", "smbfs");
    private static final Set<String> ATTRIBUTES = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "ntfs3", "overlay", "bcachefs", "jfs");

    private static final long FAT_LARGEST = (4L << 30) - 1;

    /** With blocks of 4 KiB. */
    private static final long EXT4_LARGEST = (16L << 40) - (4 << 10);

    private static final int LONGEST_NAME = 255;

    private TargetProbe() {}

    /** As below, with what the operating system's own way can hold where that is used. */
    static TargetCapabilities of(
            Path existing, String fileSystem, HostFiles host, SystemTarget system, RestoreOptions.Form form) {
        TargetCapabilities portable = of(existing, fileSystem, host);
        return form == RestoreOptions.Form.FILES ? system.on(portable).orElse(portable) : portable;
    }

    /**
     * @param existing the target, or its nearest parent that is there
     * @param fileSystem type from the mount table, empty if not known
     */
    static TargetCapabilities of(Path existing, String fileSystem, HostFiles host) {
        boolean fuse = fileSystem.startsWith("fuse");
        boolean ntfs3g = fuse && has(existing, NtfsAttributes.ATTRIBUTES, host);
        boolean colon = ntfs3g && has(existing, NtfsAttributes.STREAM_LIST, host);
        boolean windows = WINDOWS.contains(fileSystem) || ntfs3g || runsOnWindows();
        NamedStreams streams;
        if (colon) {
            streams = NamedStreams.COLON;
        } else {
            streams = ntfs3g || ATTRIBUTES.contains(fileSystem) ? NamedStreams.ATTRIBUTES : NamedStreams.NONE;
        }
        long largest = Long.MAX_VALUE;
        if (FAT.contains(fileSystem)) {
            largest = FAT_LARGEST;
        } else if (fileSystem.equals("ext4")) {
            largest = EXT4_LARGEST;
        }
        return new TargetCapabilities(
                ntfs3g ? "ntfs-3g" : fileSystem,
                streams,
                ntfs3g,
                !NO_LINKS.contains(fileSystem),
                !NO_LINKS.contains(fileSystem),
                windows,
                LONGEST_NAME,
                largest);
    }

    private static boolean has(Path path, String attribute, HostFiles host) {
        try {
            return host.attribute(path, attribute) != null;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean runsOnWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
