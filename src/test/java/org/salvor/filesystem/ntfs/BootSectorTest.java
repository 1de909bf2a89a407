package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

class BootSectorTest {
    private static ByteBuffer boot(int sectorSize, int clusterCode, long sectors, int recordCode) {
        ByteBuffer boot = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        boot.put(3, "NTFS    ".getBytes(StandardCharsets.US_ASCII));
        boot.putShort(0x0b, (short) sectorSize);
        boot.put(0x0d, (byte) clusterCode);
        boot.putLong(0x28, sectors);
        boot.putLong(0x30, 4).putLong(0x38, 8);
        boot.put(0x40, (byte) recordCode).put(0x44, (byte) 1);
        boot.putLong(0x48, 0x1c2a90b72a908e3cL);
        return boot;
    }

    private static BootSector parse(ByteBuffer boot) throws FormatException {
        return BootSector.parse(ByteView.of(boot, "boot sector", 0));
    }

    @Test
    @DisplayName("Sizes are signed: 8 sectors, 2 to the 12 sectors, 1 KiB and one-cluster records")
    void signedSizes() throws Exception {
        BootSector usual = parse(boot(512, 8, 100_000, 0xf6));
        assertThat(usual.clusterSize()).isEqualTo(4096);
        assertThat(usual.recordSize()).isEqualTo(1024);
        assertThat(usual.clusterCount()).isEqualTo(12_500);
        assertThat(usual.serialText()).isEqualTo("1c2a90b72a908e3c");
        assertThat(parse(boot(512, 0xf4, 1_000_000, 0xf6)).clusterSize()).isEqualTo(2 << 20);
        assertThat(parse(boot(4096, 1, 100_000, 1)).recordSize()).isEqualTo(4096);
    }

    @Test
    @DisplayName("A boot sector that lies about sizes is refused with the field's place")
    void lies() {
        for (ByteBuffer lie : new ByteBuffer[] {
            boot(513, 8, 100_000, 0xf6),
            boot(512, 0, 100_000, 0xf6),
            boot(512, 0x81, 100_000, 0xf6),
            boot(512, 7, 100_000, 0xf6),
            boot(512, 8, -1, 0xf6),
            boot(512, 8, Long.MAX_VALUE, 0xf6),
            boot(512, 8, 100_000, 0x80),
            boot(512, 8, 16, 0xf6)
        }) {
            assertThatThrownBy(() -> parse(lie)).isInstanceOf(FormatException.class);
        }
    }
}
