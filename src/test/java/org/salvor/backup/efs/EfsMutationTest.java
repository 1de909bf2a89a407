package org.salvor.backup.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/** No unchecked exception, no hang, no chunk that is no step forward, no memory that grows with a number in the file. */
@Tag("core")
@DisplayName("Damaged exports and key records are read as far as they go")
class EfsMutationTest {
    private static final int COUNT = 3000;
    private static final int MANY_CHUNKS = 20_000;
    private static final byte[] KEY = EfsMaker.noise(1, 32);
    private static final long[] INTERESTING = {
        0,
        1,
        2,
        15,
        16,
        27,
        28,
        43,
        44,
        511,
        512,
        513,
        0xffff,
        0x10000,
        0x7fffffff,
        0x80000000L,
        0xffffffffL,
        1L << 40,
        1L << 60,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };

    private static byte[] export() throws RecoveryException {
        byte[] content = EfsMaker.noise(2, 150_000);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, KEY, content);
        byte[] record =
                EfsMaker.metadata(Fek.Algorithm.AES_256, KEY, "ann", "FFEEDDCCBBAA99887766554433221100FFEEDDCC");
        return EfsMaker.read(
                new RawExportSource(
                        record,
                        List.of(
                                new StoredStream(
                                        "",
                                        true,
                                        new EfsMaker.Source(cipher, 65_536, 131_072, 0, 0),
                                        content.length,
                                        content.length,
                                        true),
                                new StoredStream("x", true, new EfsMaker.Source(cipher), 3000, 2000, false),
                                new StoredStream("open", false, new EfsMaker.Source(content), 900, 900, false)),
                        4096),
                1 << 20);
    }

    /** Most damage where the headers are. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            int at = header(whole, random);
            if (random.nextBoolean()) {
                bytes[at] = (byte) random.nextInt(256);
            } else {
                long value = INTERESTING[random.nextInt(INTERESTING.length)];
                int width = 1 << random.nextInt(4);
                for (int i = 0; i < width && at + i < bytes.length; i++) {
                    bytes[at + i] = (byte) (value >>> 8 * i);
                }
            }
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static int header(byte[] whole, Random random) {
        int at = random.nextInt(whole.length);
        for (int back = at; back > Math.max(0, at - 70_000) && random.nextInt(8) > 0; back--) {
            if (whole[back] == 'G' && whole[back + 2] == 'U' && whole[back + 4] == 'R'
                    || whole[back] == 'N' && whole[back + 2] == 'T' && whole[back + 4] == 'F') {
                return Math.min(whole.length - 1, back - 4 + random.nextInt(80));
            }
        }
        return at < whole.length / 2 ? random.nextInt(1300) : at;
    }

    @Test
    void exports() throws Exception {
        byte[] whole = export();
        assertThat(read(whole)).isEqualTo(3);
        int refused = 0;
        int keyless = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            try {
                keyless += read(damaged(whole, new Random(seed))) < 0 ? 1 : 0;
            } catch (RecoveryException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isBetween(COUNT / 100, COUNT * 9 / 10);
        assertThat(keyless).isGreaterThan(0);
    }

    /** How many streams were read; -1 where no key fits any more. */
    private static int read(byte[] bytes) throws RecoveryException {
        RawExport export = RawExport.read(new EfsMaker.Source(bytes));
        assertThat(export.streams()).hasSizeLessThan(1025);
        for (StoredStream stream : export.streams()) {
            drain(stream.bytes());
        }
        try (FileKey key = FileKey.open(export.keys(), EfsMaker.keyring())) {
            if (key == null) {
                return -1;
            }
            int streams = 0;
            for (StoredStream stream : export.streams()) {
                if (stream.encrypted()) {
                    drain(key.decrypt(stream.bytes(), stream.size(), stream.valid()));
                }
                streams++;
            }
            return streams;
        }
    }

    private static void drain(ChunkSource source) throws RecoveryException {
        int chunks = 0;
        for (long at = 0; at < source.size(); ) {
            Chunk chunk = source.at(at, 4096);
            assertThat(chunk.offset()).isEqualTo(at);
            assertThat(chunk.length()).isPositive();
            at += chunk.length();
            if (++chunks > MANY_CHUNKS) {
                throw new AssertionError("more than " + MANY_CHUNKS + " chunks");
            }
        }
    }

    @Test
    void keyRecords() {
        byte[] whole = EfsMaker.metadata(Fek.Algorithm.AES_256, KEY, "ann", "FFEEDDCCBBAA99887766554433221100FFEEDDCC");
        int opened = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            for (int left = 1 + random.nextInt(4); left > 0; left--) {
                int at = random.nextInt(random.nextBoolean() ? bytes.length : 0xb0);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : INTERESTING[random.nextInt(22)]);
            }
            bytes[8] = (byte) (seed % 4 == 0 ? 4 + seed / 4 % 3 : bytes[8]);
            try (FileKey key = FileKey.open(EfsMetadata.parse(bytes), EfsMaker.keyring())) {
                opened += key != null ? 1 : 0;
            } catch (RecoveryException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(opened).isGreaterThan(10);
    }
}
