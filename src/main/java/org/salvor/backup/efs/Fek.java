package org.salvor.backup.efs;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * The key of one file: encrypted with RSA (PKCS #1 v1.5) and stored little-endian; inside +00 length of the key, +04 entropy,
 * +08 algorithm, +0C reserved, +10 the key (docs/formats/efs.md, section 3). Its bytes are zeroed when it is closed.
 */
final class Fek implements AutoCloseable {
    private static final String STRUCTURE = "file encryption key";

    /** The ciphers of EFS; numbers are those of CryptoAPI. */
    enum Algorithm {
        AES_256(0x6610, 32),
        TRIPLE_DES(0x6603, 24),
        DESX(0x6604, 16);

        private final int id;
        private final int keyLength;

        Algorithm(int id, int keyLength) {
            this.id = id;
            this.keyLength = keyLength;
        }
    }

    private final Algorithm algorithm;
    private final byte[] key;

    Fek(Algorithm algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /** @throws RecoveryException the key does not open it after all, or what is in it is no key of a known cipher */
    static Fek unwrap(byte[] encrypted, PrivateKey privateKey) throws RecoveryException {
        byte[] bigEndian = new byte[encrypted.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = encrypted[encrypted.length - 1 - i];
        }
        byte[] plain;
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, privateKey);
            plain = rsa.doFinal(bigEndian);
        } catch (GeneralSecurityException | ProviderException e) { // the provider of Windows throws the second
            throw new RecoveryException(Messages.get("efs.fek-damaged"), e);
        }
        try {
            return parse(ByteView.of(plain, STRUCTURE, -1));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Fek parse(ByteView fek) throws RecoveryException {
        int id = fek.i32(0x08);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.id == id) {
                long length = fek.u32(0x00);
                if (length != algorithm.keyLength) {
                    throw new FormatException(
                            STRUCTURE, -1, "a key of " + algorithm.keyLength + " bytes", Long.toString(length));
                }
                return new Fek(algorithm, fek.bytes(0x10, algorithm.keyLength));
            }
        }
        throw new RecoveryException(Messages.get("efs.algorithm", Integer.toHexString(id)));
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** Not a copy. */
    byte[] key() {
        return key;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
