package org.salvor.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.salvor.device.BlockDevice;
import org.salvor.device.SliceDevice;
import org.salvor.fault.CancelledException;

/**
 * Finds NTFS volumes that no partition table names, by their boot sector or by its copy in the last sector of the volume. One linear
 * pass over what no known volume covers.
 */
public final class LostVolumes {
    private static final int SECTOR = 512;
    private static final int BUFFER = 1 << 20;
    private static final long OEM_ID = 0x2020_2020_5346_544eL;
    private static final int FILE = 0x454c_4946;

    /** A disk full of boot sectors is a trap; beyond so many they are not looked at. */
    private static final int MAX_HITS = 10_000;

    /**
     * A volume that was found.
     *
     * @param offset first byte on the disk
     * @param length in bytes, as its boot sector says, cut to the disk
     * @param fromBackup its first sector is lost; the copy told of it
     * @param cut whether the disk ends before the volume
     * @param confirmed whether its file table begins where it says
     */
    public record LostVolume(
            long offset, long length, int sectorSize, boolean fromBackup, boolean cut, boolean confirmed) {
        /** The volume as a device; closing it leaves the disk open. */
        public BlockDevice open(BlockDevice disk) {
            return new SliceDevice(disk, offset, length, sectorSize, disk.describe() + ", " + offset / SECTOR);
        }
    }

    /** A part of the disk that belongs to a known volume. */
    public record Known(long offset, long length) {}

    /** Hears how far the sweep is, and may stop it. Called at least once a mebibyte. */
    @FunctionalInterface
    public interface Watcher {
        void swept(long bytesDone, long bytesTotal) throws CancelledException;
    }

    private final BlockDevice disk;
    private final List<Known> known;
    private final Watcher watcher;
    private final List<NtfsHit> hits = new ArrayList<>();

    private LostVolumes(BlockDevice disk, List<Known> known, Watcher watcher) {
        this.disk = disk;
        this.known =
                known.stream().sorted(Comparator.comparingLong(Known::offset)).toList();
        this.watcher = watcher;
    }

    /**
     * Sweeps {@code disk}, except what {@code known} volumes cover. Sectors that cannot be read are passed over.
     *
     * @return in order of their place, each once
     */
    public static List<LostVolume> sweep(BlockDevice disk, List<Known> known, Watcher watcher)
            throws CancelledException {
        return new LostVolumes(disk, known, watcher).run();
    }

    private List<LostVolume> run() throws CancelledException {
        long at = 0;
        for (Known volume : known) {
            range(at, volume.offset());
            at = Math.max(at, volume.offset() + volume.length());
        }
        range(at, disk.size());
        Map<Long, LostVolume> found = new TreeMap<>();
        for (NtfsHit hit : hits) {
            judge(hit).ifPresent(volume -> found.merge(volume.offset, volume, LostVolumes::better));
        }
        List<LostVolume> confirmed =
                found.values().stream().filter(LostVolume::confirmed).toList();
        // a stray boot sector inside a volume that is really there is a copy of something
        found.values()
                .removeIf(volume -> !volume.confirmed
                        && confirmed.stream()
                                .anyMatch(real ->
                                        volume.offset >= real.offset && volume.offset < real.offset + real.length));
        return List.copyOf(found.values());
    }

    private void range(long from, long to) throws CancelledException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = Math.ceilDiv(from, SECTOR) * (long) SECTOR; at + SECTOR <= to && hits.size() < MAX_HITS; ) {
            watcher.swept(at, disk.size());
            int length = (int) Math.min(BUFFER, (to - at) / SECTOR * SECTOR);
            disk.readAround(at, buffer.clear().limit(length), (position, bytes, cause) -> {});
            for (int sector = 0; sector < length; sector += SECTOR) {
                if (buffer.getLong(sector + 3) == OEM_ID && hits.size() < MAX_HITS) {
                    NtfsHit.of(buffer, sector, at + sector).ifPresent(hits::add);
                }
            }
            at += length;
        }
    }

    /** The first sector of a volume, or the copy in its last: the file table decides, else the first. */
    private Optional<LostVolume> judge(NtfsHit hit) {
        if (hasTable(hit, hit.position)) {
            return Optional.of(volume(hit, hit.position, false, true));
        }
        long start = hit.position - hit.sectors * hit.sectorSize;
        if (start >= 0 && isFree(start) && hasTable(hit, start)) {
            return Optional.of(volume(hit, start, true, true));
        }
        return Optional.of(volume(hit, hit.position, false, false));
    }

    private boolean isFree(long position) {
        return known.stream().noneMatch(v -> position >= v.offset() && position < v.offset() + v.length());
    }

    private boolean hasTable(NtfsHit hit, long start) {
        return isFileRecord(start + hit.mft) || isFileRecord(start + hit.mirror);
    }

    private boolean isFileRecord(long position) {
        if (position < 0 || position > disk.size() - SECTOR) {
            return false;
        }
        ByteBuffer record = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        disk.readAround(position, record, (at, bytes, cause) -> {});
        return record.getInt(0) == FILE;
    }

    private LostVolume volume(NtfsHit hit, long start, boolean fromBackup, boolean confirmed) {
        long length = (hit.sectors + 1) * hit.sectorSize;
        long held = Math.min(length, disk.size() - start);
        return new LostVolume(start, held, hit.sectorSize, fromBackup, held < length, confirmed);
    }

    private static LostVolume better(LostVolume a, LostVolume b) {
        if (a.confirmed != b.confirmed) {
            return a.confirmed ? a : b;
        }
        return a.fromBackup ? b : a;
    }

    /**
     * A sector that looks like the boot sector of an NTFS volume.
     *
     * @param sectors of the volume, without the copy of the boot sector
     * @param mft bytes from the start of the volume to its file table
     * @param mirror the same for the copy of its first records
     */
    private record NtfsHit(long position, int sectorSize, long sectors, long mft, long mirror) {
        /** Only a volume whose numbers fit together is believed. */
        static Optional<NtfsHit> of(ByteBuffer buffer, int at, long position) {
            int sectorSize = buffer.getShort(at + 11) & 0xffff;
            int perCluster = buffer.get(at + 13) & 0xff;
            // above 128 the byte is the negative of an exponent
            long cluster = perCluster > 128
                    ? (long) sectorSize << Math.min(31, 256 - perCluster)
                    : (long) sectorSize * perCluster;
            long sectors = buffer.getLong(at + 40);
            long mft = buffer.getLong(at + 48);
            long mirror = buffer.getLong(at + 56);
            boolean sane = buffer.getShort(at + 510) == (short) 0xaa55
                    && Integer.bitCount(sectorSize) == 1
                    && sectorSize >= SECTOR
                    && sectorSize <= 4096
                    && Long.bitCount(cluster) == 1
                    && cluster <= 2 << 20
                    && sectors > 0
                    && sectors < Long.MAX_VALUE / sectorSize / 2;
            if (!sane) {
                return Optional.empty();
            }
            long clusters = sectors * sectorSize / cluster;
            return mft > 0 && mft < clusters && mirror > 0 && mirror < clusters
                    ? Optional.of(new NtfsHit(position, sectorSize, sectors, mft * cluster, mirror * cluster))
                    : Optional.empty();
        }
    }
}
