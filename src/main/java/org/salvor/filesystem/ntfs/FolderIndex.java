package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** $I30 of one folder: $INDEX_ROOT inside the record, and the index blocks of $INDEX_ALLOCATION. */
final class FolderIndex {
    private static final int BLOCK_MAGIC = 0x58444e49;
    private static final int ROOT_HEADER = 0x20;
    private static final int NODE = 0x18;
    private static final int BLOCK_HEADER = 0x28;
    private static final int PIECE = 256 << 10;
    private static final int MAX_BLOCK = 2 << 20;

    private final Volume volume;
    private final IndexNames names;
    private byte[] buffer = new byte[0];

    FolderIndex(Volume volume, IndexNames names) {
        this.volume = volume;
        this.names = names;
    }

    /** Reads all entries of a folder and its slack. */
    void read(NtfsFile folder) throws RecoveryException {
        int blockSize = volume.boot().indexSize();
        for (Attribute attribute : folder.attributes()) {
            if (attribute.type == Attribute.INDEX_ROOT
                    && !attribute.nonResident
                    && attribute.name.equals("$I30")
                    && attribute.valueLength >= ROOT_HEADER) {
                root(attribute, Reference.to(folder.base()));
                blockSize = blockSize(attribute, blockSize);
            }
        }
        for (StreamLayout stream : StreamLayout.of(folder.attributes(), Attribute.INDEX_ALLOCATION, volume)) {
            if (stream.name().equals("$I30") && stream.first.nonResident) {
                blocks(stream, blockSize);
            }
        }
    }

    /** Bytes that the index blocks of a folder take on the volume. */
    long size(NtfsFile folder) {
        long size = 0;
        for (StreamLayout stream : StreamLayout.of(folder.attributes(), Attribute.INDEX_ALLOCATION, volume)) {
            size += Math.min(stream.size, stream.runs.allocated() * volume.clusterSize());
        }
        return size;
    }

    private static int blockSize(Attribute root, int otherwise) {
        long size = Le.u32(root.record.data, root.valueStart + 8);
        return size >= 512 && size <= MAX_BLOCK && Long.bitCount(size) == 1 ? (int) size : otherwise;
    }

    private void root(Attribute attribute, long folder) throws RecoveryException {
        MftRecord record = attribute.record;
        int end = attribute.valueStart + attribute.valueLength;
        int node = attribute.valueStart + 0x10;
        long first = Le.u32(record.data, node);
        long used = Le.u32(record.data, node + 4);
        int from = (int) Math.min(end, node + Math.max(first, 0x10));
        int usedEnd = (int) Math.clamp(node + used, from, end);
        IndexEntries.walk(record.data, from, usedEnd, record.start + record.size, new Wanted() {
            @Override
            public void entry(int offset, long reference, FileName name) throws RecoveryException {
                names.add(
                        reference,
                        name.parent() == FileName.COVERED ? name.in(folder) : name,
                        record.positionOf(offset - record.start));
            }
        });
    }

    private void blocks(StreamLayout stream, int blockSize) throws RecoveryException {
        RunSource source = new RunSource(volume, stream.runs, stream.size, stream.size);
        int most = (int) Math.min(Math.max(PIECE, blockSize), stream.size / blockSize * blockSize);
        if (buffer.length < most) {
            buffer = new byte[most];
        }
        byte[] piece = buffer;
        long offset = 0;
        while (offset + blockSize <= stream.size) {
            if (source.lost(offset)) {
                offset += Math.max(1, source.lengthOf(offset) / blockSize) * blockSize;
                continue;
            }
            int length = (int) Math.min(most, (stream.size - offset) / blockSize * blockSize);
            source.fill(offset, ByteBuffer.wrap(piece, 0, length));
            for (int at = 0; at < length; at += blockSize) {
                long blockOffset = offset + at;
                int start = at;
                block(piece, at, blockSize, new Wanted() {
                    @Override
                    public void entry(int entry, long reference, FileName name) throws RecoveryException {
                        names.add(reference, name, source.placeOf(blockOffset + entry - start));
                    }
                });
            }
            offset += length;
        }
    }

    /** Passes over entries that tell nothing new. */
    private abstract class Wanted implements IndexEntries.Listener {
        @Override
        public boolean wants(long reference, long created) {
            return names.wants(reference, created);
        }
    }

    /**
     * The entries of one index block, if there is one. Blocks with torn writes are read too: every entry is checked for
     * itself.
     */
    static void block(byte[] data, int at, int size, IndexEntries.Listener listener) throws RecoveryException {
        if (Le.i32(data, at) != BLOCK_MAGIC || Fixups.apply(data, at, size) == Fixups.State.UNUSABLE) {
            return;
        }
        int node = at + NODE;
        long first = Le.u32(data, node);
        long used = Le.u32(data, node + 4);
        int end = at + size;
        int from = (int) Math.clamp(node + first, at + BLOCK_HEADER, end);
        int usedEnd = (int) Math.clamp(node + used, from, end);
        IndexEntries.walk(data, from, usedEnd, end, listener);
    }

    static boolean isBlock(byte[] data, int at) {
        return Le.i32(data, at) == BLOCK_MAGIC;
    }

    /** The size of an index block by its own header; throws where it tells none. */
    static int sizeOf(byte[] data, int at, long position) throws FormatException {
        long size = (Le.u16(data, at + 6) - 1L) * 512;
        if (size < 512 || size > MAX_BLOCK || Long.bitCount(size) != 1) {
            throw new FormatException("index block", position, "an update sequence array", Long.toString(size));
        }
        return (int) size;
    }
}
