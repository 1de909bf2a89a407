package org.salvor.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.fault.FormatException;

@DisplayName("LZS")
class LzsTest {
    /** Made by an encoder that is not ours. */
    private static final byte[] VECTOR = hex("2090b05e42039194e674 37e14c478600".replace(" ", ""));

    private static final byte[] PLAIN = "ABABABABABAB restore restore".getBytes(StandardCharsets.US_ASCII);

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] decode(byte[] packed, int room, int history) throws FormatException {
        byte[] out = new byte[history + room];
        int length = Lzs.decode(packed, 0, packed.length, out, history, room, history);
        return Arrays.copyOfRange(out, history, history + length);
    }

    @Test
    void unpacksTheKnownVector() throws Exception {
        assertThat(decode(VECTOR, 100, 0)).isEqualTo(PLAIN);
    }

    @Test
    void stopsWhereTheRoomEnds() throws Exception {
        for (int room = 0; room <= PLAIN.length; room++) {
            assertThat(decode(VECTOR, room, 0)).isEqualTo(Arrays.copyOf(PLAIN, room));
        }
    }

    @Test
    void givesWhatIsThereOfDataThatWereCut() throws Exception {
        for (int length = 0; length < VECTOR.length; length++) {
            byte[] out = decode(Arrays.copyOf(VECTOR, length), 100, 0);
            int same = Arrays.mismatch(out, PLAIN);
            assertThat(same == -1 || same >= Math.min(out.length, PLAIN.length) - 16)
                    .isTrue();
        }
    }

    /** 11 0000001 00: one byte back, twice; then the end mark. */
    @Test
    void reachesIntoHistoryOnlyWhereThereIsSome() throws Exception {
        byte[] packed = hex("c09800");
        byte[] out = {'x', 0, 0, 0};
        assertThat(Lzs.decode(packed, 0, packed.length, out, 1, 3, 1)).isEqualTo(2);
        assertThat(out).containsExactly('x', 'x', 'x', 0);
        assertThatThrownBy(() -> decode(packed, 3, 0)).isInstanceOf(FormatException.class);
    }

    @Test
    void meetsAnyBytesWithoutLosingItsHold() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] packed = new byte[random.nextInt(60)];
            random.nextBytes(packed);
            byte[] out = new byte[300];
            Arrays.fill(out, (byte) 0x5a);
            try {
                Lzs.decode(packed, 0, packed.length, out, 100, 100, random.nextInt(100));
            } catch (FormatException e) {
                assertThat(e.structure()).isEqualTo("LZS data");
            }
            assertThat(out[99]).isEqualTo((byte) 0x5a);
            assertThat(out[200]).isEqualTo((byte) 0x5a);
        }
    }
}
