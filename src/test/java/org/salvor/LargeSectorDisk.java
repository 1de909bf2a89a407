package org.salvor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.salvor.device.MemoryDevice;

/** A disk with a GPT whose sectors have 4096 bytes, as the tables of the UEFI specification give it, and one volume on it. */
final class LargeSectorDisk {
    private static final int SECTOR = 4096;
    private static final int FIRST = 256;
    private static final int ENTRIES = 128;
    private static final int ENTRY_SIZE = 128;
    private static final int ENTRY_SECTORS = ENTRIES * ENTRY_SIZE / SECTOR;

    /** EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, Microsoft basic data, as it lies on a disk. */
    private static final String BASIC_DATA = "a2a0d0ebe5b9334487c068b6b72699c7";

    private LargeSectorDisk() {}

    /**
     * Its sectors are said to have 512 bytes, as those of every image file.
     *
     * @param primary whether the first of the two headers is there
     */
    static MemoryDevice of(byte[] volume, boolean primary) {
        int sectors = FIRST + volume.length / SECTOR + ENTRY_SECTORS + 1;
        ByteBuffer disk = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(446 + 4, (byte) 0xEE).putInt(446 + 8, 1).putInt(446 + 12, sectors - 1);
        disk.put(510, (byte) 0x55).put(511, (byte) 0xAA);
        disk.put(FIRST * SECTOR, volume);
        ByteBuffer entries = ByteBuffer.allocate(ENTRIES * ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        entries.put(HexFormat.of().parseHex(BASIC_DATA)).put(guid(2));
        entries.putLong(FIRST).putLong(FIRST + volume.length / SECTOR - 1L);
        int last = sectors - 1;
        if (primary) {
            disk.put(SECTOR, header(1, last, 2, sectors, entries.array()));
        }
        disk.put(2 * SECTOR, entries.array());
        disk.put((last - ENTRY_SECTORS) * SECTOR, entries.array());
        disk.put(last * SECTOR, header(last, 1, last - ENTRY_SECTORS, sectors, entries.array()));
        return MemoryDevice.of(disk.array(), "large sectors");
    }

    private static byte[] header(long own, long other, long entriesAt, int sectors, byte[] entries) {
        ByteBuffer header = ByteBuffer.allocate(92).order(ByteOrder.LITTLE_ENDIAN);
        header.put("EFI PART".getBytes(StandardCharsets.US_ASCII))
                .putInt(0x00010000)
                .putInt(92)
                .putInt(0) // the checksum of all this
                .putInt(0)
                .putLong(own)
                .putLong(other)
                .putLong(2 + ENTRY_SECTORS)
                .putLong(sectors - ENTRY_SECTORS - 2L)
                .put(guid(1))
                .putLong(entriesAt)
                .putInt(ENTRIES)
                .putInt(ENTRY_SIZE)
                .putInt(checksum(entries));
        return header.putInt(16, checksum(header.array())).array();
    }

    private static byte[] guid(int last) {
        byte[] guid = new byte[16];
        guid[15] = (byte) last;
        return guid;
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
