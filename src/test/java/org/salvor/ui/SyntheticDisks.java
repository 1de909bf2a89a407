package org.salvor.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;

/** Made-up disks and what lies on them: the usual ones, very many, and ones with the longest names. */
final class SyntheticDisks {
    static final long GB = 1L << 30;
    static final String LONG_MODEL =
            "Western Digital Technologies WD_BLACK SN850X NVMe SSD 4000GB Heatsink Edition for Consoles, Rev. 2.1";
    static final String LONG_LABEL = "Fotos und Videos von allen Reisen seit 1998 (bitte nie l\u00f6schen!)";

    private SyntheticDisks() {}

    static List<Source> usual() {
        return List.of(
                disk("/dev/nvme0n1", "Samsung SSD 980 PRO 1TB", "NVMe", 931 * GB, true, true, "/", "ext4", "root"),
                disk("/dev/sda", "WDC WD40EFRX-68N32N0", "SATA", 3726 * GB, false, true, "", "NTFS", "Archive"),
                disk(
                        "/dev/sdb",
                        "Kingston DataTraveler 3.0",
                        "USB",
                        57 * GB,
                        false,
                        true,
                        "/media/stick",
                        "NTFS",
                        "PHOTOS"),
                disk("/dev/sdc", "SanDisk Extreme", "USB", 119 * GB, true, false, "", "", ""));
    }

    static List<Source> many(int count) {
        List<Source> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(disk(
                    "/dev/disk" + i, "Disk " + i, "SAS", (i % 4000 + 1) * GB, false, true, "", "NTFS", "Label " + i));
        }
        return all;
    }

    static List<Source> longNames() {
        return List.of(
                disk(
                        "/dev/disk/by-id/nvme-WD_BLACK_SN850X_4000GB_23456789012345678901234567890",
                        LONG_MODEL,
                        "NVMe",
                        3726 * GB,
                        true,
                        true,
                        "/",
                        "NTFS, ext4, FAT32, BitLocker",
                        LONG_LABEL),
                disk("/dev/sdz", "A", "USB", 1, true, false, "", "", ""));
    }

    private static Source.Device disk(
            String path,
            String model,
            String bus,
            long size,
            boolean solid,
            boolean readable,
            String mount,
            String format,
            String label) {
        List<Path> mounts = mount.isEmpty() ? List.of() : List.of(Path.of(mount));
        return new Source.Device(
                Path.of(path),
                new DiskDetails(
                        model,
                        "S5XNR0" + path.length() + "A917",
                        bus,
                        size,
                        512,
                        bus.equals("USB"),
                        solid,
                        readable,
                        mounts,
                        format,
                        label,
                        List.of()));
    }

    /** A disk with four partitions of all kinds. */
    static SourceNode places(Source source) {
        SourceNode system =
                part(source, "1", "Partition 1", 1, 500L << 20, "FAT32", "EFI", SourceNode.State.UNKNOWN, NOT_YET);
        SourceNode data =
                part(source, "2", "Partition 2", 1, 820 * GB, "NTFS", "Archive", SourceNode.State.READABLE, "");
        SourceNode locked = part(
                source,
                "3",
                "Partition 3",
                821,
                1400 * GB,
                "BitLocker",
                "",
                SourceNode.State.LOCKED,
                "A recovery key is needed.");
        SourceNode lost = new SourceNode(
                source,
                "lost-4198400",
                SourceNode.Kind.LOST_VOLUME,
                "Lost volume",
                2300 * GB,
                1200 * GB,
                "NTFS",
                "Old photos",
                SourceNode.State.READABLE,
                "",
                List.of());
        return whole(source, List.of(system, data, locked, lost));
    }

    private static final String NOT_YET = "This file system cannot be read yet.";

    /** Nothing that can be read. */
    static SourceNode unreadable(Source source) {
        return whole(
                source,
                List.of(
                        part(
                                source,
                                "1",
                                "Partition 1",
                                1,
                                500L << 20,
                                "FAT32",
                                "EFI",
                                SourceNode.State.UNKNOWN,
                                NOT_YET),
                        part(source, "2", "Partition 2", 1, 820 * GB, "ext4", "", SourceNode.State.UNKNOWN, NOT_YET)));
    }

    static SourceNode manyPlaces(Source source, int count) {
        List<SourceNode> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new SourceNode(
                    source,
                    "lost-" + i,
                    SourceNode.Kind.LOST_VOLUME,
                    "Lost volume at sector " + i,
                    i * 512L,
                    GB + i,
                    "NTFS",
                    LONG_LABEL + " " + i,
                    SourceNode.State.READABLE,
                    "",
                    List.of()));
        }
        return whole(source, all);
    }

    /** A backup with three sets, one of them without a name and of a computer whose name is long. */
    static SourceNode backup(Source source) {
        return medium(
                source,
                SourceNode.State.CONTAINER,
                "NTBackup 5.1. Medium 2 of this backup is missing. Put all its files in one folder and open it again.",
                List.of(
                        set(source, 3, "2005-03-18 22:00", "Friday", "Computer SERVER, C:, D:, full backup, by ann."),
                        set(
                                source,
                                2,
                                "2005-03-17 22:00",
                                "",
                                "Computer FILE-SERVER-OF-THE-WHOLE-COMPANY-0123456789, C:, D:, E:, \\\\SERVER\\share. "
                                        + "This set has no name. "
                                        + "This set carries a password. It protects nothing: its files can be restored."),
                        set(source, 1, "2005-03-16 22:00", LONG_LABEL, "Computer SERVER, C:, copy."),
                        new SourceNode(
                                source,
                                "sets",
                                SourceNode.Kind.BACKUP_SETS,
                                "All sets",
                                -1,
                                -1,
                                "MTF 1.00a (backup medium)",
                                "",
                                SourceNode.State.READABLE,
                                "Lists the files of all 3 sets together, those of each set in a folder of its own.",
                                List.of())));
    }

    /** Of a kind that is known, with nothing in it. */
    static SourceNode emptyBackup(Source source) {
        return medium(source, SourceNode.State.UNKNOWN, "No file in it can be restored.", List.of());
    }

    private static SourceNode medium(Source source, SourceNode.State state, String detail, List<SourceNode> sets) {
        return new SourceNode(
                source,
                "",
                SourceNode.Kind.MEDIUM,
                "Backup",
                0,
                3 * GB,
                "MTF 1.00a (backup medium)",
                "Media of March",
                state,
                detail,
                sets);
    }

    private static SourceNode set(Source source, int number, String date, String name, String detail) {
        return new SourceNode(
                source,
                "set-" + number,
                SourceNode.Kind.BACKUP_SET,
                "Set " + number + " of " + date,
                -1,
                -1,
                "MTF 1.00a (backup medium)",
                name,
                SourceNode.State.READABLE,
                detail,
                List.of());
    }

    private static SourceNode whole(Source source, List<SourceNode> parts) {
        return new SourceNode(
                source,
                "",
                SourceNode.Kind.DISK,
                "Whole disk",
                0,
                3726 * GB,
                "GPT",
                "",
                SourceNode.State.CONTAINER,
                "",
                parts);
    }

    private static SourceNode part(
            Source source,
            String id,
            String title,
            long gigabytes,
            long length,
            String format,
            String label,
            SourceNode.State state,
            String detail) {
        return new SourceNode(
                source,
                id,
                SourceNode.Kind.PARTITION,
                title,
                gigabytes * GB,
                length,
                format,
                label,
                state,
                detail,
                List.of());
    }
}
