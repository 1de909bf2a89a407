package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;

/**
 * One segment of a stream in a raw export (docs/formats/efs.md, section 1).
 *
 * @param position of its first byte in the export
 * @param next where the next segment or stream begins
 * @param start of its data in the stream
 * @param data position of its first data byte in the export
 * @param stored data bytes in it
 * @param inSize how much of what it stands for lies inside the stream's size
 * @param inValid how much of it lies inside the valid data length
 * @param unit size of a data unit where there are several blocks or a hole; 0 for data in one piece
 * @param blocks stored bytes of each unit, 0 for a hole; null for data in one piece
 */
record Segment(
        long position,
        long next,
        long start,
        long data,
        long stored,
        long inSize,
        long inValid,
        long unit,
        int @Nullable [] blocks,
        boolean sparse) {
    private static final int MAX_SHIFT = 30;
    private static final long MAX_START = 1L << 60;

    /** The data of the stream that this segment stands for end here. */
    long end() {
        return start + inSize;
    }

    /**
     * +00 length of all of it; +04 "GURE"; +0C reserved; then the data, or the encryption header and the data.
     *
     * @param head the first 12 bytes
     * @param plainStart where its data begin if the stream is not encrypted
     */
    static Segment read(ChunkSource raw, long position, byte[] head, boolean encrypted, long plainStart)
            throws RecoveryException {
        ByteView header = ByteView.of(head, "segment", position);
        long length = header.u32(0);
        int least = RawLayout.SEGMENT_HEADER + (encrypted ? RawLayout.ENCRYPTION_HEADER : 0);
        if (length < least) {
            throw header.broken(0, "a length of " + least + " or more", length);
        }
        long next = Limits.sum("segment", position, position, length);
        if (!encrypted) {
            long data = length - RawLayout.SEGMENT_HEADER;
            long from = position + RawLayout.SEGMENT_HEADER;
            return new Segment(position, next, plainStart, from, data, data, data, 0, null, false);
        }
        return encrypted(raw, position, next, length);
    }

    /**
     * +00 start in the stream; +08 length of this header; +0C bytes inside the size; +10 bytes inside the valid data; +14 zero; +16
     * log2 of the data unit, +17 of the chunk, +18 of the cluster; +19 one; +1A number of blocks, +1C their sizes; "EXTD".
     */
    private static Segment encrypted(ChunkSource raw, long position, long next, long length) throws RecoveryException {
        long at = position + RawLayout.SEGMENT_HEADER;
        ByteView fixed = ByteView.of(RawExport.bytes(raw, at, RawLayout.ENCRYPTION_HEADER), "encryption header", at);
        long start = fixed.i64(0);
        long headerLength = fixed.u32(0x08);
        int count = fixed.u16(0x1a);
        long least = RawLayout.ENCRYPTION_HEADER + 4L * count;
        if (start < 0 || start > MAX_START || start % SectorCipher.SECTOR != 0) {
            throw fixed.broken(0, "a start that is a multiple of 512", Long.toUnsignedString(start));
        }
        if (headerLength < least || headerLength > length - RawLayout.SEGMENT_HEADER) {
            throw fixed.broken(0x08, "a length of " + least + " up to the segment's end", headerLength);
        }
        byte[] rest = RawExport.bytes(raw, at + RawLayout.ENCRYPTION_HEADER, (int)
                Math.min(4L * count + 16, headerLength - RawLayout.ENCRYPTION_HEADER));
        boolean extended = RawLayout.extended(rest, 4 * count);
        boolean sparse =
                extended && (ByteView.of(rest, "extended header", at).i32(4 * count + 8) & RawLayout.SPARSE) != 0;
        long stored = length - RawLayout.SEGMENT_HEADER - headerLength;
        long inSize = fixed.u32(0x0c);
        int shift = fixed.u8(0x16);
        long unit = shift >= 9 && shift <= MAX_SHIFT ? 1L << shift : 0;
        int[] blocks = blocks(rest, count, unit, stored);
        long most = blocks != null ? unit * count : stored;
        if (inSize > most) {
            throw fixed.broken(0x0c, "at most " + most + " bytes", inSize);
        }
        return new Segment(
                position,
                next,
                start,
                at + headerLength,
                stored,
                inSize,
                Math.min(inSize, fixed.u32(0x10)),
                blocks == null ? 0 : unit,
                blocks,
                sparse);
    }

    /** Null where the data lie in one piece: then the sizes tell nothing new. */
    private static int @Nullable [] blocks(byte[] rest, int count, long unit, long stored) throws FormatException {
        ByteView sizes = ByteView.of(ByteBuffer.wrap(rest), "block sizes", -1);
        boolean pieces = false;
        long sum = 0;
        int[] blocks = new int[count];
        for (int i = 0; i < count; i++) {
            long size = sizes.u32(4 * i);
            sum += size;
            blocks[i] = (int) Math.min(size, Integer.MAX_VALUE);
            pieces |= size == 0 || i < count - 1 && size != unit;
        }
        if (!pieces || unit == 0) {
            return null;
        }
        if (sum > stored) {
            throw sizes.broken(0, "blocks of " + stored + " bytes in all", sum);
        }
        return blocks;
    }
}
