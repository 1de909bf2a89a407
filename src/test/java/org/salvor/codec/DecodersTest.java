package org.salvor.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.FormatException;

class DecodersTest {
    private static final Path VECTORS = Path.of("src", "test", "resources", "codec");

    @FunctionalInterface
    interface Decoder {
        int decode(byte[] in, int inOff, int inLen, byte[] out, int outOff, int outLen) throws FormatException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xpress-4k", "xpress-8k", "xpress-16k", "xpress-32k", "lzx-32k", "lzx-32k-fast"})
    void whatWimlibPacksIsUnpackedByteForByte(String name) throws Exception {
        Decoder decoder = decoder(name);
        int packedChunks = 0;
        for (SmallWim.Resource resource : SmallWim.read(VECTORS.resolve(name + ".wim"))) {
            assertThat(unpack(resource, decoder)).as(name).isEqualTo(resource.sha1());
            packedChunks += (int)
                    resource.chunks().stream().filter(SmallWim.Chunk::packed).count();
        }
        assertThat(packedChunks).isGreaterThan(5);
    }

    static Decoder decoder(String name) {
        return name.startsWith("lzx") ? Lzx::decode : Xpress::decode;
    }

    /** SHA-1 of the content; decodes into the middle of a larger buffer and finds its edges untouched. */
    static byte[] unpack(SmallWim.Resource resource, Decoder decoder) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        for (SmallWim.Chunk chunk : resource.chunks()) {
            byte[] out = new byte[chunk.unpackedLength() + 16];
            Arrays.fill(out, (byte) 0x5a);
            if (chunk.packed()) {
                int written = decoder.decode(chunk.stored(), 0, chunk.stored().length, out, 8, chunk.unpackedLength());
                assertThat(written).isEqualTo(chunk.unpackedLength());
            } else {
                System.arraycopy(chunk.stored(), 0, out, 8, chunk.stored().length);
            }
            for (int i = 0; i < 8; i++) {
                assertThat(out[i]).isEqualTo((byte) 0x5a);
                assertThat(out[out.length - 1 - i]).isEqualTo((byte) 0x5a);
            }
            sha1.update(out, 8, chunk.unpackedLength());
        }
        return sha1.digest();
    }

    @Test
    void theXpressExamplesOfTheSpecificationComeOut() throws Exception {
        byte[] alphabet = new byte[272];
        byte[] lengths = HexFormat.of().parseHex("50" + "55".repeat(10) + "454404");
        System.arraycopy(lengths, 0, alphabet, 0x30, lengths.length);
        alphabet[0x80] = 0x04;
        byte[] codes = HexFormat.of().parseHex("d8523ed794115be9195ff9d67cdf8d0400000000");
        byte[] first = Arrays.copyOf(alphabet, 256 + codes.length);
        System.arraycopy(codes, 0, first, 256, codes.length);
        byte[] out = new byte[26];
        Xpress.decode(first, 0, first.length, out, 0, out.length);
        assertThat(new String(out, StandardCharsets.US_ASCII)).isEqualTo("abcdefghijklmnopqrstuvwxyz");

        byte[] second = new byte[256 + 7];
        second[0x30] = 0x30;
        second[0x31] = 0x23;
        second[0x80] = 0x02;
        second[0x8f] = 0x20;
        System.arraycopy(HexFormat.of().parseHex("a8dc0000ff2601"), 0, second, 256, 7);
        byte[] repeated = new byte[300];
        Xpress.decode(second, 0, second.length, repeated, 0, repeated.length);
        assertThat(new String(repeated, StandardCharsets.US_ASCII)).isEqualTo("abc".repeat(100));
    }

    @Test
    void theLznt1ExampleOfTheSpecificationComesOut() throws Exception {
        byte[] packed = HexFormat.of()
                .parseHex("38b08846232000204720410010a24701a045204400084501507900c04520052413"
                        + "8805b4024a44ef0358028c091601484500be009e000401189000");
        byte[] out = new byte[4096];
        int written = Lznt1.decode(packed, 0, packed.length, out, 0, out.length);
        assertThat(new String(out, 0, written, StandardCharsets.US_ASCII))
                .isEqualTo("F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E"
                        + " F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0");
    }

    @Test
    void storedAndShortLznt1ChunksKeepTheirPlaces() throws Exception {
        byte[] packed = HexFormat.of().parseHex("0130" + "4142" + "02b0" + "00" + "4344" + "0000" + "ffff");
        byte[] out = new byte[8192];
        Arrays.fill(out, (byte) 1);
        int written = Lznt1.decode(packed, 0, packed.length, out, 0, out.length);
        assertThat(written).isEqualTo(4098);
        assertThat(Arrays.copyOf(out, 3)).containsExactly('A', 'B', 0);
        assertThat(Arrays.copyOfRange(out, 4095, 4099)).containsExactly(0, 'C', 'D', 1);
    }

    @Test
    void damagedLznt1IsToldNotGuessed() {
        for (String broken : List.of("0210414243", "05b001", "02b00100f0", "03b0024100f0")) {
            byte[] in = HexFormat.of().parseHex(broken);
            assertThatThrownBy(() -> Lznt1.decode(in, 0, in.length, new byte[4096], 0, 4096))
                    .as(broken)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void truncatedInputIsToldNotGuessed() throws Exception {
        for (String name : List.of("xpress-16k", "lzx-32k")) {
            for (SmallWim.Resource resource : SmallWim.read(VECTORS.resolve(name + ".wim"))) {
                for (SmallWim.Chunk chunk : resource.chunks()) {
                    int half = chunk.stored().length / 2;
                    if (chunk.packed() && half > 300) {
                        assertThatThrownBy(() -> decoder(name)
                                        .decode(
                                                chunk.stored(),
                                                0,
                                                half,
                                                new byte[chunk.unpackedLength()],
                                                0,
                                                chunk.unpackedLength()))
                                .isInstanceOf(FormatException.class);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xpress-4k", "xpress-16k", "lzx-32k", "lzx-32k-fast", "lznt1"})
    void thousandsOfDamagedInputsEndInAFormatExceptionOrInOtherBytes(String name) throws Exception {
        Random random = new Random(4711);
        List<SmallWim.Chunk> chunks = name.equals("lznt1") ? lznt1Chunks() : packedChunks(name);
        Decoder decoder = name.equals("lznt1") ? Lznt1::decode : decoder(name);
        int refused = 0;
        int rounds = 4000;
        for (int round = 0; round < rounds; round++) {
            SmallWim.Chunk chunk = chunks.get(random.nextInt(chunks.size()));
            byte[] in = chunk.stored().clone();
            int flips = 1 + random.nextInt(8);
            for (int i = 0; i < flips; i++) {
                in[random.nextInt(random.nextBoolean() ? Math.min(in.length, 300) : in.length)] =
                        (byte) random.nextInt(256);
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(in.length + 1) : in.length;
            try {
                decoder.decode(in, 0, length, new byte[chunk.unpackedLength()], 0, chunk.unpackedLength());
            } catch (FormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, rounds);
    }

    private static List<SmallWim.Chunk> packedChunks(String name) throws Exception {
        return SmallWim.read(VECTORS.resolve(name + ".wim")).stream()
                .flatMap(resource -> resource.chunks().stream())
                .filter(SmallWim.Chunk::packed)
                .toList();
    }

    private static List<SmallWim.Chunk> lznt1Chunks() {
        byte[] one = HexFormat.of()
                .parseHex("38b08846232000204720410010a24701a045204400084501507900c04520052413"
                        + "8805b4024a44ef0358028c091601484500be009e000401189000");
        byte[] three = new byte[3 * one.length];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(one, 0, three, i * one.length, one.length);
        }
        return List.of(new SmallWim.Chunk(three, 16_384));
    }
}
