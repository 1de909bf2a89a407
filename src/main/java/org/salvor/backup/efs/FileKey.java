package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;

/** The key of one encrypted file, unwrapped: decrypts its streams. Confined to one thread; zeroed when closed. */
public final class FileKey implements AutoCloseable {
    /** So many bytes from the start of a stream show in which direction DESX runs. */
    private static final int PROBE = 8 * SectorCipher.SECTOR;

    private final Fek fek;
    private DesxSectors.@Nullable Direction direction;

    private FileKey(Fek fek) {
        this.fek = fek;
    }

    /**
     * The file's key, or null where none of these keys fits or none could.
     *
     * @throws RecoveryException keys fit by their certificates, but none gives the file's key
     */
    public static @Nullable FileKey open(EfsMetadata metadata, EfsKeys keys) throws RecoveryException {
        if (!metadata.decryptable()) {
            return null;
        }
        RecoveryException problem = null;
        for (KeyEntry entry : metadata.entries()) {
            PrivateKey key = entry.rsa() && !entry.certificate().thumbprint().isEmpty()
                    ? keys.privateKey(entry.certificate().thumbprint())
                    : null;
            if (key == null) {
                continue;
            }
            try {
                return new FileKey(Fek.unwrap(entry.encryptedFek(), key));
            } catch (RecoveryException e) {
                problem = problem == null ? e : problem;
            }
        }
        if (problem != null) {
            throw problem;
        }
        return null;
    }

    /**
     * The content of one stream.
     *
     * @param cipherText as stored; goes on up to a multiple of 512 past the size
     * @param size of the stream in bytes
     * @param valid from here on it reads as zeros, whatever is stored
     */
    public ChunkSource decrypt(ChunkSource cipherText, long size, long valid) throws RecoveryException {
        SectorCipher cipher = switch (fek.algorithm()) {
            case AES_256 -> ChainedSectors.aes256(fek.key());
            case TRIPLE_DES -> ChainedSectors.tripleDes(fek.key());
            case DESX -> new DesxSectors(fek.key(), direction(cipherText));
        };
        return new DecryptedSource(cipherText, cipher, size, valid);
    }

    private DesxSectors.Direction direction(ChunkSource cipherText) throws RecoveryException {
        if (direction == null) {
            byte[] start =
                    new byte[(int) Math.min(PROBE, cipherText.size() / SectorCipher.SECTOR * SectorCipher.SECTOR)];
            boolean whole = start.length > 0 && cipherText.fill(0, ByteBuffer.wrap(start));
            direction = whole ? DesxSectors.likelier(fek.key(), start, start.length, 0) : DesxSectors.Direction.USUAL;
        }
        return direction;
    }

    @Override
    public void close() {
        fek.close();
    }
}
