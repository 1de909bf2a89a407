package org.salvor.filesystem.ntfs;

import java.util.Locale;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;

/**
 * The boot sector of an NTFS volume: its first sector, and as a backup the sector behind its last one (docs/formats/ntfs.md,
 * section 1).
 *
 * @param sectorSize bytes, 512 to 4096
 * @param clusterSize bytes, 512 to 2 MiB
 * @param totalSectors sectors of the volume, the backup boot sector not counted
 * @param mftCluster first cluster of $MFT
 * @param mirrorCluster first cluster of $MFTMirr
 * @param recordSize bytes of a FILE record, 512 to 64 KiB
 * @param indexSize bytes of an index block, 512 to 2 MiB
 */
record BootSector(
        int sectorSize,
        int clusterSize,
        long totalSectors,
        long mftCluster,
        long mirrorCluster,
        int recordSize,
        int indexSize,
        long serial) {
    static final int SIZE = 512;
    private static final int MAX_CLUSTER = 2 << 20;
    private static final int MAX_RECORD = 64 << 10;

    static BootSector parse(ByteView boot) throws FormatException {
        if (!boot.ascii(3, 8).equals("NTFS    ")) {
            throw boot.broken(3, "\"NTFS\"", "something else");
        }
        int sector = boot.u16(0x0b);
        if (sector < 512 || sector > 4096 || Integer.bitCount(sector) != 1) {
            throw boot.broken(0x0b, "512, 1024, 2048 or 4096 bytes a sector", sector);
        }
        int cluster = clusterSize(boot, sector);
        long total = boot.i64(0x28);
        if (total < 16) {
            throw boot.broken(0x28, "16 sectors or more", total);
        }
        Limits.product(boot.structure(), boot.position(), total, sector);
        long clusters = total * sector / cluster;
        long mft = boot.i64(0x30);
        long mirror = boot.i64(0x38);
        if (mft < 0 || mft >= clusters) {
            throw boot.broken(0x30, "a cluster of the volume", mft);
        }
        int record = structureSize(boot, 0x40, cluster, MAX_RECORD);
        int index = structureSize(boot, 0x44, cluster, MAX_CLUSTER);
        return new BootSector(
                sector,
                cluster,
                total,
                mft,
                mirror < 0 || mirror >= clusters ? -1 : mirror,
                record,
                index,
                boot.i64(0x48));
    }

    /** Sectors a cluster: 1 to 128, or as a signed byte -n for 2^n sectors. */
    private static int clusterSize(ByteView boot, int sector) throws FormatException {
        int code = boot.u8(0x0d);
        long sectors = code <= 0x80 ? code : 1L << Math.min(256 - code, 40);
        long size = sectors * sector;
        if (sectors == 0 || Long.bitCount(sectors) != 1 || size > MAX_CLUSTER) {
            throw boot.broken(0x0d, "a cluster of at most 2 MiB", code);
        }
        return (int) size;
    }

    /** A signed byte: n clusters, or -n for 2^n bytes. */
    private static int structureSize(ByteView boot, int at, int cluster, int max) throws FormatException {
        byte code = (byte) boot.u8(at);
        long size = code > 0 ? (long) code * cluster : 1L << Math.min(-code, 40);
        if (size < 512 || size > max || Long.bitCount(size) != 1) {
            throw boot.broken(at, "a size of 512 to " + max, code);
        }
        return (int) size;
    }

    long clusterCount() {
        return totalSectors * sectorSize / clusterSize;
    }

    /** Bytes of the volume, the backup boot sector not counted. */
    long volumeSize() {
        return totalSectors * sectorSize;
    }

    String serialText() {
        return String.format(Locale.ROOT, "%016x", serial);
    }
}
