package org.salvor.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Just enough of a WIM to get at its packed chunks and the SHA-1 of what they give: the oracle of the decoders is wimlib. */
final class SmallWim {
    /** One resource: its chunks in order, and the SHA-1 of the whole. */
    record Resource(List<Chunk> chunks, long size, byte[] sha1) {}

    /** One chunk as stored; packed unless as long as its content. */
    record Chunk(byte[] stored, int unpackedLength) {
        boolean packed() {
            return stored.length < unpackedLength;
        }
    }

    private static final int COMPRESSED = 4;

    private SmallWim() {}

    static List<Resource> read(Path file) throws IOException {
        ByteBuffer wim = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int chunkSize = wim.getInt(20);
        int table = (int) wim.getLong(48 + 8);
        int tableSize = (int) wim.getLong(48 + 16);
        List<Resource> resources = new ArrayList<>();
        for (int at = table; at < table + tableSize; at += 50) {
            long packedSize = wim.getLong(at) & 0xff_ffff_ffff_ffffL;
            int flags = wim.get(at + 7);
            int offset = (int) wim.getLong(at + 8);
            long size = wim.getLong(at + 16);
            byte[] sha1 = Arrays.copyOfRange(wim.array(), at + 30, at + 50);
            if ((flags & COMPRESSED) != 0) {
                resources.add(new Resource(chunks(wim, offset, (int) packedSize, (int) size, chunkSize), size, sha1));
            }
        }
        return resources;
    }

    private static List<Chunk> chunks(ByteBuffer wim, int offset, int packedSize, int size, int chunkSize) {
        int count = Math.ceilDiv(size, chunkSize);
        int data = offset + 4 * (count - 1);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = data + (i == 0 ? 0 : wim.getInt(offset + 4 * (i - 1)));
            int to = i == count - 1 ? offset + packedSize : data + wim.getInt(offset + 4 * i);
            chunks.add(new Chunk(Arrays.copyOfRange(wim.array(), from, to), Math.min(chunkSize, size - i * chunkSize)));
        }
        return chunks;
    }
}
