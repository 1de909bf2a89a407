package org.salvor.backup.efs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 and 3DES. Many sectors are decrypted as one chain, which costs a call for all of them instead of one each, and then
 * the first block of each sector is put right: what the chain mixed into it is the last block of the sector before.
 */
final class ChainedSectors implements SectorCipher {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Cipher chain;
    /** One number for each eight bytes of a block; the offset is added to each. */
    private final long[] vector;

    private ChainedSectors(String algorithm, byte[] key, long... vector) {
        this.vector = vector;
        try {
            chain = Cipher.getInstance(algorithm + "/CBC/NoPadding");
            chain.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, algorithm),
                    new IvParameterSpec(new byte[vector.length * Long.BYTES]));
        } catch (GeneralSecurityException e) {
            throw SectorCipher.impossible(e);
        }
    }

    static ChainedSectors aes256(byte[] key) {
        return new ChainedSectors("AES", key, 0x5816_657b_e916_1312L, 0x1989_adbe_4491_8961L);
    }

    static ChainedSectors tripleDes(byte[] key) {
        return new ChainedSectors("DESede", key, DesxSectors.VECTOR);
    }

    @Override
    public void decrypt(byte[] cipherText, int from, byte[] plain, int to, int length, long offset) {
        try {
            chain.doFinal(cipherText, from, length, plain, to);
        } catch (GeneralSecurityException e) {
            throw SectorCipher.impossible(e);
        }
        int block = vector.length * Long.BYTES;
        for (int sector = 0; sector < length; sector += SECTOR) {
            for (int i = 0; i < vector.length; i++) {
                int at = sector + i * Long.BYTES;
                long mixedIn = sector == 0 ? 0 : (long) LONG.get(cipherText, from + at - block);
                long wanted = vector[i] + offset + sector;
                LONG.set(plain, to + at, (long) LONG.get(plain, to + at) ^ mixedIn ^ wanted);
            }
        }
    }
}
