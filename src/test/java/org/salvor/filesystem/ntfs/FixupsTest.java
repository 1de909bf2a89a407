package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FixupsTest {
    private static byte[] record(int size, int array, int count) {
        byte[] data = new byte[size];
        data[4] = (byte) array;
        data[6] = (byte) count;
        data[array] = 7;
        for (int i = 1; i <= size / 512; i++) {
            data[array + 2 * i] = (byte) (0x40 + i);
            data[i * 512 - 2] = 7;
        }
        return data;
    }

    @Test
    @DisplayName("Each 512-byte block gets its last two bytes back, in a 4 KiB record as well")
    void putsBytesBack() {
        byte[] data = record(4096, 0x30, 9);
        assertThat(Fixups.apply(data, 0, 4096)).isEqualTo(Fixups.State.VALID);
        for (int i = 1; i <= 8; i++) {
            assertThat(data[i * 512 - 2]).isEqualTo((byte) (0x40 + i));
        }
    }

    @Test
    @DisplayName("A block without the check number is a torn write; the others are still put right")
    void tornWrite() {
        byte[] data = record(1024, 0x30, 3);
        data[510] = 99;
        assertThat(Fixups.apply(data, 0, 1024)).isEqualTo(Fixups.State.TORN);
        assertThat(data[510]).isEqualTo((byte) 99);
        assertThat(data[1022]).isEqualTo((byte) 0x42);
    }

    @Test
    @DisplayName("An array that is too short or lies outside changes nothing")
    void unusable() {
        assertThat(Fixups.apply(record(1024, 0x30, 2), 0, 1024)).isEqualTo(Fixups.State.UNUSABLE);
        byte[] outside = record(1024, 0x30, 3);
        outside[4] = (byte) 0xfc;
        outside[5] = 3;
        assertThat(Fixups.apply(outside, 0, 1024)).isEqualTo(Fixups.State.UNUSABLE);
    }
}
