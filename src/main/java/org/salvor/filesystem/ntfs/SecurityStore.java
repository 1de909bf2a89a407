package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/**
 * $Secure: the security descriptors of the volume by their id. Its stream $SDS holds each twice, 256 KiB apart (docs/formats/ntfs.md,
 * section 8).
 */
final class SecurityStore {
    static final int RECORD = 9;
    private static final int HEADER = 20;
    private static final int BLOCK = 256 << 10;
    private static final int MAX_DESCRIPTOR = 128 << 10;
    private static final int MAX_IDS = 1 << 20;

    private final @Nullable ChunkSource stream;
    private @Nullable Map<Integer, Long> places;

    /** @param stream $SDS; null where it cannot be found */
    SecurityStore(@Nullable ChunkSource stream) {
        this.stream = stream;
    }

    /** The self-relative descriptor; null where there is none of that id or it is damaged. */
    synchronized byte @Nullable [] descriptor(int id) throws RecoveryException {
        if (stream == null) {
            return null;
        }
        if (places == null) {
            places = index(stream);
        }
        Long place = places.get(id);
        if (place == null) {
            return null;
        }
        byte[] header = new byte[HEADER];
        stream.fill(place, ByteBuffer.wrap(header));
        long length = Le.u32(header, 16) - HEADER;
        if (length < 20 || length > MAX_DESCRIPTOR) {
            return null;
        }
        byte[] descriptor = new byte[(int) length];
        boolean whole = stream.fill(place + HEADER, ByteBuffer.wrap(descriptor));
        return whole && descriptor[0] == 1 ? descriptor : null;
    }

    /** Walks over both copies, so that the second serves where the first cannot be read. */
    private static Map<Integer, Long> index(ChunkSource stream) throws RecoveryException {
        Map<Integer, Long> places = new HashMap<>();
        byte[] block = new byte[BLOCK];
        for (long start = 0; start < stream.size() && start < (1L << 32) && places.size() < MAX_IDS; start += BLOCK) {
            Chunk chunk = stream.at(start, BLOCK);
            if (!(chunk instanceof Chunk.Bytes) && chunk.length() >= BLOCK) {
                start += chunk.length() / BLOCK * BLOCK - BLOCK; // nothing there, however far the size reaches
                continue;
            }
            java.util.Arrays.fill(block, (byte) 0);
            stream.fill(start, ByteBuffer.wrap(block));
            long first = start / BLOCK % 2 == 0 ? start : start - BLOCK;
            int at = 0;
            while (at + HEADER <= BLOCK) {
                long length = Le.u32(block, at + 16);
                boolean valid = length > HEADER
                        && length <= BLOCK - at
                        && Le.i64(block, at + 8) == first + at
                        && Le.i32(block, at + 4) != 0;
                if (valid) {
                    places.putIfAbsent(Le.i32(block, at + 4), start + at);
                    at += (int) (length + 15 & ~15L);
                } else {
                    at += 16;
                }
            }
        }
        return places;
    }
}
