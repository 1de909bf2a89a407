package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.salvor.fault.RecoveryException;

/** FILE records of an image, to be changed: of 1 KiB each, in sectors of 512 bytes. */
public final class FileRecords {
    public static final int SIZE = 1024;
    private static final int RESIDENT_HEADER = 0x18;

    private final EditableImage image;

    public FileRecords(EditableImage image) {
        this.image = image;
    }

    /** The record at a position of the image, its fixups undone. */
    public ByteBuffer read(long position) throws RecoveryException {
        ByteBuffer record = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        image.read(position, record);
        record.clear();
        int array = record.getShort(4);
        for (int sector = 1; sector < record.getShort(6); sector++) {
            record.putShort(sector * 512 - 2, record.getShort(array + 2 * sector));
        }
        return record;
    }

    /** Puts a record there, with fixups of its own. */
    public void write(long position, ByteBuffer record) {
        int array = record.getShort(4);
        record.putShort(array, (short) 0x5a5a);
        for (int sector = 1; sector < record.getShort(6); sector++) {
            record.putShort(array + 2 * sector, record.getShort(sector * 512 - 2));
            record.putShort(sector * 512 - 2, (short) 0x5a5a);
        }
        image.set(position, record.array());
    }

    /** Where the first attribute of a type begins; -1 as a type is the end of all. */
    public static int attribute(ByteBuffer record, int type) {
        int at = record.getShort(0x14);
        while (record.getInt(at) != type) {
            at += record.getInt(at + 4);
        }
        return at;
    }

    /** Makes room for a resident attribute without a name before the one that begins there. @param value a multiple of eight bytes */
    public static void insert(ByteBuffer record, int at, int type, byte[] value) {
        int used = record.getInt(0x18);
        int length = RESIDENT_HEADER + value.length;
        byte[] behind = new byte[used - at];
        record.get(at, behind);
        record.put(at, new byte[length]);
        record.putInt(at, type).putInt(at + 4, length);
        record.putInt(at + 0x10, value.length).putShort(at + 0x14, (short) RESIDENT_HEADER);
        record.put(at + RESIDENT_HEADER, value);
        record.put(at + length, behind);
        record.putInt(0x18, used + length);
        assertThat(used + length).isLessThan(SIZE);
    }
}
