package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.salvor.fault.RecoveryException;

/** Which extension records quote which base record, as far as a walk over the table has seen them. */
final class Extensions {
    /** So many extension records are remembered; a hostile table may have more. */
    private static final int MAX = 16 << 20;

    private static final int PIECE = 1 << 20;
    private static final int MAX_PER_FILE = 4096;

    private long[] pairs = new long[64];
    private int count;
    private boolean sorted = true;

    /** Walks over the whole table. */
    static Extensions collect(MftTable table) throws RecoveryException {
        Extensions found = new Extensions();
        int recordSize = table.recordSize();
        long size = table.size() / recordSize * recordSize;
        byte[] piece = new byte[(int) Math.min(PIECE, size)];
        for (long offset = 0; offset < size; ) {
            long skip = table.lostFrom(offset);
            if (skip > 0) {
                offset = Math.min(size, (offset + skip + recordSize - 1) / recordSize * recordSize);
                continue;
            }
            int length = (int) Math.min(piece.length, size - offset);
            table.readBytes(offset, ByteBuffer.wrap(piece, 0, length));
            for (int at = 0; at < length; at += recordSize) {
                if (MftRecord.isRecord(piece, at) && Le.i64(piece, at + 0x20) != 0) {
                    found.add(Reference.number(Le.i64(piece, at + 0x20)), (offset + at) / recordSize);
                }
            }
            offset += length;
        }
        return found;
    }

    void add(long base, long extension) {
        if (base < 0 || base > Integer.MAX_VALUE || extension > 0xffff_ffffL || count == MAX) {
            return;
        }
        if (count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * count);
        }
        pairs[count++] = base << 32 | extension;
        sorted = false;
    }

    /** The numbers of the extension records of {@code base}, ascending. */
    List<Long> of(long base) {
        if (base < 0 || base > Integer.MAX_VALUE) {
            return List.of();
        }
        if (!sorted) {
            Arrays.sort(pairs, 0, count);
            sorted = true;
        }
        int at = Arrays.binarySearch(pairs, 0, count, base << 32);
        at = at < 0 ? -at - 1 : at;
        List<Long> found = new ArrayList<>();
        while (at < count && pairs[at] >>> 32 == base && found.size() < MAX_PER_FILE) {
            found.add(pairs[at++] & 0xffff_ffffL);
        }
        return found;
    }
}
