package org.salvor.backup.efs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * DESX as Windows 2000 and XP used it: DES between two whitenings, all three keys made of the 16 stored bytes by MD5.
 * In which direction DES runs is not sure for want of a file made by Windows: the one that ntfs-3g takes comes first, and
 * {@link Direction} says which of the two gives the likelier content.
 */
final class DesxSectors implements SectorCipher {
    /** The start of the initialisation vector of 3DES and DESX. */
    static final long VECTOR = 0x1691_1962_9891_ad13L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 8;

    /** Which way DES runs when a sector is decrypted. */
    enum Direction {
        /** As ntfs-3g has it. */
        USUAL(Cipher.ENCRYPT_MODE),
        OTHER(Cipher.DECRYPT_MODE);

        private final int mode;

        Direction(int mode) {
            this.mode = mode;
        }
    }

    private final Cipher des;
    private final long outWhitening;
    private final long inWhitening;
    private byte[] whitened = new byte[0];

    DesxSectors(byte[] key, Direction direction) {
        Keys keys = Keys.of(key);
        outWhitening = keys.out;
        inWhitening = keys.in;
        try {
            des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(direction.mode, new SecretKeySpec(keys.des, "DES"));
        } catch (GeneralSecurityException e) {
            throw SectorCipher.impossible(e);
        } finally {
            Arrays.fill(keys.des, (byte) 0);
        }
    }

    /** The three keys; the two whitenings as little-endian numbers. */
    record Keys(byte[] des, long out, long in) {
        static Keys of(byte[] key) {
            byte[] first = md5(key, "Dan Simon  \0");
            byte[] second = md5(key, "Scott Field\0");
            byte[] des = new byte[BLOCK];
            INT.set(des, 0, (int) INT.get(first, 0) ^ (int) INT.get(first, 4));
            INT.set(des, 4, (int) INT.get(first, 8) ^ (int) INT.get(first, 12));
            Keys keys = new Keys(des, (long) LONG.get(second, 0), (long) LONG.get(second, 8));
            Arrays.fill(first, (byte) 0);
            Arrays.fill(second, (byte) 0);
            return keys;
        }

        private static byte[] md5(byte[] key, String salt) {
            try {
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                md5.update(key);
                return md5.digest(salt.getBytes(StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException e) {
                throw SectorCipher.impossible(e);
            }
        }
    }

    @Override
    public void decrypt(byte[] cipherText, int from, byte[] plain, int to, int length, long offset) {
        if (whitened.length < length) {
            whitened = new byte[length];
        }
        for (int at = 0; at < length; at += BLOCK) {
            LONG.set(whitened, at, (long) LONG.get(cipherText, from + at) ^ outWhitening);
        }
        try {
            des.update(whitened, 0, length, plain, to);
        } catch (GeneralSecurityException e) {
            throw SectorCipher.impossible(e);
        }
        for (int at = 0; at < length; at += BLOCK) {
            long chained = at % SECTOR == 0 ? VECTOR + offset + at : (long) LONG.get(cipherText, from + at - BLOCK);
            LONG.set(plain, to + at, (long) LONG.get(plain, to + at) ^ inWhitening ^ chained);
        }
    }

    /** The direction that makes the likelier content of these sectors; the usual one unless the other is clearly better. */
    static Direction likelier(byte[] key, byte[] cipherText, int length, long offset) {
        byte[] plain = new byte[length];
        new DesxSectors(key, Direction.USUAL).decrypt(cipherText, 0, plain, 0, length, offset);
        double usual = repetition(plain);
        new DesxSectors(key, Direction.OTHER).decrypt(cipherText, 0, plain, 0, length, offset);
        double other = repetition(plain);
        Arrays.fill(plain, (byte) 0);
        return usual < 1.25 && other > 2 * usual ? Direction.OTHER : Direction.USUAL;
    }

    /** How often bytes repeat, measured by what chance gives: about 1 for noise, more for anything with a meaning. */
    private static double repetition(byte[] bytes) {
        long[] counts = new long[256];
        for (byte b : bytes) {
            counts[b & 0xff]++;
        }
        double pairs = 0;
        for (long count : counts) {
            pairs += count * (count - 1.0);
        }
        return pairs * 256 / (bytes.length * (bytes.length - 1.0));
    }
}
