package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.codec.Lzx;
import org.salvor.codec.Xpress;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A CompactOS file: its stream WofCompressedData is a table of chunk ends and then the chunks, each unpacking to 4, 8, 16 or 32
 * KiB (docs/formats/ntfs.md, section 9).
 */
final class WofSource implements ChunkSource {
    private static final int LZX = 1;
    private static final long LARGE = 1L << 32;

    private final ChunkSource packed;
    private final long size;
    private final boolean lzx;
    private final int chunkSize;
    private final int entrySize;
    private final long tableSize;
    private final byte[] input;
    private final byte[] plain;
    private long plainChunk = -1;

    /** @param algorithm 0 XPRESS 4 KiB, 1 LZX 32 KiB, 2 XPRESS 8 KiB, 3 XPRESS 16 KiB */
    WofSource(ChunkSource packed, long size, int algorithm) {
        this.packed = packed;
        this.size = size;
        this.lzx = algorithm == LZX;
        this.chunkSize = switch (algorithm) {
            case 0 -> 4 << 10;
            case LZX -> 32 << 10;
            case 2 -> 8 << 10;
            default -> 16 << 10;
        };
        this.entrySize = size > LARGE ? 8 : 4;
        this.tableSize = size == 0 ? 0 : (size - 1) / chunkSize * entrySize;
        this.input = new byte[chunkSize];
        this.plain = new byte[chunkSize];
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        long index = position / chunkSize;
        int length = (int) Math.min(chunkSize, size - index * chunkSize);
        int from = (int) (position - index * chunkSize);
        if (plainChunk != index && !unpack(index, length)) {
            long end = Math.min(size, (index + lostChunks(index)) * chunkSize);
            return new Chunk.Lost(position, end - position, Messages.get("ntfs.lost.packed"));
        }
        return new Chunk.Bytes(position, ByteBuffer.wrap(plain, from, Math.min(limit, length - from)));
    }

    private boolean unpack(long index, int length) throws RecoveryException {
        plainChunk = -1;
        long last = (size - 1) / chunkSize;
        long start = index == 0 ? 0 : entry(index - 1);
        long end = index == last ? packed.size() - tableSize : entry(index);
        long stored = end - start;
        if (start < 0 || stored <= 0 || stored > length || end > packed.size() - tableSize) {
            return false;
        }
        byte[] target = stored == length ? plain : input;
        if (!packed.fill(tableSize + start, ByteBuffer.wrap(target, 0, (int) stored))) {
            return false;
        }
        try {
            if (stored < length && lzx) {
                Lzx.decode(input, 0, (int) stored, plain, 0, length);
            } else if (stored < length) {
                Xpress.decode(input, 0, (int) stored, plain, 0, length);
            }
        } catch (FormatException e) {
            return false; // told as a loss: the clusters hold something else now
        }
        plainChunk = index;
        return true;
    }

    /** How many chunks from a lost one on are lost with it, because the table itself is; a size may promise any number of them. */
    private long lostChunks(long index) throws RecoveryException {
        long all = (size - 1) / chunkSize - index + 1;
        long at = index * entrySize;
        if (at >= packed.size()) {
            return all;
        }
        Chunk table = packed.at(at, entrySize);
        return table instanceof Chunk.Bytes ? 1 : Math.clamp(table.length() / entrySize, 1, all);
    }

    /** Where a chunk ends, relative to the end of the table; -1 if the table is lost. */
    private long entry(long index) throws RecoveryException {
        byte[] entry = new byte[entrySize];
        long at = index * entrySize;
        if (at + entrySize > packed.size() || !packed.fill(at, ByteBuffer.wrap(entry))) {
            return -1;
        }
        return entrySize == 4 ? Le.u32(entry, 0) : Le.i64(entry, 0);
    }
}
