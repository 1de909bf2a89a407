package org.salvor.volume;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.text.Messages;

/**
 * GUID partition tables: UEFI specification, chapter 5; see {@code docs/formats/mbr-gpt.md}. The copy at the end of the disk is used
 * when the one at its start is damaged.
 */
final class GptReader {
    private static final int MIN_HEADER = 92;
    private static final int MIN_ENTRY = 128;

    /** Room for 8,192 entries; usual are 128. */
    private static final int MAX_TABLE = 1 << 20;

    private final BlockDevice disk;
    private final List<String> problems;

    GptReader(BlockDevice disk, List<String> problems) {
        this.disk = disk;
        this.problems = problems;
    }

    /**
     * A header whose checksum is right.
     *
     * @param table the entries
     * @param whole whether the checksum of the entries is right too
     */
    private record Header(int sector, int entrySize, int entries, ByteView table, boolean whole) {}

    Optional<PartitionTable> read() throws FormatException {
        Set<Integer> sizes = new LinkedHashSet<>(
                List.of(disk.sectorSize(), PartitionTables.MIN_SECTOR, PartitionTables.LARGE_SECTOR));
        Header damaged = null;
        boolean damagedIsBackup = false;
        for (int sector : sizes) {
            Header primary = header(sector, sector);
            if (primary != null && primary.whole) {
                return Optional.of(table(primary, false));
            }
            Header backup = header(disk.size() / sector * sector - sector, sector);
            if (backup != null && backup.whole) {
                problems.add(Messages.get("volume.gpt-backup"));
                return Optional.of(table(backup, true));
            }
            if (damaged == null) {
                damaged = primary != null ? primary : backup;
                damagedIsBackup = primary == null;
            }
        }
        if (damaged == null) {
            return Optional.empty();
        }
        problems.add(Messages.get("volume.gpt-entries-damaged"));
        return Optional.of(table(damaged, damagedIsBackup));
    }

    /** Null if there is no header with a right checksum at {@code position}. */
    private @Nullable Header header(long position, int sector) {
        if (position < sector || position > disk.size() - sector) {
            return null;
        }
        try {
            ByteView header = PartitionTables.view(disk, position, sector, "GPT header", new ArrayList<>());
            long size = header.u32(12);
            if (!header.ascii(0, 8).equals("EFI PART") || size < MIN_HEADER || size > sector) {
                return null;
            }
            byte[] checked = header.bytes(0, (int) size);
            checked[16] = checked[17] = checked[18] = checked[19] = 0;
            if (crc(checked) != header.u32(16)) {
                return null;
            }
            long entrySize = header.u32(84);
            long count = header.u32(80);
            if (entrySize < MIN_ENTRY || entrySize % 8 != 0) {
                throw header.broken(84, "an entry of 128 bytes or more", entrySize);
            }
            long bytes = Limits.product("GPT entries", position, count, entrySize);
            int length = Limits.allocation("GPT entries", position, bytes, MAX_TABLE);
            long at = Limits.product("GPT entries", position, header.i64(72), sector);
            ByteView table = PartitionTables.view(disk, at, length, "GPT entries", problems);
            boolean whole = crc(table.bytes(0, length)) == header.u32(88);
            return new Header(sector, (int) entrySize, (int) count, table, whole);
        } catch (FormatException e) {
            problems.add(Messages.get("volume.table-damaged", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private PartitionTable table(Header header, boolean backup) throws FormatException {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < header.entries; i++) {
            ByteView entry = header.table.slice((long) i * header.entrySize, header.entrySize, "GPT entry");
            if (entry.i64(0) == 0 && entry.i64(8) == 0) {
                continue;
            }
            long first = entry.i64(32);
            long last = entry.i64(40);
            long most = Long.MAX_VALUE / header.sector - 1;
            boolean sane = first > 0 && last >= first && last < most;
            PartitionTables.onDisk(
                            disk,
                            i + 1,
                            typeName(guid(entry)),
                            name(entry),
                            sane ? first * header.sector : -1,
                            sane ? (last - first + 1) * header.sector : -1,
                            problems)
                    .ifPresent(partitions::add);
        }
        return new PartitionTable.Gpt(header.sector, backup, List.copyOf(partitions), List.copyOf(problems));
    }

    private static String name(ByteView entry) throws FormatException {
        String name = entry.utf16(56, 36);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    /** The first three fields are little-endian, the rest is as it stands. */
    private static String guid(ByteView entry) throws FormatException {
        return "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x"
                .formatted(
                        entry.u32(0),
                        entry.u16(4),
                        entry.u16(6),
                        entry.u8(8),
                        entry.u8(9),
                        entry.u8(10),
                        entry.u8(11),
                        entry.u8(12),
                        entry.u8(13),
                        entry.u8(14),
                        entry.u8(15))
                .toUpperCase(Locale.ROOT);
    }

    private static String typeName(String guid) {
        return switch (guid) {
            case "C12A7328-F81F-11D2-BA4B-00A0C93EC93B" -> "EFI system";
            case "E3C9E316-0B5C-4DB8-817D-F92DF00215AE" -> "Microsoft reserved";
            case "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7" -> "Microsoft basic data";
            case "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC" -> "Windows recovery";
            case "5808C8AA-7E8F-42E0-85D2-E1E90434CFB3" -> "Windows dynamic disk metadata";
            case "AF9B60A0-1431-4F62-BC68-3311714A69AD" -> "Windows dynamic disk data";
            case "E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D" -> "Windows storage space";
            case "0FC63DAF-8483-4772-8E79-3D69D8477DE4" -> "Linux";
            case "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F" -> "Linux swap";
            case "E6D6D379-F507-44C2-A23C-238F2A3DF928" -> "Linux LVM";
            case "21686148-6449-6E6F-744E-656564454649" -> "BIOS boot";
            default -> guid;
        };
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
