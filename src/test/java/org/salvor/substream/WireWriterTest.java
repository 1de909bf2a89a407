package org.salvor.substream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.substream.WireBytes.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;

@Tag("core")
@DisplayName("Streams written as WIN32_STREAM_ID")
class WireWriterTest {
    @Test
    void areTheBytesOfTheSpecification() throws Exception {
        byte[] expected = new WireBytes()
                        .security()
                        .data(text("content"))
                        .named("Zone.Identifier", text("[ZoneTransfer]"))
                        .named("empty", new byte[0])
                        .stream(7, 0, "", new byte[64])
                        .bytes();
        assertThat(Streams.write(
                                Streams.of(StreamType.SECURITY_DATA, "", false, WireBytes.descriptor().length, (Object)
                                        WireBytes.descriptor()),
                                Streams.data(text("content")),
                                Streams.named("Zone.Identifier", text("[ZoneTransfer]")),
                                Streams.named("empty", new byte[0]),
                                Streams.of(StreamType.OBJECT_ID, "", false, 64, (Object) new byte[64]))
                        .bytes())
                .isEqualTo(expected);
    }

    @Test
    void haveNoDataStreamForAnEmptyFile() throws Exception {
        assertThat(Streams.write(Streams.data(new byte[0])).bytes()).isEmpty();
    }

    @Test
    void keepASparseStreamSparse() throws Exception {
        byte[] expected = new WireBytes()
                .header(1, 8, 0, "")
                .block(65536, text("ABCD"))
                .block(1 << 20, new byte[0])
                .bytes();
        assertThat(Streams.write(Streams.of(
                                StreamType.DATA, "", true, 1 << 20, 65536L, text("ABCD"), (1L << 20) - 65540))
                        .bytes())
                .isEqualTo(expected);
    }

    @Test
    void fillHolesOfAStreamThatIsNotSparse() throws Exception {
        assertThat(Told.all(Streams.write(Streams.of(StreamType.DATA, "", false, 10, 3L, text("abc"), 4L))
                        .bytes()))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.bytes()).isEqualTo(text("\0\0\0abc\0\0\0\0"));
                    assertThat(told.sparse()).isFalse();
                });
    }

    @Test
    void keepTheHolesOfAStreamThatIsSaidToHaveSome() throws Exception {
        ChunkSource source = new ChunkSource() {
            @Override
            public long size() {
                return 1L << 40;
            }

            @Override
            public boolean holes() {
                return true;
            }

            @Override
            public Chunk at(long position, int limit) {
                return position < 4
                        ? new Chunk.Bytes(
                                position, ByteBuffer.wrap(text("ABCD")).position((int) position))
                        : new Chunk.Hole(position, size() - position);
            }
        };
        byte[] expected = new WireBytes()
                .header(4, 8, 0, ":$Bad:$DATA")
                .block(0, text("ABCD"))
                .block(1L << 40, new byte[0])
                .bytes();
        assertThat(Streams.write(new SourceSubstream(StreamType.ALTERNATE_DATA, "$Bad", source, false))
                        .bytes())
                .isEqualTo(expected);
    }

    @Test
    void tellWhatIsLostAndGoOnWithZeros() throws Exception {
        Streams.Written written = Streams.write(
                Streams.of(StreamType.DATA, "", false, 20, text("abc"), 5, text("def")),
                Streams.of(StreamType.ALTERNATE_DATA, "a", true, 20, text("abc"), 5, text("def")),
                Streams.of(StreamType.SECURITY_DATA, "", false, 20, text("abc"), 5),
                Streams.of(StreamType.ALTERNATE_DATA, "b", false, 9, text("abc"), new RecoveryException("gone")),
                Streams.named("c", text("last")));
        assertThat(written.lost())
                .containsExactly(
                        "DATA 3+5",
                        "DATA 11+9",
                        "ALTERNATE_DATA 3+5",
                        "ALTERNATE_DATA 11+9",
                        "SECURITY_DATA 3+5",
                        "SECURITY_DATA 8+12",
                        "ALTERNATE_DATA 3+6");
        List<Told> told = Told.all(written.bytes());
        assertThat(told).extracting(Told::name).containsExactly("", "a", "b", "c");
        assertThat(told.get(0).bytes()).isEqualTo(Arrays.copyOf(text("abc\0\0\0\0\0def"), 20));
        assertThat(told.get(1).bytes()).isEqualTo(told.get(0).bytes());
        assertThat(told.get(3).text()).isEqualTo("last");
    }

    @Test
    void tellWhereASourceFindsAtTheEndThatItsBytesAreNotRight() throws Exception {
        Streams.Written written = Streams.write(
                Streams.of(StreamType.DATA, "", false, 3, text("abc"), new RecoveryException("a checksum")));
        assertThat(written.lost()).containsExactly("DATA 3+0");
        assertThat(Told.all(written.bytes()).getFirst().text()).isEqualTo("abc");
    }

    @Test
    void endWhenWhoeverWritesRefusesALoss() {
        WireWriter writer = new WireWriter(
                new WireWriter.Out() {
                    @Override
                    public void bytes(java.nio.ByteBuffer data) {}

                    @Override
                    public void zeros(long length) {}
                },
                (stream, lost) -> {
                    throw new RecoveryException("no");
                });
        assertThatThrownBy(() -> writer.write(Streams.of(StreamType.DATA, "", false, 5, 5)))
                .hasMessage("no");
    }

    @Test
    void passACancelOn() {
        assertThatThrownBy(() -> Streams.write(Streams.of(StreamType.DATA, "", false, 5, new CancelledException())))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void refuseASourceOutOfOrder() {
        assertThatThrownBy(() ->
                        Streams.write(Streams.of(StreamType.DATA, "", false, 9, text("abc"), new Chunk.Hole(1, 2))))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> Streams.write(Streams.of(StreamType.DATA, "", false, 2, text("abc"))))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void leaveOutAStreamWhoseNameIsTooLong() throws Exception {
        Streams.Written written = Streams.write(
                Streams.named("x".repeat(32762), text("abc")), Streams.named("x".repeat(32761), text("d")));
        assertThat(written.lost()).containsExactly("ALTERNATE_DATA 0+3");
        assertThat(Told.all(written.bytes())).extracting(Told::size).containsExactly(1L);
    }

    @Test
    void comeBackAsTheyWere() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Substream> streams = new ArrayList<>();
            List<byte[]> contents = new ArrayList<>();
            List<Boolean> sparse = new ArrayList<>();
            for (int count = random.nextInt(6); count >= 0; count--) {
                boolean holes = random.nextBoolean();
                List<Object> pieces = new ArrayList<>();
                java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
                for (int left = random.nextInt(5); left >= 0; left--) {
                    byte[] piece = new byte[random.nextInt(1, 3000)];
                    if (random.nextBoolean()) {
                        pieces.add((long) piece.length);
                    } else {
                        random.nextBytes(piece);
                        pieces.add(piece);
                    }
                    content.writeBytes(piece);
                }
                boolean main = streams.isEmpty();
                streams.add(Streams.of(
                        main ? StreamType.DATA : StreamType.ALTERNATE_DATA,
                        main ? "" : "s" + count + "\u00e4\ud83d\ude00",
                        holes,
                        content.size(),
                        pieces.toArray()));
                contents.add(content.toByteArray());
                sparse.add(holes);
            }
            Streams.Written written = Streams.write(streams.toArray(new Substream[0]));
            List<Told> told = Told.all(written.bytes());
            assertThat(told).extracting(Told::sparse).isEqualTo(sparse);
            for (int i = 0; i < contents.size(); i++) {
                assertThat(told.get(i).bytes()).as("seed %d", seed).isEqualTo(contents.get(i));
                assertThat(told.get(i).name()).isEqualTo(streams.get(i).name());
            }
        }
    }
}
