package org.salvor.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.text.Messages;

/** Finds out how a disk is divided. */
public final class PartitionTables {
    static final int MIN_SECTOR = 512;
    static final int LARGE_SECTOR = 4096;

    private PartitionTables() {}

    /**
     * Reads the table, if there is one. Sectors that cannot be read count as zeros and are told among the problems. A GPT goes
     * before an MBR only if the MBR says so or holds nothing; the boot sector of a volume goes before both.
     */
    public static PartitionTable read(BlockDevice disk) {
        List<String> problems = new ArrayList<>();
        try {
            ByteView first = view(disk, 0, MIN_SECTOR, "first sector", problems);
            Optional<BootSector> volume = BootSector.of(first);
            if (volume.isPresent()) {
                return new PartitionTable.None(volume.get().sectorSize(), volume, List.copyOf(problems));
            }
            boolean mbr = MbrReader.looksLikeMbr(first, disk.size());
            if (!mbr || MbrReader.isProtective(first)) {
                Optional<PartitionTable> gpt = new GptReader(disk, problems).read();
                if (gpt.isPresent()) {
                    return gpt.get();
                }
            }
            if (mbr) {
                return new MbrReader(disk, problems).read(first);
            }
        } catch (FormatException e) {
            problems.add(Messages.get("volume.table-damaged", String.valueOf(e.getMessage())));
        }
        return new PartitionTable.None(disk.sectorSize(), Optional.empty(), List.copyOf(problems));
    }

    /** What a boot sector at {@code position} says; empty if there is none, or it cannot be read. */
    public static Optional<BootSector> bootSector(BlockDevice disk, long position) {
        if (position < 0 || position > disk.size() - MIN_SECTOR) {
            return Optional.empty();
        }
        try {
            return BootSector.of(view(disk, position, MIN_SECTOR, "boot sector", new ArrayList<>()));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Bytes of the disk; what is missing or cannot be read is zeros, and a problem. */
    static ByteView view(BlockDevice disk, long position, int length, String structure, List<String> problems) {
        byte[] bytes = new byte[length];
        disk.readAround(
                position,
                ByteBuffer.wrap(bytes),
                (at, lost, cause) -> problems.add(Messages.get("volume.table-unreadable", at, lost)));
        return ByteView.of(bytes, structure, position);
    }

    /** A partition cut to the disk; empty, and a problem, if it begins behind its end or is no extent at all. */
    static Optional<Partition> onDisk(
            BlockDevice disk, int index, String type, String name, long offset, long length, List<String> problems) {
        if (offset < 0 || length <= 0 || offset >= disk.size()) {
            problems.add(Messages.get("volume.partition-outside", index));
            return Optional.empty();
        }
        long held = Math.min(length, disk.size() - offset);
        if (held < length) {
            problems.add(Messages.get("volume.partition-cut", index));
        }
        return Optional.of(new Partition(index, type, name, offset, held, held < length));
    }
}
