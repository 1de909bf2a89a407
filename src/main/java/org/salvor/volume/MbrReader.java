package org.salvor.volume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.text.Messages;

/**
 * The partition table of a master boot record, and the chain of extended boot records behind it; see {@code docs/formats/mbr-gpt.md}.
 */
final class MbrReader {
    private static final int TABLE = 446;
    private static final int ENTRY = 16;
    private static final int SLOTS = 4;
    private static final int FIRST_LOGICAL = 5;
    private static final int PROTECTIVE = 0xee;

    /** More logical partitions than any system makes; a longer chain is a trap. */
    private static final int MAX_LOGICAL = 256;

    /** One slot: status at 0, type at 4, first sector at 8, sectors at 12. */
    private record Slot(int status, int type, long start, long sectors) {
        boolean used() {
            return type != 0 && sectors != 0;
        }

        boolean extended() {
            return type == 0x05 || type == 0x0f || type == 0x85;
        }
    }

    private final BlockDevice disk;
    private final List<String> problems;

    MbrReader(BlockDevice disk, List<String> problems) {
        this.disk = disk;
        this.problems = problems;
    }

    /** The signature alone proves nothing: every slot must be clean, and at least one must lead somewhere on the disk. */
    static boolean looksLikeMbr(ByteView sector, long size) throws FormatException {
        if (sector.u16(510) != 0xaa55) {
            return false;
        }
        boolean leadsSomewhere = false;
        for (Slot slot : slots(sector)) {
            if ((slot.status & 0x7f) != 0) {
                return false;
            }
            leadsSomewhere |= slot.used() && slot.start > 0 && slot.start * PartitionTables.MIN_SECTOR < size;
        }
        return leadsSomewhere;
    }

    static boolean isProtective(ByteView sector) throws FormatException {
        return slots(sector).stream().anyMatch(slot -> slot.type == PROTECTIVE);
    }

    PartitionTable read(ByteView first) throws FormatException {
        List<Slot> slots = slots(first);
        int sector = sectorSize(slots);
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = slots.get(i);
            if (slot.type == PROTECTIVE) {
                problems.add(Messages.get("volume.gpt-lost"));
            } else if (slot.used() && !slot.extended()) {
                add(partitions, i + 1, slot, slot.start * sector, sector);
            }
        }
        int next = FIRST_LOGICAL;
        for (Slot slot : slots) {
            if (slot.used() && slot.extended()) {
                next = chain(slot.start, sector, next, partitions);
            }
        }
        return new PartitionTable.Mbr(sector, List.copyOf(partitions), List.copyOf(problems));
    }

    /** Follows extended boot records from {@code base} on; gives the index of the next logical partition. */
    private int chain(long base, int sector, int firstIndex, List<Partition> partitions) throws FormatException {
        Deque<Long> waiting = new ArrayDeque<>(List.of(base));
        Set<Long> seen = new HashSet<>();
        int index = firstIndex;
        while (!waiting.isEmpty()) {
            long here = waiting.remove();
            if (!seen.add(here) || seen.size() > MAX_LOGICAL) {
                problems.add(Messages.get("volume.extended-loop", here));
                return index;
            }
            if (here * sector > disk.size() - sector) {
                problems.add(Messages.get("volume.extended-broken", here));
                continue;
            }
            ByteView record = PartitionTables.view(
                    disk, here * sector, PartitionTables.MIN_SECTOR, "extended boot record", problems);
            if (record.u16(510) != 0xaa55) {
                problems.add(Messages.get("volume.extended-broken", here));
                continue;
            }
            for (Slot slot : slots(record)) {
                if (slot.used() && slot.extended()) {
                    waiting.add(base + slot.start);
                } else if (slot.used()) {
                    add(partitions, index++, slot, (here + slot.start) * sector, sector);
                }
            }
        }
        return index;
    }

    private void add(List<Partition> partitions, int index, Slot slot, long offset, int sector) {
        PartitionTables.onDisk(disk, index, typeName(slot.type), "", offset, slot.sectors * sector, problems)
                .ifPresent(partitions::add);
    }

    /** An MBR does not tell the size of its sectors: the volumes do, by standing where it says. */
    private int sectorSize(List<Slot> slots) {
        if (disk.sectorSize() != PartitionTables.MIN_SECTOR) {
            return disk.sectorSize();
        }
        boolean large = false;
        for (Slot slot : slots) {
            if (slot.used() && !slot.extended()) {
                if (PartitionTables.bootSector(disk, slot.start * PartitionTables.MIN_SECTOR)
                        .isPresent()) {
                    return PartitionTables.MIN_SECTOR;
                }
                large |= PartitionTables.bootSector(disk, slot.start * PartitionTables.LARGE_SECTOR)
                        .filter(boot -> boot.sectorSize() == PartitionTables.LARGE_SECTOR)
                        .isPresent();
            }
        }
        return large ? PartitionTables.LARGE_SECTOR : PartitionTables.MIN_SECTOR;
    }

    private static List<Slot> slots(ByteView sector) throws FormatException {
        List<Slot> slots = new ArrayList<>(SLOTS);
        for (int at = TABLE; at < TABLE + SLOTS * ENTRY; at += ENTRY) {
            slots.add(new Slot(sector.u8(at), sector.u8(at + 4), sector.u32(at + 8), sector.u32(at + 12)));
        }
        return slots;
    }

    private static String typeName(int type) {
        String name = switch (type) {
            case 0x01, 0x04, 0x06, 0x0e, 0x0b, 0x0c -> "FAT";
            case 0x07 -> "NTFS, exFAT";
            case 0x11, 0x14, 0x16, 0x17, 0x1b, 0x1c, 0x1e -> "hidden FAT, NTFS";
            case 0x27 -> "Windows recovery";
            case 0x42 -> "Windows dynamic disk";
            case 0x82 -> "Linux swap";
            case 0x83 -> "Linux";
            case 0x8e -> "Linux LVM";
            case 0xa5, 0xa6, 0xa9 -> "BSD";
            case 0xaf -> "Apple HFS";
            case PROTECTIVE -> "GPT";
            case 0xef -> "EFI system";
            case 0xfd -> "Linux RAID";
            default -> "";
        };
        return "%s (%02x)".formatted(name, type).strip();
    }
}
