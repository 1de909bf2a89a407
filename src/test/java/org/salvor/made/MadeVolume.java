package org.salvor.made;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;

/**
 * An NTFS volume with clusters of 4 KiB whose pieces of 1 KiB are made when they are read, so that it may be as large as it likes:
 * boot sector, $MFT from cluster 4 on, $Bitmap that says all is free, root; everything else is the test's.
 */
public final class MadeVolume implements BlockDevice {
    public static final int CLUSTER = 4096;
    public static final long TABLE = 4L * CLUSTER;

    /** Records of the file system itself come before this number. */
    public static final long FIRST_FILE = 24;

    private static final int PIECE = MadeRecord.SIZE;

    private final long clusters;
    private final long records;
    private final long bitmapAt;
    private final LongFunction<byte @Nullable []> made;
    private final LongFunction<byte @Nullable []> outside;

    /**
     * @param records in the table
     * @param made the record of a number from {@link #FIRST_FILE} on
     * @param free pieces of 1 KiB behind the table
     * @param outside what lies in them, by their number; null for zeros
     */
    public MadeVolume(
            long records, LongFunction<byte @Nullable []> made, long free, LongFunction<byte @Nullable []> outside) {
        this.records = Math.ceilDiv(records, 4L) * 4;
        this.made = made;
        this.outside = outside;
        long freeClusters = Math.ceilDiv(free, 4L);
        long used = 4 + this.records / 4 + freeClusters;
        long bitmapClusters = used / 8 / CLUSTER + 2;
        bitmapAt = used;
        clusters = used + bitmapClusters + 1;
    }

    /** Clusters of the volume. */
    public long clusters() {
        return clusters;
    }

    /** The first cluster behind the table. */
    public long firstFree() {
        return 4 + records / 4;
    }

    /** One run in hexadecimal, as a first run of a list. */
    public static String run(long length, long cluster) {
        ByteBuffer bytes = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x88).putLong(length).putLong(cluster);
        return HexFormat.of().formatHex(bytes.array());
    }

    @Override
    public long size() {
        return clusters * CLUSTER;
    }

    @Override
    public int sectorSize() {
        return 512;
    }

    @Override
    public String describe() {
        return "made";
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        if (position < 0 || position > size() - target.remaining()) {
            throw new SourceReadException(position, target.remaining(), "past the end", null);
        }
        byte[] zeros = new byte[PIECE];
        for (long at = position; target.hasRemaining(); ) {
            byte[] piece = piece(at / PIECE);
            int from = (int) (at % PIECE);
            int length = Math.min(PIECE - from, target.remaining());
            target.put(piece == null ? zeros : piece, from, length);
            at += length;
        }
    }

    private byte @Nullable [] piece(long index) {
        long record = index - TABLE / PIECE;
        if (index == 0) {
            return boot();
        }
        if (record >= 0 && record < FIRST_FILE && record < records) {
            return system(record);
        }
        if (record >= FIRST_FILE && record < records) {
            return made.apply(record);
        }
        long free = record - records;
        return free >= 0 && index < bitmapAt * CLUSTER / PIECE ? outside.apply(free) : null;
    }

    private byte @Nullable [] system(long record) {
        long root = MadeRecord.reference(MadeRecord.ROOT, MadeRecord.ROOT);
        return switch ((int) record) {
            case 0 ->
                MadeRecord.file(0, 1)
                        .standard()
                        .name(root, "$MFT")
                        .data(records * PIECE, run(records / 4, 4))
                        .bytes();
            case MadeRecord.ROOT ->
                MadeRecord.folder(MadeRecord.ROOT, MadeRecord.ROOT)
                        .standard()
                        .name(root, ".")
                        .bytes();
            case 6 -> {
                long bytes = Math.ceilDiv(clusters, 8L);
                yield MadeRecord.file(6, 6)
                        .standard()
                        .name(root, "$Bitmap")
                        .data(bytes, run(Math.ceilDiv(bytes, (long) CLUSTER), bitmapAt))
                        .bytes();
            }
            default -> null;
        };
    }

    private byte[] boot() {
        ByteBuffer boot = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        boot.put(3, "NTFS    ".getBytes(StandardCharsets.US_ASCII));
        boot.putShort(0x0b, (short) 512).put(0x0d, (byte) 8);
        boot.putLong(0x28, clusters * 8 - 1).putLong(0x30, 4).putLong(0x38, 4);
        boot.put(0x40, (byte) 0xf6).put(0x44, (byte) 1);
        boot.putLong(0x48, 0x1c2a90b72a908e3cL);
        boot.put(0x1fe, (byte) 0x55).put(0x1ff, (byte) 0xaa);
        return boot.array();
    }

    @Override
    public void close() {}
}
