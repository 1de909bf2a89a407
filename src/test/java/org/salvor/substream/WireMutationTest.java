package org.salvor.substream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.substream.WireBytes.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.salvor.fault.RecoveryException;

/** Seeded damage to a small sequence: it is read as far as it goes, whatever its numbers promise; the build gives this 256 MiB. */
@DisplayName("Damaged backup streams are read as far as they go")
class WireMutationTest {
    private static final long[] INTERESTING = {
        0,
        1,
        7,
        8,
        9,
        20,
        255,
        4096,
        0x7fff,
        0xffff,
        0x10000,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        1L << 40,
        1L << 48,
        (1L << 48) + 1,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8
    };

    private static byte[] sample() {
        WireBytes wire = new WireBytes().security().header(1, 8, 0, "");
        for (int i = 0; i < 20; i++) {
            wire.block(i * 5000L, new byte[3000]);
        }
        return wire
                .block(120_000, new byte[0])
                .named("Zone.Identifier", text("[ZoneTransfer]"))
                .header(4, 8, 0, ":sparse:$DATA")
                .block(70_000, text("block"))
                .block(80_000, new byte[0])
                .stream(2, 0, "", new byte[40])
                .stream(8, 0, "", WireBytes.reparse(0xA000000C, new byte[60]))
                .stream(7, 0, "", new byte[64])
                .stream(12, 0, "", new byte[10])
                .bytes();
    }

    @Tag("mutation")
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void inFiftyThousandWays() throws Exception {
        byte[] sample = sample();
        int broken = 0;
        for (long seed = 0; seed < 50_000; seed++) {
            broken += readEverything(mutate(sample, new Random(seed))) ? 0 : 1;
        }
        assertThat(broken).as("some are broken, some are not").isBetween(5_000, 49_000);
    }

    private static byte[] mutate(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            int at = random.nextBoolean() ? random.nextInt(bytes.length) : headerNear(sample, random);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    long value = INTERESTING[random.nextInt(INTERESTING.length)];
                    int width = 1 << random.nextInt(4);
                    for (int i = 0; i < width && at + i < bytes.length; i++) {
                        bytes[at + i] = (byte) (value >>> 8 * i);
                    }
                }
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(1, 200), bytes.length - Math.max(at, from));
                    System.arraycopy(sample, from, bytes, at, length);
                }
            }
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Headers begin every 3028 bytes in the blocks, and lie close together at both ends. */
    private static int headerNear(byte[] sample, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(150);
            case 1 -> 120 + random.nextInt(20) * 3028 + random.nextInt(28);
            default -> sample.length - 1 - random.nextInt(600);
        };
    }

    /** Whether it is whole. */
    private static boolean readEverything(byte[] bytes) throws RecoveryException {
        MemoryInput input = new MemoryInput(bytes);
        WireIndex index = WireIndex.of(input, () -> {});
        WireReader reader = new WireReader(input, index);
        for (int i = 0; i < index.parts().size(); i++) {
            WirePart part = index.parts().get(i);
            Substream stream = Objects.requireNonNull(reader.next());
            long position = 0;
            long stored = 0;
            for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                assertThat(chunk.offset()).isEqualTo(position);
                assertThat(chunk.length()).isPositive();
                position += chunk.length();
                stored += chunk instanceof Chunk.Hole ? 0 : chunk.length();
            }
            assertThat(position).isEqualTo(stream.size()).isEqualTo(part.size());
            assertThat(stored).isEqualTo(part.stored());
            if (WireStream.possible(part)) {
                WireStream any = new WireStream(input, part);
                any.read(part.size() / 2, ByteBuffer.allocate(100));
            }
        }
        return index.damage() == null;
    }
}
