package org.salvor.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.SharedData;
import org.salvor.fault.EndsEarlyException;
import org.salvor.recovery.Content;
import org.salvor.recovery.Keyring;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

@DisplayName("An export inside other content gives way to what is in it, once a key fits")
class DecryptedContentTest {
    private static final String PLAIN = "45a3d9ff4dac4be5bf861ef0477a3f7a62d72dd8a49249ca445ca7e53f29aba9";

    @TempDir
    Path folder;

    private int opened;

    /** A descriptor, the export, and a stream behind it, as a backup would give them. */
    private Content.Substreams stored(byte[] export, boolean anyPlace) {
        opened++;
        List<Substream> streams = new ArrayList<>(List.of(
                new SourceSubstream(StreamType.SECURITY_DATA, "", new Bytes(new byte[20]), false),
                new SourceSubstream(StreamType.ENCRYPTED_RAW, "", new Bytes(export), false),
                new SourceSubstream(StreamType.OBJECT_ID, "", new Bytes(new byte[64]), false)));
        return new Content.Substreams() {
            @Override
            public @Nullable Substream next() {
                return streams.isEmpty() ? null : streams.removeFirst();
            }

            @Override
            public Content.@Nullable RandomAccess main() {
                return anyPlace ? new Place(export) : null;
            }

            @Override
            public void close() {
                opened--;
            }
        };
    }

    private record Place(byte[] bytes) implements Content.RandomAccess {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            int length = (int) Math.min(target.remaining(), bytes.length - position);
            target.put(bytes, (int) position, length);
            return length;
        }
    }

    private record Bytes(byte[] bytes) implements ChunkSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Chunk at(long position, int limit) {
            int length = (int) Math.min(Math.min(limit, 300), bytes.length - position);
            return new Chunk.Bytes(
                    position, ByteBuffer.wrap(bytes, (int) position, length).slice());
        }
    }

    private Keyring fitting() throws Exception {
        Path pfx = Files.copy(SharedData.require("efs-raw/flag.pfx"), folder.resolve("flag.pfx"));
        Keyring keys = new Keyring();
        var unused = keys.addPfx(pfx, "SECCON CTF 2023 Finals".toCharArray());
        return keys;
    }

    private static List<StreamType> types(Content.Substreams content, StringBuilder sha) throws Exception {
        List<StreamType> types = new ArrayList<>();
        for (Substream stream = content.next(); stream != null; stream = content.next()) {
            types.add(stream.type());
            var digest = MessageDigest.getInstance("SHA-256");
            for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                digest.update(((Chunk.Bytes) chunk).data());
            }
            if (stream.type() == StreamType.DATA || stream.type() == StreamType.ENCRYPTED_RAW) {
                sha.append(HexFormat.of().formatHex(digest.digest()));
            }
        }
        return types;
    }

    @Test
    void aFittingKeyGivesTheContentAndTheRestStays() throws Exception {
        byte[] export = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        try (Keyring keys = fitting()) {
            for (boolean anyPlace : new boolean[] {true, false}) {
                StringBuilder sha = new StringBuilder();
                try (DecryptedContent content = new DecryptedContent(() -> stored(export, anyPlace), keys)) {
                    assertThat(types(content, sha))
                            .containsExactly(StreamType.SECURITY_DATA, StreamType.DATA, StreamType.OBJECT_ID);
                    assertThat(sha.toString()).isEqualTo(PLAIN);
                    Content.RandomAccess main = Objects.requireNonNull(content.main());
                    assertThat(main.size()).isEqualTo(569);
                    ByteBuffer tail = ByteBuffer.allocate(100);
                    assertThat(main.read(500, tail)).isEqualTo(69);
                }
                assertThat(opened).isZero();
            }
        }
    }

    @Test
    void withoutAKeyTheExportPassesAsItIs() throws Exception {
        byte[] export = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        StringBuilder sha = new StringBuilder();
        try (Keyring none = new Keyring();
                DecryptedContent content = new DecryptedContent(() -> stored(export, true), none)) {
            assertThat(content.main()).isNull();
            assertThat(types(content, sha))
                    .containsExactly(StreamType.SECURITY_DATA, StreamType.ENCRYPTED_RAW, StreamType.OBJECT_ID);
            var digest = MessageDigest.getInstance("SHA-256").digest(export);
            assertThat(sha.toString()).isEqualTo(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void anExportThatIsDamagedBehindItsStreamsSaysSoAfterThem() throws Exception {
        byte[] export = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        byte[] longer = Arrays.copyOf(export, export.length + 40);
        Arrays.fill(longer, export.length, longer.length, (byte) 7);
        try (Keyring keys = fitting();
                DecryptedContent content = new DecryptedContent(() -> stored(longer, true), keys)) {
            StringBuilder sha = new StringBuilder();
            assertThatThrownBy(() -> types(content, sha))
                    .isInstanceOf(EndsEarlyException.class)
                    .hasMessageContaining("cannot be read from there on");
            assertThat(sha.toString()).isEqualTo(PLAIN);
        }
    }
}
