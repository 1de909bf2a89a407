package org.salvor.backup.efs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/**
 * Encrypts as EFS does, written once more from its description and the slow way: a cipher for each sector. Keys are made for the
 * test; a certificate is no more than its thumbprint here.
 */
final class EfsMaker {
    static final String THUMBPRINT = "00112233445566778899AABBCCDDEEFF00112233";
    static final KeyPair KEYS = keys();

    private EfsMaker() {}

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds the one key. */
    static EfsKeys keyring() {
        Map<String, PrivateKey> all = Map.of(THUMBPRINT, KEYS.getPrivate());
        return all::get;
    }

    static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A key record of version 1 with one user, and a recovery agent if a second thumbprint is given. */
    static byte[] metadata(Fek.Algorithm algorithm, byte[] key, String user, String... agent) {
        byte[] users = keyList(entry(algorithm, key, THUMBPRINT, user));
        byte[] agents = agent.length == 0 ? new byte[0] : keyList(entry(algorithm, key, agent[0], "agent"));
        ByteBuffer out =
                ByteBuffer.allocate(0x54 + users.length + agents.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(out.capacity()).putInt(0).putInt(2);
        out.position(0x40).putInt(0x54).putInt(agents.length == 0 ? 0 : 0x54 + users.length);
        out.position(0x54).put(users).put(agents);
        return out.array();
    }

    private static byte[] keyList(byte[] entry) {
        return ByteBuffer.allocate(4 + entry.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .put(entry)
                .array();
    }

    private static byte[] entry(Fek.Algorithm algorithm, byte[] key, String thumbprint, String name) {
        byte[] display = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer certificate = ByteBuffer.allocate(0x14 + 20 + display.length).order(ByteOrder.LITTLE_ENDIAN);
        certificate.putInt(0x14).putInt(20).putInt(0).putInt(0).putInt(0x28);
        certificate.put(HexFormat.of().parseHex(thumbprint)).put(display);
        ByteBuffer info = ByteBuffer.allocate(0x1c + certificate.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        info.putInt(info.capacity())
                .putInt(0)
                .putInt(3)
                .putInt(certificate.capacity())
                .putInt(0x1c)
                .putLong(0);
        info.put(certificate.array());
        byte[] fek = wrapped(algorithm, key);
        ByteBuffer entry =
                ByteBuffer.allocate(0x14 + info.capacity() + fek.length).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(entry.capacity())
                .putInt(0x14)
                .putInt(fek.length)
                .putInt(0x14 + info.capacity())
                .putInt(0);
        return entry.put(info.array()).put(fek).array();
    }

    private static byte[] wrapped(Fek.Algorithm algorithm, byte[] key) {
        int id = switch (algorithm) {
            case AES_256 -> 0x6610;
            case TRIPLE_DES -> 0x6603;
            case DESX -> 0x6604;
        };
        byte[] plain = ByteBuffer.allocate(16 + key.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(key.length)
                .putInt(0x20)
                .putInt(id)
                .putInt(0)
                .put(key)
                .array();
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, KEYS.getPublic());
            byte[] out = rsa.doFinal(plain);
            for (int i = 0; i < out.length / 2; i++) {
                byte b = out[i];
                out[i] = out[out.length - 1 - i];
                out[out.length - 1 - i] = b;
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content as it would be stored, with zeros up to a whole sector. */
    static byte[] encrypt(Fek.Algorithm algorithm, byte[] key, byte[] content) {
        byte[] padded = Arrays.copyOf(content, (content.length + 511) / 512 * 512);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < padded.length; at += 512) {
            out.writeBytes(sector(algorithm, key, Arrays.copyOfRange(padded, at, at + 512), at));
        }
        return out.toByteArray();
    }

    private static byte[] sector(Fek.Algorithm algorithm, byte[] key, byte[] plain, long offset) {
        ByteBuffer vector = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return switch (algorithm) {
                case AES_256 -> {
                    vector.putLong(0x5816657be9161312L + offset).putLong(0x1989adbe44918961L + offset);
                    yield chained("AES", key, vector.array(), plain);
                }
                case TRIPLE_DES -> {
                    vector.putLong(0x169119629891ad13L + offset);
                    yield chained("DESede", key, Arrays.copyOf(vector.array(), 8), plain);
                }
                case DESX -> desx(key, plain, offset);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] chained(String name, byte[] key, byte[] vector, byte[] plain)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(name + "/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, name), new IvParameterSpec(vector));
        return cipher.doFinal(plain);
    }

    /** As ntfs-3g does it: DES in the direction of decryption between the whitenings. */
    private static byte[] desx(byte[] key, byte[] plain, long offset) throws GeneralSecurityException {
        ByteBuffer first = ByteBuffer.wrap(md5(key, "Dan Simon  \0"));
        ByteBuffer second = ByteBuffer.wrap(md5(key, "Scott Field\0"));
        long des =
                (long) (first.getInt(0) ^ first.getInt(4)) << 32 | (first.getInt(8) ^ first.getInt(12)) & 0xffffffffL;
        long out = second.getLong(0);
        long in = second.getLong(8);
        Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(ByteBuffer.allocate(8).putLong(des).array(), "DES"));
        ByteBuffer from = ByteBuffer.wrap(plain);
        ByteBuffer to = ByteBuffer.allocate(plain.length);
        long before = Long.reverseBytes(0x169119629891ad13L + offset);
        while (from.hasRemaining()) {
            byte[] block =
                    ByteBuffer.allocate(8).putLong(from.getLong() ^ before ^ in).array();
            before = ByteBuffer.wrap(cipher.doFinal(block)).getLong() ^ out;
            to.putLong(before);
        }
        return to.array();
    }

    private static byte[] md5(byte[] key, String salt) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(key);
        return md5.digest(salt.getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes in memory, with holes and losses where wanted. */
    static final class Source implements ChunkSource {
        private final byte[] bytes;
        private final int hole;
        private final int holeEnd;
        private final int lost;
        private final int lostEnd;

        Source(byte[] bytes) {
            this(bytes, 0, 0, 0, 0);
        }

        Source(byte[] bytes, int hole, int holeEnd, int lost, int lostEnd) {
            this.bytes = bytes;
            this.hole = hole;
            this.holeEnd = holeEnd;
            this.lost = lost;
            this.lostEnd = lostEnd;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Chunk at(long position, int limit) {
            if (position >= hole && position < holeEnd) {
                return new Chunk.Hole(position, holeEnd - position);
            }
            if (position >= lost && position < lostEnd) {
                return new Chunk.Lost(position, lostEnd - position, "gone");
            }
            int end = bytes.length;
            end = hole > position ? Math.min(end, hole) : end;
            end = lost > position ? Math.min(end, lost) : end;
            int length = (int) Math.min(limit, end - position);
            return new Chunk.Bytes(
                    position, ByteBuffer.wrap(bytes, (int) position, length).slice());
        }
    }

    /** Everything from front to back in pieces of at most {@code limit}; holes and losses as zeros. */
    static byte[] read(ChunkSource source, int limit) throws RecoveryException {
        ByteBuffer all = ByteBuffer.allocate((int) source.size());
        while (all.hasRemaining()) {
            Chunk chunk = source.at(all.position(), limit);
            if (chunk.offset() != all.position() || chunk.length() <= 0) {
                throw new AssertionError("not in order: " + chunk);
            }
            switch (chunk) {
                case Chunk.Bytes bytes -> all.put(bytes.data());
                case Chunk.Hole hole -> all.position(Math.toIntExact(all.position() + hole.length()));
                case Chunk.Lost lost -> all.position(Math.toIntExact(all.position() + lost.length()));
            }
        }
        return all.array();
    }

    /** Bytes of the source that are holes, and bytes that are lost. */
    static long[] holesAndLosses(ChunkSource source) throws RecoveryException {
        long[] sums = new long[2];
        for (long at = 0; at < source.size(); ) {
            Chunk chunk = source.at(at, ChunkSource.MAX_CHUNK);
            sums[0] += chunk instanceof Chunk.Hole ? chunk.length() : 0;
            sums[1] += chunk instanceof Chunk.Lost ? chunk.length() : 0;
            at += chunk.length();
        }
        return sums;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private keys of a PFX by thumbprint. */
    static EfsKeys pfx(byte[] pfx, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(pfx), password.toCharArray());
        Map<String, PrivateKey> keys = new HashMap<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                byte[] sha1 = MessageDigest.getInstance("SHA-1")
                        .digest(store.getCertificate(alias).getEncoded());
                keys.put(HexFormat.of().withUpperCase().formatHex(sha1), key);
            }
        }
        return keys::get;
    }
}
