package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * The content of an encrypted stream. A sector of which a part is lost is lost whole; a sector that is stored as nothing but
 * zeros was lost before, since no cipher gives that: decrypting it would only make noise.
 */
final class DecryptedSource implements ChunkSource {
    private static final int SECTOR = SectorCipher.SECTOR;
    private static final int PIECE = 256 << 10;

    private final ChunkSource cipherText;
    private final SectorCipher cipher;
    private final long size;
    private final long valid;
    private final byte[] sector = new byte[SECTOR];
    private byte[] plain = new byte[0];

    DecryptedSource(ChunkSource cipherText, SectorCipher cipher, long size, long valid) {
        this.cipherText = cipherText;
        this.cipher = cipher;
        this.size = size;
        this.valid = Math.clamp(valid, 0, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean holes() {
        return size - valid >= WORTH || cipherText.holes();
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        if (position >= valid) {
            return new Chunk.Hole(position, size - position);
        }
        long start = position / SECTOR * SECTOR;
        if (start >= cipherText.size()) {
            return new Chunk.Lost(position, valid - position, Messages.get("efs.lost.cut"));
        }
        int wanted = (int) Math.min(PIECE, roundUp(position - start + Math.max(1, limit)));
        return switch (cipherText.at(start, wanted)) {
            case Chunk.Hole hole -> new Chunk.Hole(position, end(start + hole.length()) - position);
            case Chunk.Lost lost -> new Chunk.Lost(position, end(start + lost.length()) - position, lost.reason());
            case Chunk.Bytes bytes -> {
                int length = (int) (Math.min(bytes.length(), wanted) / SECTOR * SECTOR);
                yield length > 0 ? whole(position, start, bytes.data(), length, limit) : pieced(position, start, limit);
            }
        };
    }

    private Chunk whole(long position, long start, ByteBuffer data, int length, int limit) {
        byte[] stored;
        int from;
        if (data.hasArray()) {
            stored = data.array();
            from = data.arrayOffset() + data.position();
        } else {
            stored = new byte[length];
            from = 0;
            data.get(data.position(), stored, 0, length);
        }
        int zeros = 0;
        while (zeros < length && blank(stored, from + zeros)) {
            zeros += SECTOR;
        }
        if (zeros > 0) {
            return new Chunk.Lost(position, end(start + zeros) - position, Messages.get("efs.lost.zeros"));
        }
        int good = SECTOR;
        while (good < length && !blank(stored, from + good)) {
            good += SECTOR;
        }
        if (plain.length < good) {
            plain = new byte[Math.max(good, Math.min(PIECE, 2 * plain.length))];
        }
        cipher.decrypt(stored, from, plain, 0, good, start);
        int skip = (int) (position - start);
        int end = (int) Math.min(good, Math.min((long) skip + limit, valid - start));
        return new Chunk.Bytes(
                position, ByteBuffer.wrap(plain, skip, end - skip).slice());
    }

    /** A sector that does not lie in one piece. */
    private Chunk pieced(long position, long start, int limit) throws RecoveryException {
        ByteBuffer target = ByteBuffer.wrap(sector);
        boolean there = cipherText.fill(start, target) && !target.hasRemaining();
        return there
                ? whole(position, start, ByteBuffer.wrap(sector.clone()), SECTOR, limit)
                : new Chunk.Lost(position, end(start + SECTOR) - position, Messages.get("efs.lost.cut"));
    }

    /** Where a stretch of the stored bytes that ends at {@code stored} ends in the content. */
    private long end(long stored) {
        return Math.min(roundUp(stored), valid);
    }

    private static boolean blank(byte[] bytes, int at) {
        for (int i = 0; i < SECTOR; i++) {
            if (bytes[at + i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** To a whole number of sectors. */
    static long roundUp(long bytes) {
        return bytes > Long.MAX_VALUE - SECTOR ? bytes : (bytes + SECTOR - 1) / SECTOR * SECTOR;
    }

    /** As the stored bytes are; nothing is decrypted for it. */
    @Override
    public Stretch stretch(long position) throws RecoveryException {
        if (position >= valid) {
            return new Stretch(true, size - position);
        }
        long start = position / SECTOR * SECTOR;
        if (start >= cipherText.size()) {
            return new Stretch(false, valid - position);
        }
        Stretch stored = cipherText.stretch(start);
        return new Stretch(stored.hole(), end(start + stored.length()) - position);
    }
}
