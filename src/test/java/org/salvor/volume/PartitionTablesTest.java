package org.salvor.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;

class PartitionTablesTest {
    private static final long MIB = 1 << 20;

    static byte[] image(String name) throws Exception {
        Path file = Path.of("src", "test", "resources", "images", name + ".img.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            in.transferTo(out);
            return out.toByteArray();
        }
    }

    private static PartitionTable read(byte[] disk) {
        return PartitionTables.read(MemoryDevice.of(disk, "disk"));
    }

    private static ByteBuffer fields(byte[] disk) {
        return ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void primaryAndLogicalPartitionsAreListedWithTheirLinuxNumbers() throws Exception {
        byte[] disk = image("parts-mbr");
        PartitionTable table = read(disk);
        assertThat(table).isInstanceOf(PartitionTable.Mbr.class);
        assertThat(table.sectorSize()).isEqualTo(512);
        assertThat(table.problems()).isEmpty();
        assertThat(table.partitions())
                .containsExactly(
                        new Partition(1, "NTFS, exFAT (07)", "", MIB, 8 * MIB, false),
                        new Partition(2, "Linux (83)", "", 9 * MIB, 2 * MIB, false),
                        new Partition(5, "NTFS, exFAT (07)", "", 12 * MIB, 8 * MIB, false),
                        new Partition(6, "FAT (0c)", "", 21 * MIB, 4 * MIB, false),
                        new Partition(7, "NTFS, exFAT (07)", "", 26 * MIB, 6 * MIB, false));
        assertThat(PartitionTables.bootSector(MemoryDevice.of(disk, "disk"), 12 * MIB))
                .contains(new BootSector(BootSector.Kind.NTFS, 512));
    }

    @Test
    void aGptIsListedWithNamesAndSlotNumbers() throws Exception {
        PartitionTable table = read(image("parts-gpt512"));
        assertThat(table)
                .isInstanceOfSatisfying(
                        PartitionTable.Gpt.class,
                        gpt -> assertThat(gpt.fromBackup()).isFalse());
        assertThat(table.problems()).isEmpty();
        assertThat(table.partitions())
                .containsExactly(
                        new Partition(1, "EFI system", "EFI", MIB, MIB, false),
                        new Partition(3, "Microsoft basic data", "Daten äöü", 3 * MIB, 8 * MIB, false),
                        new Partition(4, "Linux", "linux", 12 * MIB, 2 * MIB, false));
    }

    @Test
    void aGptOfLargeSectorsIsKnownThoughTheImageDoesNotTell() throws Exception {
        PartitionTable table = read(image("parts-gpt4096"));
        assertThat(table.sectorSize()).isEqualTo(4096);
        assertThat(table.partitions())
                .containsExactly(
                        new Partition(1, "Microsoft basic data", "large sectors", MIB, 4 * MIB, false),
                        new Partition(2, "Linux", "two", 8 * MIB, MIB, false));
    }

    @Test
    void theCopyAtTheEndServesWhereTheStartIsLost() throws Exception {
        PartitionTable table = read(image("parts-gptbackup"));
        assertThat(table)
                .isInstanceOfSatisfying(
                        PartitionTable.Gpt.class,
                        gpt -> assertThat(gpt.fromBackup()).isTrue());
        assertThat(table.partitions()).isEqualTo(read(image("parts-gpt512")).partitions());
        assertThat(table.problems()).hasSize(1);
    }

    @Test
    void whereBothCopiesAreLostNothingIsInvented() throws Exception {
        byte[] disk = image("parts-gpt512");
        disk[512] = 0;
        disk[disk.length - 512] = 0;
        PartitionTable table = read(disk);
        assertThat(table.partitions()).isEmpty();
        assertThat(table.problems()).singleElement().asString().contains("both copies");
    }

    @Test
    void aDamagedEntryMakesTheCopyServe() throws Exception {
        byte[] disk = image("parts-gpt512");
        disk[2 * 512 + 40] ^= 1;
        PartitionTable table = read(disk);
        assertThat(table)
                .isInstanceOfSatisfying(
                        PartitionTable.Gpt.class,
                        gpt -> assertThat(gpt.fromBackup()).isTrue());
        assertThat(table.partitions()).isEqualTo(read(image("parts-gpt512")).partitions());
    }

    @Test
    void unreadableFirstSectorsMakeTheCopyServe() throws Exception {
        FaultyDevice disk = new FaultyDevice(MemoryDevice.of(image("parts-gpt512"), "disk")).failing(0, 4096);
        PartitionTable table = PartitionTables.read(disk);
        assertThat(table.partitions()).hasSize(3);
        assertThat(table.problems()).hasSizeGreaterThan(1);
    }

    @Test
    void aVolumeFromByteZeroOnIsNoPartitionTable() throws Exception {
        assertThat(read(image("volume-ntfs")))
                .isInstanceOfSatisfying(
                        PartitionTable.None.class,
                        none -> assertThat(none.volume()).contains(new BootSector(BootSector.Kind.NTFS, 512)));
    }

    @Test
    void theSignatureAloneIsNoPartitionTable() {
        byte[] disk = new byte[1 << 20];
        new Random(1).nextBytes(disk);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        assertThat(read(disk)).isInstanceOf(PartitionTable.None.class);
        byte[] zeros = new byte[1 << 20];
        zeros[510] = 0x55;
        zeros[511] = (byte) 0xaa;
        assertThat(read(zeros)).isInstanceOf(PartitionTable.None.class);
    }

    @Test
    void tinyAndEmptyDisksHaveNoTable() {
        for (int size : new int[] {0, 1, 511, 512, 513, 4096}) {
            assertThat(read(new byte[size])).isInstanceOf(PartitionTable.None.class);
        }
    }

    @Test
    void aChainThatRunsInACircleEnds() throws Exception {
        byte[] disk = image("parts-mbr");
        // the link of the first extended boot record (at 11 MiB) leads back to itself
        ByteBuffer record = fields(disk);
        int link = (int) (11 * MIB) + 446 + 16;
        record.putInt(link + 8, 0);
        PartitionTable table = read(disk);
        assertThat(table.partitions()).extracting(Partition::index).containsExactly(1, 2, 5);
        assertThat(table.problems()).hasSize(1);
    }

    @Test
    void anExtendedPartitionInsideTheChainIsFollowed() throws Exception {
        byte[] disk = image("parts-mbr");
        // slot 3 of the first extended boot record leads to one more record at 11 MiB + 200 sectors
        ByteBuffer record = fields(disk);
        int slot = (int) (11 * MIB) + 446 + 32;
        record.put(slot + 4, (byte) 5).putInt(slot + 8, 200).putInt(slot + 12, 1000);
        int nested = (int) (11 * MIB) + 200 * 512;
        record.put(nested + 446 + 4, (byte) 7).putInt(nested + 446 + 8, 63).putInt(nested + 446 + 12, 500);
        record.putShort(nested + 510, (short) 0xaa55);
        PartitionTable table = read(disk);
        assertThat(table.problems()).isEmpty();
        assertThat(table.partitions())
                .hasSize(6)
                .anyMatch(p -> p.offset() == 11 * MIB + (200 + 63) * 512 && p.length() == 500 * 512);
    }

    @Test
    void whatLeavesTheDiskIsCutOrLeftOutAndTold() throws Exception {
        byte[] disk = image("parts-mbr");
        fields(disk).putInt(446 + 12, 0x7fff_ffff).putInt(446 + 16 + 8, 0xf000_0000);
        PartitionTable table = read(disk);
        assertThat(table.partitions().getFirst())
                .isEqualTo(new Partition(1, "NTFS, exFAT (07)", "", MIB, 31 * MIB, true));
        assertThat(table.partitions()).extracting(Partition::index).containsExactly(1, 5, 6, 7);
        assertThat(table.problems()).hasSize(2);
    }

    @Test
    void anMbrOfLargeSectorsIsKnownByItsVolume() throws Exception {
        byte[] volume = image("sector4k");
        byte[] disk = new byte[256 * 4096 + volume.length];
        System.arraycopy(volume, 0, disk, 256 * 4096, volume.length);
        fields(disk)
                .put(446 + 4, (byte) 7)
                .putInt(446 + 8, 256)
                .putInt(446 + 12, volume.length / 4096)
                .putShort(510, (short) 0xaa55);
        PartitionTable table = read(disk);
        assertThat(table.sectorSize()).isEqualTo(4096);
        assertThat(table.partitions())
                .containsExactly(new Partition(1, "NTFS, exFAT (07)", "", MIB, volume.length, false));
    }

    @Test
    void thousandsOfDamagedTablesAreReadWithoutHarm() throws Exception {
        Random random = new Random(99);
        for (String name : List.of("parts-mbr", "parts-gpt512", "parts-gpt4096", "parts-gptbackup")) {
            byte[] whole = image(name);
            int[] hot = {0, 446, 512, 1024, 4096, 8192, (int) (11 * MIB), whole.length - 512, whole.length - 4096};
            int listed = 0;
            for (int round = 0; round < 150; round++) {
                List<Integer> changed = new java.util.ArrayList<>();
                List<Byte> before = new java.util.ArrayList<>();
                for (int i = 0; i < 1 + random.nextInt(6); i++) {
                    int at = Math.min(whole.length - 1, hot[random.nextInt(hot.length)] + random.nextInt(512));
                    changed.add(at);
                    before.add(whole[at]);
                    whole[at] = (byte) random.nextInt(256);
                }
                listed += PartitionTables.read(MemoryDevice.sparse(
                                whole.length,
                                512,
                                "disk",
                                List.of(
                                        new MemoryDevice.Piece(0, java.util.Arrays.copyOf(whole, 65_536)),
                                        new MemoryDevice.Piece(
                                                11 * MIB, java.util.Arrays.copyOfRange(whole, (int) (11 * MIB), (int)
                                                        (11 * MIB + 4096))),
                                        new MemoryDevice.Piece(
                                                whole.length - 65_536,
                                                java.util.Arrays.copyOfRange(
                                                        whole, whole.length - 65_536, whole.length)))))
                        .partitions()
                        .size();
                for (int i = changed.size() - 1; i >= 0; i--) {
                    whole[changed.get(i)] = before.get(i);
                }
            }
            assertThat(listed).as(name).isPositive();
        }
    }

    @Test
    void volumesThatNoTableNamesAreFound() throws Exception {
        List<LostVolumes.LostVolume> found =
                LostVolumes.sweep(MemoryDevice.of(image("parts-lost"), "disk"), List.of(), (done, total) -> {});
        assertThat(found)
                .containsExactly(
                        new LostVolumes.LostVolume(MIB, 8 * MIB, 512, false, false, true),
                        new LostVolumes.LostVolume(9 * MIB, 8 * MIB, 512, true, false, true));
    }

    @Test
    void knownVolumesAreNotSweptAgain() throws Exception {
        FaultyDevice disk = new FaultyDevice(MemoryDevice.of(image("parts-lost"), "disk"));
        List<LostVolumes.LostVolume> found =
                LostVolumes.sweep(disk, List.of(new LostVolumes.Known(MIB, 8 * MIB)), (done, total) -> {});
        assertThat(found).extracting(LostVolumes.LostVolume::offset).containsExactly(9 * MIB);
        assertThat(disk.bytesRead()).isBetween(16 * MIB, 16 * MIB + 65_536);
    }

    @Test
    void aBootSectorThatLiesIsNoVolume() throws Exception {
        byte[] disk = image("parts-lost");
        fields(disk).putLong((int) MIB + 40, Long.MAX_VALUE / 512);
        assertThat(LostVolumes.sweep(MemoryDevice.of(disk, "disk"), List.of(), (done, total) -> {}))
                .extracting(LostVolumes.LostVolume::offset)
                .allMatch(offset -> offset == MIB || offset == 9 * MIB);
        assertThat(Optional.of(read(disk))).get().isInstanceOf(PartitionTable.None.class);
    }
}
