package org.salvor.volume;

import java.util.Optional;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * What a boot sector says at first sight: enough to tell a volume from a partition table. Its file system judges it closer.
 *
 * @param sectorSize in bytes, as the volume was formatted
 */
public record BootSector(Kind kind, int sectorSize) {
    /** Kinds of volumes that are known by their first sector. */
    public enum Kind {
        NTFS("NTFS"),
        EXFAT("exFAT"),
        FAT("FAT"),
        BITLOCKER("BitLocker");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final int JUMP_SHORT = 0xeb;
    private static final int JUMP_NEAR = 0xe9;

    /** @param sector at least 512 bytes */
    static Optional<BootSector> of(ByteView sector) throws FormatException {
        if (sector.u16(510) != 0xaa55) {
            return Optional.empty();
        }
        int bytes = sector.u16(11);
        boolean sane = bytes >= 512 && bytes <= 4096 && Integer.bitCount(bytes) == 1;
        return switch (sector.ascii(3, 8)) {
            case "NTFS    " -> Optional.of(new BootSector(Kind.NTFS, sane ? bytes : 512));
            case "EXFAT   " -> {
                int shift = sector.u8(108);
                yield Optional.of(new BootSector(Kind.EXFAT, shift >= 9 && shift <= 12 ? 1 << shift : 512));
            }
            case "-FVE-FS-" -> Optional.of(new BootSector(Kind.BITLOCKER, sane ? bytes : 512));
            default -> sane && looksLikeFat(sector) ? Optional.of(new BootSector(Kind.FAT, bytes)) : Optional.empty();
        };
    }

    /** Cluster size, FATs, reserved sectors and medium as the FAT specification wants them, behind a jump. */
    private static boolean looksLikeFat(ByteView sector) throws FormatException {
        int jump = sector.u8(0);
        int cluster = sector.u8(13);
        int fats = sector.u8(16);
        int medium = sector.u8(21);
        return (jump == JUMP_SHORT || jump == JUMP_NEAR)
                && Integer.bitCount(cluster) == 1
                && fats >= 1
                && fats <= 2
                && sector.u16(14) != 0
                && (medium == 0xf0 || medium >= 0xf8);
    }
}
