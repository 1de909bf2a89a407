package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.backup.mtf.TapeWriter.Stream;

@DisplayName("A packed file with damaged frames")
class CoreMtfFramesTest {
    private static final int PIECE = 1000;
    private static final byte[] PLAIN = SetWriter.text("many words that pack", 9 * PIECE + 333);
    private static final byte[] NOISE = SetWriter.noise(9 * PIECE + 333, 4);

    /** A set with one file and another behind it. */
    private static byte[] medium(byte[] packed, int size) {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Packed");
        set.set(0, 1, "Packed", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("packed.bin", size, Stream.of("STAN", packed).packed());
        set.file("after.txt", SmallMedia.HELLO.length, Stream.of("STAN", SmallMedia.HELLO));
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    private static List<Integer> frames(byte[] packed) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < packed.length; ) {
            places.add(at);
            int length = packed[at + 16] & 0xff | (packed[at + 17] & 0xff) << 8;
            at += FrameHeader.SIZE + length;
        }
        return places;
    }

    private static Read read(byte[] packed, int size) throws Exception {
        try (BackupArchive archive = Listed.open(List.of(medium(packed, size)))) {
            Listed listed = Listed.of(archive, 1);
            assertThat(Listed.main(archive, 1, listed.entry("C:/after.txt")).bytes())
                    .isEqualTo(SmallMedia.HELLO);
            return Listed.main(archive, 1, listed.entry("C:/packed.bin"));
        }
    }

    @Test
    void losesOnlyThePieceWhoseHeaderIsDamaged() throws Exception {
        for (boolean tell : new boolean[] {true, false}) {
            for (byte[] plain : List.of(PLAIN, NOISE)) {
                byte[] packed = SetWriter.packed(plain, PIECE, false, tell);
                List<Integer> frames = frames(packed);
                for (int i = 0; i < frames.size(); i++) {
                    for (int field : new int[] {0, 5, 13, 17, 23}) {
                        byte[] damaged = packed.clone();
                        damaged[frames.get(i) + field] ^= 0x41;
                        assertLost(plain, read(damaged, plain.length), i, 1, tell + " " + i + " " + field);
                    }
                }
            }
        }
    }

    @Test
    void losesSeveralPiecesWhoseHeadersAreDamaged() throws Exception {
        for (boolean tell : new boolean[] {true, false}) {
            byte[] packed = SetWriter.packed(PLAIN, PIECE, false, tell);
            List<Integer> frames = frames(packed);
            byte[] damaged = packed.clone();
            Arrays.fill(damaged, frames.get(3), frames.get(5) + FrameHeader.SIZE, (byte) 0);
            assertLost(PLAIN, read(damaged, PLAIN.length), 3, 3, "three");
            byte[] cut = TapeWriter.join(
                    Arrays.copyOf(packed, frames.get(3) + 40),
                    Arrays.copyOfRange(packed, frames.get(5) + 40, packed.length));
            Read read = read(cut, PLAIN.length);
            assertThat(Arrays.copyOf(read.bytes(), 3 * PIECE)).isEqualTo(Arrays.copyOf(PLAIN, 3 * PIECE));
            assertThat(read.bytes()).hasSize(PLAIN.length);
            assertThat(Arrays.copyOfRange(read.bytes(), 6 * PIECE, PLAIN.length))
                    .isEqualTo(Arrays.copyOfRange(PLAIN, 6 * PIECE, PLAIN.length));
            assertThat(read.lost()).isGreaterThan(0);
        }
    }

    /** Pieces that do not pack are stored as they are, and so are the frames in them. */
    @Test
    void takesNoFrameOfItsContentForOneOfItsOwn() throws Exception {
        byte[] inner = SetWriter.packed(SetWriter.noise(700, 8), 100, false, true);
        byte[] content = TapeWriter.join(SetWriter.noise(1500, 3), inner, SetWriter.noise(5000, 6));
        byte[] packed = SetWriter.packed(content, PIECE, false, true);
        List<Integer> frames = frames(packed);
        for (int i = 0; i < frames.size(); i++) {
            byte[] damaged = packed.clone();
            damaged[frames.get(i) + 5] ^= 0x41;
            assertLost(content, read(damaged, content.length), i, 1, "piece " + i);
        }
    }

    private static void assertLost(byte[] plain, Read read, int first, int pieces, String what) {
        int from = first * PIECE;
        int to = Math.min(plain.length, (first + pieces) * PIECE);
        byte[] expected = plain.clone();
        Arrays.fill(expected, from, to, (byte) 0);
        assertThat(read.bytes()).as(what).isEqualTo(expected);
        assertThat(read.lost()).as(what).isEqualTo(to - from);
    }
}
