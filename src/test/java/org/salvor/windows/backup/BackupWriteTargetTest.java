package org.salvor.windows.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Streams;
import org.salvor.text.Messages;
import org.salvor.windows.WindowsException;
import org.salvor.windows.Wine;

@DisplayName("Files are written through BackupWrite (against the strict double)")
class BackupWriteTargetTest {
    private static final long ALL_PRIVILEGES = 1 << 18 | 1 << 8 | 1 << 9 | 1L << 35;
    private static final int SYMBOLIC_LINK = 0xA000000C;
    private static final int JUNCTION = 0xA0000003;
    private static final int LOCAL_SOCKET = 0x80000023;

    @TempDir
    Path folder;

    private BackupDouble windows;
    private TargetFixture file;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = BackupDouble.fresh();
        file = new TargetFixture(folder);
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(windows.violations()).isEmpty();
    }

    private void another() throws IOException {
        file = new TargetFixture(Files.createDirectory(folder.resolve("another")));
    }

    private WrittenStreams write(org.salvor.substream.Substream... streams) throws IOException, RecoveryException {
        return file.write(windows.kernel, windows.token, streams);
    }

    @Test
    @DisplayName("Data of several buffers, byte for byte, with their SHA-256")
    void plainData() throws Exception {
        byte[] content = random(700_001);
        WrittenStreams written = write(Streams.data(content));
        assertThat(Files.readAllBytes(file.path)).isEqualTo(content);
        assertThat(written.size()).isEqualTo(content.length);
        assertThat(written.sha256()).isEqualTo(sha(content));
        assertThat(written.lost()).isZero();
        assertThat(written.notes()).isEmpty();
        assertThat(windows.count("privileges")).isEqualTo(ALL_PRIVILEGES);
    }

    @Test
    @DisplayName("An empty file, and one with only a hole")
    void emptyAndHole() throws Exception {
        assertThat(write(Streams.data(new byte[0])).sha256()).isEqualTo(sha(new byte[0]));
        another();
        WrittenStreams hole = write(Streams.of(StreamType.DATA, "", true, 1 << 20, new Chunk.Hole(0, 1 << 20)));
        assertThat(Files.readAllBytes(file.path)).isEqualTo(new byte[1 << 20]);
        assertThat(hole.sha256()).isEqualTo(sha(new byte[1 << 20]));
    }

    @Test
    @DisplayName("Sparse data: made sparse before the first byte, holes stay holes, the length is right")
    void sparseData() throws Exception {
        byte[] part = random(4096);
        WrittenStreams written = write(Streams.of(
                StreamType.DATA,
                "",
                true,
                3_000_000,
                new Chunk.Hole(0, 1_000_000),
                new Chunk.Bytes(1_000_000, ByteBuffer.wrap(part)),
                new Chunk.Hole(1_004_096, 1_995_904)));
        byte[] expected = new byte[3_000_000];
        System.arraycopy(part, 0, expected, 1_000_000, part.length);
        assertThat(Files.readAllBytes(file.path)).isEqualTo(expected);
        assertThat(written.sha256()).isEqualTo(sha(expected));
        assertThat(windows.count("sparse")).isEqualTo(1);
    }

    @Test
    @DisplayName("A file system without sparse files gets the zeros")
    void noSparseFiles() throws Exception {
        windows.knob("no-sparse", 1);
        byte[] part = random(100);
        write(Streams.of(
                StreamType.DATA,
                "",
                true,
                600_000,
                new Chunk.Bytes(0, ByteBuffer.wrap(part)),
                new Chunk.Hole(100, 599_900)));
        assertThat(Files.readAllBytes(file.path)).hasSize(600_000).startsWith(part);
        assertThat(windows.count("streams")).as("one stream, no blocks").isEqualTo(1);
    }

    @Test
    @DisplayName("Named streams, one of them sparse")
    void namedStreams() throws Exception {
        byte[] zone = "[ZoneTransfer]\r\nZoneId=3\r\n".getBytes(StandardCharsets.US_ASCII);
        WrittenStreams written = write(
                Streams.data(random(10)),
                Streams.named("Zone.Identifier", zone),
                Streams.of(StreamType.ALTERNATE_DATA, "Löcher", true, 70_000, new Chunk.Hole(0, 70_000)));
        assertThat(file.beside(".ads.Zone.Identifier")).isEqualTo(zone);
        assertThat(file.beside(".ads.Löcher")).isEqualTo(new byte[70_000]);
        assertThat(written.streams())
                .extracting(WrittenStreams.Named::name, WrittenStreams.Named::size, WrittenStreams.Named::sha256)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Zone.Identifier", (long) zone.length, sha(zone)),
                        org.assertj.core.groups.Tuple.tuple("Löcher", 70_000L, sha(new byte[70_000])));
        assertThat(windows.count("sparse")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Permissions, extended attributes and object id, in whatever order they come; times and attributes last")
    void belongings() throws Exception {
        byte[] descriptor = descriptor(true);
        byte[] attributes = random(40);
        byte[] id = random(64);
        WrittenStreams written = write(
                Streams.whole(StreamType.SECURITY_DATA, descriptor),
                Streams.whole(StreamType.OBJECT_ID, id),
                Streams.data("Hallo".getBytes(StandardCharsets.UTF_8)),
                Streams.whole(StreamType.EA_DATA, attributes));
        assertThat(file.beside(".sd")).isEqualTo(descriptor);
        assertThat(file.beside(".oid")).isEqualTo(id);
        assertThat(file.beside(".ea")).isEqualTo(attributes);
        assertThat(file.descriptors).containsExactly(descriptor);
        assertThat(written.security()).isEqualTo("sd-1");
        assertThat(written.notes()).isEmpty();
        ByteBuffer basic = ByteBuffer.wrap(file.beside(".basic")).order(ByteOrder.LITTLE_ENDIAN);
        long epoch = 116_444_736_000_000_000L;
        assertThat(new long[] {basic.getLong(0), basic.getLong(8), basic.getLong(16), basic.getLong(24)})
                .containsExactly(epoch + 10, epoch + 40, epoch + 20, epoch + 30);
        assertThat(basic.getInt(32)).isEqualTo(0x21);
    }

    @Test
    @DisplayName("Permissions are not written where nobody asked for them, but kept")
    void permissionsByChoice() throws Exception {
        file.permissions = false;
        WrittenStreams written =
                write(Streams.data(random(5)), Streams.whole(StreamType.SECURITY_DATA, descriptor(true)));
        assertThat(file.has(".sd")).isFalse();
        assertThat(written.security()).isEqualTo("sd-1");
    }

    @Test
    @DisplayName("Without the right to audit, the permissions come without their auditing rules, and a note says so")
    void withoutAuditing() throws Exception {
        windows.knob("no-sacl", 1);
        WrittenStreams written =
                write(Streams.data(random(5)), Streams.whole(StreamType.SECURITY_DATA, descriptor(true)));
        assertThat(file.has(".sd-without-sacl")).isTrue();
        assertThat(written.notes()).containsExactly(Messages.get("windows.backup.no-auditing"));
    }

    @Test
    @DisplayName(
            "Without any privilege (result 1300) the data come, the permissions stay in the sidecar, and a note says so")
    void withoutPrivileges() throws Exception {
        windows.knob("missing-privileges", ALL_PRIVILEGES);
        byte[] content = random(5000);
        BackupWriteTarget target = BackupWriteTarget.of(windows.kernel, windows.token, TargetFixture.NTFS, file);
        assertThat(target.held()).isEmpty();
        WrittenStreams written =
                file.write(target, Streams.data(content), Streams.whole(StreamType.SECURITY_DATA, descriptor(false)));
        assertThat(Files.readAllBytes(file.path)).isEqualTo(content);
        assertThat(file.has(".sd")).isFalse();
        assertThat(written.security()).isEqualTo("sd-1");
        assertThat(written.notes()).containsExactly(Messages.get("restore.permissions-aside"));
    }

    @Test
    @DisplayName(
            "A special file that is no link gets its point on the fresh empty file, after everything else but the times")
    void reparsePoint() throws Exception {
        putsOnLastOfAll(reparse(LOCAL_SOCKET));
    }

    private void putsOnLastOfAll(byte[] point) throws Exception {
        WrittenStreams written = write(
                Streams.whole(StreamType.REPARSE_DATA, point),
                Streams.whole(StreamType.SECURITY_DATA, descriptor(false)));
        assertThat(file.beside(".reparse")).isEqualTo(point);
        assertThat(file.has(".sd")).isTrue();
        assertThat(file.aside).isEmpty();
        assertThat(written.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {SYMBOLIC_LINK, JUNCTION})
    @DisplayName("A link is kept aside, wherever it leads: it is never made in the middle of a restore")
    void linksAside(int tag) throws Exception {
        byte[] point = reparse(tag);
        WrittenStreams written = write(Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.has(".reparse")).isFalse();
        assertThat(file.aside.get("REPARSE_DATA")).isEqualTo(point);
        assertThat(written.notes()).containsExactly(Messages.get("restore.link-aside"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "A link that the restore has decided on gets its point, be it of a file or of an empty folder, last of all")
    void linksDecided(boolean folder) throws Exception {
        file.link = true;
        if (folder) {
            file.folder = true;
            Files.delete(file.path);
            Files.createDirectory(file.path);
        }
        putsOnLastOfAll(reparse(SYMBOLIC_LINK));
    }

    @Test
    @DisplayName(
            "A link with a named stream gets no point, and neither does one that Windows refuses: its maker makes it otherwise")
    void linksRefused() throws Exception {
        file.link = true;
        byte[] point = reparse(SYMBOLIC_LINK);
        write(Streams.named("more", random(5)), Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.has(".reparse")).isFalse();
        another();
        file.link = true;
        windows.knob("no-reparse", 1);
        write(Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.aside.get("REPARSE_DATA")).isEqualTo(point);
    }

    @ParameterizedTest
    @ValueSource(ints = {LOCAL_SOCKET, JUNCTION})
    @DisplayName("No point is put on a file that has a named stream")
    void reparsePointOfStreams(int tag) throws Exception {
        byte[] point = reparse(tag);
        write(Streams.named("more", random(5)), Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.has(".reparse")).isFalse();
        assertThat(file.aside.get("REPARSE_DATA")).isEqualTo(point);
    }

    @Test
    @DisplayName("A reparse point of a file with data, or of a folder, goes to the sidecar")
    void reparsePointAside() throws Exception {
        byte[] point = reparse(SYMBOLIC_LINK);
        WrittenStreams written = write(Streams.data(random(5)), Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.has(".reparse")).isFalse();
        assertThat(file.aside.get("REPARSE_DATA")).isEqualTo(point);
        assertThat(written.sidecar()).isTrue();
        assertThat(file.finished).isEqualTo(1);
        another();
        file.folder = true;
        write(Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(file.has(".reparse")).isFalse();
    }

    @Test
    @DisplayName("A deduplication point is never written; without its data the file counts as lost")
    void deduplication() throws Exception {
        byte[] point = reparse(0x80000013);
        WrittenStreams bare = write(Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(bare.lost()).isPositive();
        assertThat(bare.notes()).containsExactly(Messages.get("windows.backup.deduplicated"));
        another();
        WrittenStreams whole = write(Streams.data(random(9)), Streams.whole(StreamType.REPARSE_DATA, point));
        assertThat(whole.lost()).isZero();
        assertThat(file.has(".reparse")).isFalse();
    }

    @Test
    @DisplayName("The name of another link goes to the sidecar and makes no file that nobody planned")
    void linkStream() throws Exception {
        byte[] name = "\\..\\outside.txt".getBytes(StandardCharsets.UTF_16LE);
        WrittenStreams written = write(Streams.whole(StreamType.LINK, name), Streams.data(random(9)));
        assertThat(file.aside.get("LINK")).isEqualTo(name);
        assertThat(written.sidecar()).isTrue();
    }

    @Test
    @DisplayName("Lost ranges are zeros, counted, told, and hashed as they are on the target")
    void losses() throws Exception {
        byte[] part = random(1000);
        WrittenStreams written = write(Streams.of(
                StreamType.DATA,
                "",
                false,
                4000,
                new Chunk.Lost(0, 500, "bad sector"),
                new Chunk.Bytes(500, ByteBuffer.wrap(part)),
                new Chunk.Bytes(2000, ByteBuffer.wrap(part))));
        byte[] expected = new byte[4000];
        System.arraycopy(part, 0, expected, 500, 1000);
        System.arraycopy(part, 0, expected, 2000, 1000);
        assertThat(Files.readAllBytes(file.path)).isEqualTo(expected);
        assertThat(written.sha256()).isEqualTo(sha(expected));
        assertThat(written.lost()).isEqualTo(500 + 500 + 1000);
        assertThat(written.notes()).hasSize(3).allMatch(note -> note.startsWith("Grüße: "));
    }

    @Test
    @DisplayName("A refused object id or attribute costs only itself: the sidecar takes it")
    void refusedBelonging() throws Exception {
        windows.knob("error-stream", 2); // data, attributes, object id
        windows.knob("error-code", 183);
        byte[] id = random(64);
        WrittenStreams written = write(
                Streams.data(random(9)),
                Streams.whole(StreamType.EA_DATA, random(16)),
                Streams.whole(StreamType.OBJECT_ID, id),
                Streams.whole(StreamType.SECURITY_DATA, descriptor(false)));
        assertThat(file.aside).containsOnlyKeys("OBJECT_ID");
        assertThat(file.aside.get("OBJECT_ID")).isEqualTo(id);
        assertThat(file.has(".sd")).isTrue();
        assertThat(written.notes()).hasSize(1).first().asString().contains("object id");
    }

    @Test
    @DisplayName("A full disk, a short write, a refused stream and a file in use end the file with a plain message")
    void faults() {
        windows.knob("full-at", 300_000);
        assertThatThrownBy(() -> write(Streams.data(random(600_000))))
                .isInstanceOf(WindowsException.class)
                .hasMessageContaining("no room left");
        windows.knob("full-at", -1);
        windows.knob("short-at", 10);
        assertThatThrownBy(() -> write(Streams.data(random(600)))).hasMessageContaining("only a part");
        windows.knob("error-stream", windows.count("streams"));
        windows.knob("error-code", 13);
        assertThatThrownBy(() -> write(Streams.data(random(600)))).hasMessageContaining("number 13");
        windows.knob("error-stream", -1);
        windows.knob("sharing", 1);
        assertThatThrownBy(() -> write(Streams.data(random(600)))).hasMessageContaining("Another program");
    }

    @Test
    @DisplayName("Elsewhere than on Windows, and under Wine, the system says that it has no target of its own")
    void notHere() {
        assertThat(BackupWriteSystem.ofSystem() != SystemTarget.NONE)
                .isEqualTo(System.getProperty("os.name").startsWith("Windows") && !Wine.isHere());
    }

    @Test
    @DisplayName("A file that becomes read-only is brought to the medium before, since nobody else can open it then")
    void flushed() throws Exception {
        file.attributes = 0x20;
        write(Streams.data(random(10)));
        assertThat(windows.count("flushed")).isZero();
        another();
        file.attributes = 0x21;
        write(Streams.data(random(10)));
        assertThat(windows.count("flushed")).isEqualTo(1);
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** The head of a self-relative descriptor; the double does not look further. */
    static byte[] descriptor(boolean audited) {
        byte[] descriptor = random(80);
        descriptor[2] = (byte) (audited ? 0x14 : 0x04);
        return descriptor;
    }

    static byte[] reparse(int tag) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tag)
                .putShort((short) 16)
                .array();
    }

    private static String sha(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
