package org.salvor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;

class ImagesTest {
    @TempDir
    Path folder;

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    static byte[] read(BlockDevice device, long position, int length) throws SourceReadException {
        ByteBuffer target = ByteBuffer.allocate(length + 2).position(1).limit(length + 1);
        device.read(position, target);
        assertThat(target.position()).isEqualTo(length + 1);
        return Arrays.copyOfRange(target.array(), 1, length + 1);
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void aRawImageGivesItsBytes() throws Exception {
        byte[] content = noise(3 << 20);
        try (BlockDevice image = Images.open(file("disk.img", content))) {
            assertThat(image.size()).isEqualTo(content.length);
            assertThat(image.sectorSize()).isEqualTo(512);
            assertThat(read(image, 0, content.length)).isEqualTo(content);
            assertThat(read(image, 12_345, 1_500_000)).isEqualTo(Arrays.copyOfRange(content, 12_345, 1_512_345));
            assertThat(read(image, content.length, 0)).isEmpty();
        }
    }

    @Test
    void anImageWhoseEndsCannotBeReadIsReadInBetween() throws Exception {
        byte[] content = noise(64 << 10);
        BlockDevice failing = new FaultyDevice(MemoryDevice.of(content, "disk.img"))
                .failing(0, 512)
                .failing(content.length - 512, 512);
        try (BlockDevice image = Images.recognise(failing, folder.resolve("disk.img"))) {
            assertThat(image.size()).isEqualTo(content.length);
            assertThat(read(image, 512, 1024)).isEqualTo(Arrays.copyOfRange(content, 512, 1536));
        }
    }

    @Test
    void aReadPastTheEndIsAnError() throws Exception {
        try (BlockDevice image = Images.open(file("disk.img", noise(1000)))) {
            assertThatThrownBy(() -> read(image, 512, 512)).isInstanceOfSatisfying(SourceReadException.class, e -> {
                assertThat(e.position()).isEqualTo(512);
                assertThat(e).hasMessageContaining("ends at byte 1000");
            });
            assertThatThrownBy(() -> read(image, -1, 1)).isInstanceOf(SourceReadException.class);
            assertThatThrownBy(() -> read(image, Long.MAX_VALUE, 512)).isInstanceOf(SourceReadException.class);
        }
    }

    @Test
    void anImageThatShrinksWhileItIsReadIsAnError() throws Exception {
        Path file = file("disk.img", noise(8192));
        try (BlockDevice image = Images.open(file)) {
            Files.write(file, noise(4096));
            assertThatThrownBy(() -> read(image, 0, 8192))
                    .isInstanceOf(SourceReadException.class)
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheImageForOthers() throws Exception {
        byte[] content = noise(100_000);
        try (BlockDevice image = Images.open(file("disk.img", content))) {
            Thread.currentThread().interrupt();
            assertThat(read(image, 0, 100_000)).isEqualTo(content);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read(image, 0, 100_000)).isEqualTo(content);
        }
    }

    @Test
    void partsAreReadAsOneDiskWhicheverIsGiven() throws Exception {
        byte[] content = noise(10_000);
        Path first = file("disk.dd.001", Arrays.copyOfRange(content, 0, 4000));
        Path second = file("disk.dd.002", Arrays.copyOfRange(content, 4000, 8000));
        file("disk.dd.003", Arrays.copyOfRange(content, 8000, 10_000));
        file("other.002", noise(10));
        for (Path given : List.of(first, second)) {
            try (BlockDevice image = Images.open(given)) {
                assertThat(image.size()).isEqualTo(10_000);
                assertThat(read(image, 0, 10_000)).isEqualTo(content);
                assertThat(read(image, 3999, 4002)).isEqualTo(Arrays.copyOfRange(content, 3999, 8001));
            }
        }
    }

    @Test
    void partsMayBeginWithZero() throws Exception {
        byte[] content = noise(1500);
        file("disk.000", Arrays.copyOfRange(content, 0, 1000));
        try (BlockDevice image = Images.open(file("disk.001", Arrays.copyOfRange(content, 1000, 1500)))) {
            assertThat(read(image, 0, 1500)).isEqualTo(content);
        }
    }

    @Test
    void aMissingPartIsNamed() throws Exception {
        Path first = file("disk.001", noise(512));
        file("disk.003", noise(512));
        assertThatThrownBy(() -> Images.open(first))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("disk.002");
    }

    @Test
    void onlyTheLastPartMayBeShort() throws Exception {
        Path first = file("disk.001", noise(1024));
        file("disk.002", noise(512));
        file("disk.003", noise(1024));
        assertThatThrownBy(() -> Images.open(first))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("disk.002");
    }

    @Test
    void aNumberAtTheEndOfANameAloneMakesNoSplitImage() throws Exception {
        try (BlockDevice image = Images.open(file("backup.2024", noise(700)))) {
            assertThat(image.size()).isEqualTo(700);
        }
    }

    @Test
    void aFixedVhdIsTheDiskBeforeItsFooter() throws Exception {
        byte[] vhd = noise(4096 + 512);
        ByteBuffer footer = ByteBuffer.wrap(vhd, 4096, 512).slice();
        footer.put(0, "conectix".getBytes(StandardCharsets.US_ASCII))
                .putLong(48, 4096)
                .putInt(60, 2);
        try (BlockDevice image = Images.open(file("disk.vhd", vhd))) {
            assertThat(image.size()).isEqualTo(4096);
            assertThat(read(image, 0, 4096)).isEqualTo(Arrays.copyOf(vhd, 4096));
        }
    }

    @Test
    void whatCannotBeOpenedYetIsNamedInPlainWords() throws Exception {
        record Case(String start, String word) {}
        for (Case c : List.of(
                new Case("conectix", "VHD"),
                new Case("vhdxfile", "VHDX"),
                new Case("EVF\t\r\n\u00ff\0", "E01"),
                new Case("KDMV", "VMDK"),
                new Case("QFI\u00fb", "qcow2"),
                new Case("\u001f\u008b\b\0", "gzip"),
                new Case("\u00fd7zXZ\0", "xz"))) {
            byte[] content = Arrays.copyOf(c.start.getBytes(StandardCharsets.ISO_8859_1), 2048);
            Path file = file("image", content);
            assertThatThrownBy(() -> Images.open(file))
                    .as(c.word)
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(c.word);
        }
    }

    @Test
    void nothingEmptyMissingOrNotAFileIsOpened() throws Exception {
        Path empty = file("empty", new byte[0]);
        for (Path path : List.of(empty, folder, folder.resolve("nowhere"), Path.of("/dev/null"))) {
            assertThatThrownBy(() -> Images.open(path))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void aPackedImageIsUnpackedIntoMemory() throws Exception {
        byte[] content = new byte[1_000_000];
        System.arraycopy(noise(5000), 0, content, 600_001, 5000);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        MemoryDevice disk = MemoryDevice.gunzip(new ByteArrayInputStream(packed.toByteArray()), 512, "practice");
        assertThat(disk.size()).isEqualTo(content.length);
        assertThat(read(disk, 0, content.length)).isEqualTo(content);
        assertThatThrownBy(() -> read(disk, 999_999, 2)).isInstanceOf(SourceReadException.class);
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        assertThatThrownBy(() -> MemoryDevice.gunzip(new ByteArrayInputStream(half), 512, "practice"))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> MemoryDevice.gunzip(new ByteArrayInputStream(content), 512, "practice"))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void aSparseDiskHoldsItsPieces() throws Exception {
        byte[] piece = noise(10_000);
        MemoryDevice disk =
                MemoryDevice.sparse(1L << 40, 4096, "large", List.of(new MemoryDevice.Piece((1L << 39) + 5, piece)));
        assertThat(disk.size()).isEqualTo(1L << 40);
        assertThat(read(disk, (1L << 39) + 5, 10_000)).isEqualTo(piece);
        assertThat(read(disk, (1L << 40) - 8, 8)).containsOnly(0);
    }

    @Test
    void aSliceTellsItsOwnPositions() throws Exception {
        FaultyDevice faulty = new FaultyDevice(MemoryDevice.of(noise(8192), "disk")).failing(2048, 512);
        SliceDevice slice = new SliceDevice(faulty, 1024, 20_000, 512, "part");
        assertThatThrownBy(() -> read(slice, 1024, 512))
                .isInstanceOfSatisfying(
                        SourceReadException.class, e -> assertThat(e.position()).isEqualTo(1024));
        ByteBuffer target = ByteBuffer.allocate(20_100);
        List<String> told = new java.util.ArrayList<>();
        new SliceDevice(new ResilientDevice(faulty), 1024, 20_000, 512, "part")
                .readAround(0, target, (at, length, cause) -> told.add(at + "+" + length));
        assertThat(told).containsExactly("1024+512", "7168+12832", "20000+100");
        assertThat(target.hasRemaining()).isFalse();
        assertThat(Arrays.copyOf(target.array(), 1024)).isEqualTo(Arrays.copyOfRange(noise(8192), 1024, 2048));
    }
}
