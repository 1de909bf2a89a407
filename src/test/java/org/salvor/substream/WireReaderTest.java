package org.salvor.substream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.substream.WireBytes.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** The vectors and variants of docs/formats/backupread.md. */
@Tag("core")
@DisplayName("A sequence of WIN32_STREAM_ID streams")
class WireReaderTest {
    private static final byte[] CONTENT = text("Unnamed Stream");

    private static WireIndex index(byte[] bytes) throws RecoveryException {
        return WireIndex.of(new MemoryInput(bytes), () -> {});
    }

    private static WirePart data(WireIndex index) {
        return Objects.requireNonNull(index.part(StreamType.DATA));
    }

    private static Told only(byte[] bytes) throws RecoveryException {
        assertThat(index(bytes).damage()).isNull();
        List<Told> all = Told.all(bytes);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void ofTheDocumentedVectorsIsRead() throws Exception {
        byte[] all = new WireBytes()
                .hex("01000000000000000e0000000000000000000000556e6e616d65642053747265616d")
                .hex("040000000000000011000000000000001c000000"
                        + "3a006100640073002e007400780074003a0024004400410054004100"
                        + "616c7465726e6174652073747265616d0a")
                .bytes();
        assertThat(all).hasSize(34 + 65);
        List<Told> told = Told.all(all);
        assertThat(told).extracting(Told::type).containsExactly(StreamType.DATA, StreamType.ALTERNATE_DATA);
        assertThat(told.get(0).text()).isEqualTo("Unnamed Stream");
        assertThat(told.get(1).name()).isEqualTo("ads.txt");
        assertThat(told.get(1).text()).isEqualTo("alternate stream\n");
        assertThat(index(all).damage()).isNull();
    }

    @Test
    void withASparseBlockAndItsEndKeepsHolesAsHoles() throws Exception {
        Told told = only(new WireBytes()
                .header(1, 8, 0, "")
                .hex("09000000080000000c0000000000000000000000 0000010000000000 41424344")
                .hex("09000000080000000800000000000000000000000000100000000000")
                .bytes());
        assertThat(told.size()).isEqualTo(1 << 20);
        assertThat(told.sparse()).isTrue();
        assertThat(told.gaps()).containsExactly("hole 0+65536", "hole 65540+" + ((1 << 20) - 65540));
        assertThat(Arrays.copyOfRange(told.bytes(), 65536, 65540)).isEqualTo(text("ABCD"));
    }

    @Test
    void withoutAnyStreamIsAnEmptyFile() throws Exception {
        assertThat(index(new byte[0]).parts()).isEmpty();
        assertThat(index(new byte[0]).damage()).isNull();
    }

    @Test
    void ofAnEmptySparseFileOfNewWindowsIsEmpty() throws Exception {
        Told told = only(new WireBytes().header(1, 8, 0, "").bytes());
        assertThat(told.size()).isZero();
        assertThat(told.sparse()).isTrue();
    }

    @Test
    void ofAFileThatIsOneHoleHasOnlyItsEnd() throws Exception {
        Told told = only(
                new WireBytes().header(1, 8, 0, "").block(300_000, new byte[0]).bytes());
        assertThat(told.gaps()).containsExactly("hole 0+300000");
    }

    @Test
    void ofASparseFileWithOneRangeIsPlain() throws Exception {
        Told told = only(new WireBytes().stream(1, 8, "", CONTENT).bytes());
        assertThat(told.text()).isEqualTo("Unnamed Stream");
        assertThat(told.gaps()).isEmpty();
        assertThat(told.sparse()).isTrue();
    }

    @Test
    void mayEndASparseStreamBehindItsContent() throws Exception {
        Told told = only(new WireBytes()
                .stream(1, 8, "", CONTENT).block(100, new byte[0]).bytes());
        assertThat(told.size()).isEqualTo(100);
        assertThat(told.gaps()).containsExactly("hole 14+86");
    }

    @Test
    void mayHaveSparseNamedStreamsAndOtherStreamsBetweenBlocks() throws Exception {
        byte[] all = new WireBytes()
                .header(1, 8, 0, "")
                .block(10, text("one"))
                .security()
                .block(20, text("two"))
                .header(4, 8, 0, ":s:$DATA")
                .block(5, text("three"))
                .block(12, new byte[0])
                .bytes();
        List<Told> told = Told.all(all);
        assertThat(told).extracting(Told::size).containsExactly(23L, (long) WireBytes.descriptor().length, 12L);
        assertThat(told.get(0).gaps()).containsExactly("hole 0+10", "hole 13+7");
        assertThat(told.get(2).gaps()).containsExactly("hole 0+5", "hole 10+2");
        assertThat(new String(told.get(2).bytes(), 5, 5)).isEqualTo("three");
    }

    @Test
    void namesItsStreamsWithoutColons() throws Exception {
        byte[] all = new WireBytes()
                .stream(4, 0, ":Zone.Identifier:$DATA", text("a")).stream(4, 0, ":no ending", text("b")).stream(
                                4, 0, "no colon:$data", text("c"))
                        .stream(4, 0, ":\ud800 alone:$DATA".replace("\ud800", "x"), text("d"))
                        .bytes();
        assertThat(Told.all(all))
                .extracting(Told::name)
                .containsExactly("Zone.Identifier", "no ending", "no colon", "x alone");
    }

    @Test
    void keepsLoneSurrogatesOfNames() throws Exception {
        byte[] all = new WireBytes().header(4, 0, 1, "::$DATA").bytes();
        byte[] odd = new WireBytes()
                .raw(Arrays.copyOf(all, 16))
                .hex("10000000")
                .hex("3a00 00d8 3a00 2400 4400 4100 5400 4100")
                .raw(text("x"))
                .bytes();
        assertThat(only(odd).name()).isEqualTo("\ud800");
    }

    @Test
    void keepsTheLastOfStreamsThatThereIsOneOf() throws Exception {
        byte[] all = new WireBytes()
                .data(text("first, longer")).named("a", text("1")).stream(7, 0, "", new byte[64])
                        .security()
                        .named("b", text("2"))
                        .data(text("second"))
                        .named("a", text("3"))
                        .bytes();
        List<Told> told = Told.all(all);
        assertThat(told)
                .extracting(Told::type)
                .containsExactly(
                        StreamType.OBJECT_ID,
                        StreamType.SECURITY_DATA,
                        StreamType.ALTERNATE_DATA,
                        StreamType.DATA,
                        StreamType.ALTERNATE_DATA);
        assertThat(told.get(3).text()).isEqualTo("second");
        assertThat(told.get(2).name() + told.get(2).text()).isEqualTo("b2");
        assertThat(told.get(4).name() + told.get(4).text()).isEqualTo("a3");
    }

    @Test
    void skipsStreamsThatAreUnknownOrIgnoredBySize() throws Exception {
        byte[] all = new WireBytes()
                .stream(12, 0, "", new byte[5000]).stream(10, 0, "", new byte[7000]).stream(6, 0, "", new byte[3])
                        .stream(0x7fffffff, 0xff, "a name", new byte[9])
                        .data(CONTENT)
                        .bytes();
        assertThat(only(all).text()).isEqualTo("Unnamed Stream");
        assertThat(index(all).unknown()).isEqualTo(2);
    }

    @Test
    void tellsWhatLiesInColdStorage() throws Exception {
        WireIndex index = index(new WireBytes()
                .stream(1, 0x10, "", CONTENT).stream(11, 0, "", new byte[8]).bytes());
        assertThat(data(index).ghosted()).isTrue();
        assertThat(index.part(StreamType.GHOSTED_FILE_EXTENTS)).isNotNull();
    }

    @Test
    void isReadWithoutReadingItsData() throws Exception {
        MemoryInput input = new MemoryInput(new WireBytes()
                .security()
                .data(new byte[9 << 20])
                .named("a", text("b"))
                .bytes());
        WireIndex index = WireIndex.of(input, () -> {});
        assertThat(index.parts()).hasSize(3);
        assertThat(input.bytesRead).isLessThan(3 * 4096);
    }

    @Test
    void isTakenInPiecesOfAnySize() throws Exception {
        byte[] all = new WireBytes()
                        .security()
                        .header(1, 8, 0, "")
                        .block(4096, text("block"))
                        .block(8192, new byte[0])
                        .named("Zone.Identifier", text("[ZoneTransfer]"))
                        .stream(12, 0, "", new byte[3])
                        .bytes();
        List<String> whole = events(all, all.length);
        assertThat(whole).hasSize(12);
        Random random = new Random(7);
        for (int size = 1; size < 64; size++) {
            assertThat(events(all, size)).isEqualTo(whole);
            assertThat(events(all, -random.nextInt(1, 40))).isEqualTo(whole);
        }
    }

    /** What the parser tells; payloads put together. @param size of the pieces, negative for random ones up to that */
    private static List<String> events(byte[] all, int size) throws RecoveryException {
        List<String> events = new ArrayList<>();
        StringBuilder payload = new StringBuilder();
        WireParser parser = new WireParser(new WireParser.Sink() {
            @Override
            public void begin(WireHeader header, String name, long offset) {
                events.add(payload.toString());
                payload.setLength(0);
                events.add(header + name + offset);
            }

            @Override
            public void payload(ByteBuffer piece) {
                while (piece.hasRemaining()) {
                    payload.append((char) piece.get());
                }
            }
        });
        Random random = new Random(size);
        for (int at = 0; at < all.length; ) {
            int length = Math.min(all.length - at, size > 0 ? size : random.nextInt(1, 1 - size));
            parser.accept(ByteBuffer.wrap(all, at, length));
            at += length;
        }
        parser.end();
        events.add(payload.toString());
        return events.subList(1, events.size());
    }

    @Test
    void thatIsBrokenNamesThePositionAndKeepsAllBefore() throws Exception {
        byte[] good = new WireBytes().security().data(CONTENT).bytes();
        for (WireBytes bad : List.of(
                new WireBytes().header(0, 0, 5, ""),
                new WireBytes().header(1, 0, -1, ""),
                new WireBytes().header(1, 0, Long.MAX_VALUE, ""),
                new WireBytes().header(1, 0, Long.MIN_VALUE, ""),
                new WireBytes().header(3, 0, 5, "named"),
                new WireBytes().header(4, 0, 5, ""),
                new WireBytes().header(4, 0, 5, "::$DATA"),
                new WireBytes().header(4, 0, 5, "x".repeat(32769)),
                new WireBytes().hex("0400000000000000050000000000000003000000 414141"),
                new WireBytes().hex("04000000000000000500000000000000ffffffff 414141"),
                new WireBytes().header(9, 8, 7, "").raw(new byte[7]),
                new WireBytes().block(5, text("lies in what was there before")),
                new WireBytes().block(-1, text("x")),
                new WireBytes().block(Long.MAX_VALUE, text("x")),
                new WireBytes().raw(text("this is something else altogether")))) {
            byte[] all = new WireBytes().raw(good).raw(bad.bytes()).bytes();
            WireIndex index = index(all);
            assertThat(index.damage())
                    .isInstanceOfSatisfying(
                            FormatException.class,
                            e -> assertThat(e.position()).isBetween((long) good.length, good.length + 20L));
            assertThat(Told.all(all).get(1).text()).isEqualTo("Unnamed Stream");
            WireReader reader = new WireReader(new MemoryInput(all), index);
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isSameAs(index.damage());
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void doesNotBeginWithASparseBlock() throws Exception {
        WireIndex index =
                index(new WireBytes().block(0, text("x")).data(CONTENT).bytes());
        assertThat(index.parts()).isEmpty();
        assertThat(index.damage()).isNotNull();
    }

    @Test
    void cutAnywhereKeepsWhatIsThereAndTellsTheLoss() throws Exception {
        byte[] all = new WireBytes()
                .security()
                .data(CONTENT)
                .named("n", text("named"))
                .header(4, 8, 0, ":s:$DATA")
                .block(30, text("block"))
                .block(50, new byte[0])
                .bytes();
        List<Told> whole = Told.all(all);
        int data = 20 + WireBytes.descriptor().length + 20;
        int lastBlock = all.length - 28;
        int firstBlock = lastBlock - 28 - 5 + 1;
        for (int length = 0; length < all.length; length++) {
            byte[] cut = Arrays.copyOf(all, length);
            WireIndex index = index(cut);
            List<Told> told = Told.all(cut);
            boolean between = index.damage() == null;
            assertThat(told.size()).isLessThanOrEqualTo(whole.size());
            for (int i = 0; i < told.size(); i++) {
                boolean last = i == told.size() - 1;
                Told was = whole.get(i);
                assertThat(told.get(i).type()).isEqualTo(was.type());
                assertThat(told.get(i).name()).isEqualTo(was.name());
                if (!last) {
                    assertThat(told.get(i).bytes()).isEqualTo(was.bytes());
                }
            }
            if (length >= firstBlock) {
                assertThat(index.damage()).as("cut at " + length).isNotNull();
                assertThat(index.wellFormed()).isEqualTo(length == lastBlock);
            }
            if (length >= data && length < data + CONTENT.length) {
                int there = length - data;
                assertThat(told.get(1).gaps()).containsExactly("lost " + there + "+" + (CONTENT.length - there));
                assertThat(Arrays.copyOf(told.get(1).bytes(), there)).isEqualTo(Arrays.copyOf(CONTENT, there));
                assertThat(data(index).missing()).isEqualTo(CONTENT.length - there);
                assertThat(between).isFalse();
            }
        }
        assertThat(index(Arrays.copyOf(all, data + CONTENT.length)).damage()).isNull();
    }

    /** Between two blocks nothing is torn: only that the end of the stream does not come shows the loss. */
    @Test
    void cutBetweenItsBlocksIsNotWhole() throws Exception {
        byte[] cut =
                new WireBytes().header(1, 8, 0, "").block(0, new byte[70_000]).bytes();
        WireIndex index = index(cut);
        assertThat(index.damage())
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.position()).isEqualTo(cut.length));
        assertThat(data(index).size()).isEqualTo(70_000);
        byte[] inTheMiddle = new WireBytes().raw(cut).named("n", text("after")).bytes();
        assertThat(index(inTheMiddle).damage()).isNotNull();
        byte[] replaced = new WireBytes().raw(cut).data(CONTENT).bytes();
        assertThat(index(replaced).damage()).isNull();
    }

    @Test
    void tellsUnreadableRangesOfItsDataAsLost() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        byte[] all = new WireBytes().data(content).named("n", text("after")).bytes();
        MemoryInput input = new MemoryInput(all).bad(20 + 5000, 512).bad(20 + 1_500_000, 4096);
        List<Told> told = Told.all(input);
        assertThat(told.get(0).gaps()).containsExactly("lost 5000+512", "lost 1500000+4096");
        Arrays.fill(content, 5000, 5512, (byte) 0);
        Arrays.fill(content, 1_500_000, 1_504_096, (byte) 0);
        assertThat(told.get(0).bytes()).isEqualTo(content);
        assertThat(told.get(1).text()).isEqualTo("after");
    }

    @Test
    void endsWhereAHeaderCannotBeRead() throws Exception {
        byte[] all = new WireBytes().data(CONTENT).named("n", text("after")).bytes();
        WireIndex index = WireIndex.of(new MemoryInput(all).bad(34, 4), () -> {});
        assertThat(index.parts()).hasSize(1);
        assertThat(index.damage()).hasMessageContaining("34");
    }

    @Test
    void isReadAtAnyPositionAsFromFrontToBack() throws Exception {
        WireBytes wire = new WireBytes().header(1, 8, 0, "");
        Random random = new Random(3);
        long offset = 0;
        for (int i = 0; i < 200; i++) {
            offset += random.nextInt(3) * 500L;
            byte[] piece = new byte[random.nextInt(700)];
            random.nextBytes(piece);
            wire.block(offset, piece);
            offset += piece.length;
        }
        byte[] all = wire.block(offset + 999, new byte[0]).bytes();
        byte[] content = only(all).bytes();
        WireIndex index = index(all);
        WireStream stream = new WireStream(new MemoryInput(all), data(index));
        assertThat(stream.size()).isEqualTo(content.length);
        for (int i = 0; i < 2000; i++) {
            int position = random.nextInt(content.length);
            ByteBuffer target = ByteBuffer.allocate(3000);
            int wanted = random.nextInt(2500);
            int read = stream.read(position, target.position(7).limit(7 + wanted));
            assertThat(read).isEqualTo(Math.min(wanted, content.length - position));
            assertThat(target.position()).isEqualTo(7 + read);
            assertThat(Arrays.copyOfRange(target.array(), 7, 7 + read))
                    .isEqualTo(Arrays.copyOfRange(content, position, position + read));
        }
        assertThat(stream.read(content.length, ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void reservesNoMemoryForWhatItPromises() throws Exception {
        byte[] names = new byte[65536];
        Arrays.fill(names, (byte) 'x');
        WireBytes wire = new WireBytes();
        for (int i = 0; i < 200; i++) {
            wire.header(4, 0, 0, ":" + i + "x".repeat(32700));
        }
        WireIndex index = index(wire.bytes());
        assertThat(index.damage()).isInstanceOf(FormatException.class);
        assertThat(index.parts().size()).isBetween(100, 150);
        WirePart huge = data(index(new WireBytes().header(1, 0, 1L << 47, "").bytes()));
        assertThat(huge.missing()).isEqualTo(1L << 47);
    }

    @Test
    void isReadIntoSpaceOfTheCaller() throws Exception {
        byte[] content = new byte[10_000];
        new Random(9).nextBytes(content);
        byte[] all = new WireBytes().data(content).bytes();
        MemoryInput input = new MemoryInput(all).bad(20 + 5000, 100);
        Substream stream = Objects.requireNonNull(new WireReader(input, index(all)).next());
        byte[] read = new byte[content.length];
        ByteBuffer space = ByteBuffer.allocate(1100);
        long lost = 0;
        for (Chunk chunk = stream.next(space.clear().position(100));
                chunk != null;
                chunk = stream.next(space.clear().position(100))) {
            if (chunk instanceof Chunk.Bytes bytes) {
                assertThat(bytes.data()).isSameAs(space);
                assertThat(bytes.length()).isLessThanOrEqualTo(1000);
                space.get(read, (int) chunk.offset(), space.remaining());
            } else {
                lost += chunk.length();
            }
        }
        assertThat(lost).isEqualTo(100);
        Arrays.fill(content, 5000, 5100, (byte) 0);
        assertThat(read).isEqualTo(content);
    }
}
