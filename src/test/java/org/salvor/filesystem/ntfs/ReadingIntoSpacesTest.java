package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.TestImages;
import org.salvor.device.BlockDevice;
import org.salvor.device.FaultyDevice;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.ScanSink;
import org.salvor.substream.Chunk;
import org.salvor.substream.Substream;

/** A reader may bring buffers of its own: they get the same bytes, holes and losses as those of the source. */
class ReadingIntoSpacesTest {
    /** No multiple of anything on a volume. */
    private static final int SPACE = 70_001;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"objects", "wof", "lznt1", "sector4k", "cluster2m", "ads"})
    @DisplayName("Every stream of an image reads the same")
    void same(String image) throws Exception {
        assertThat(streams(TestImages.open(image))).isPositive();
    }

    @ParameterizedTest(name = "bad from {0}")
    @CsvSource({"3000000, 4096", "5000000, 1000000"})
    @DisplayName("Bad sectors are lost in the same places")
    void bad(long from, long length) throws Exception {
        try (FaultyDevice faulty = new FaultyDevice(TestImages.open("objects")).failing(from, length)) {
            assertThat(streams(new ResilientDevice(faulty))).isPositive();
        }
    }

    private static int streams(BlockDevice device) throws Exception {
        int compared = 0;
        try (NtfsFileSystem volume = NtfsFileSystem.open(device)) {
            for (FoundFile file : files(volume)) {
                List<String> own = new ArrayList<>();
                List<String> brought = new ArrayList<>();
                read(volume, file, null, own);
                read(volume, file, ByteBuffer.allocateDirect(SPACE + 10), brought);
                assertThat(brought).isEqualTo(own);
                compared += own.size();
            }
        }
        return compared;
    }

    private static List<FoundFile> files(NtfsFileSystem volume) throws RecoveryException {
        List<FoundFile> found = new ArrayList<>();
        volume.scan(false, new ScanSink() {
            @Override
            public void found(FoundFile file) {
                found.add(file);
            }

            @Override
            public void skipped(RecoveryException problem) {}

            @Override
            public void progress(long bytesRead, long total) {}
        });
        return found;
    }

    /** A line for each stream: its name, what it holds, and where it has holes and losses. */
    private static void read(NtfsFileSystem volume, FoundFile file, @Nullable ByteBuffer space, List<String> lines) {
        try (FileContent content = volume.open(file.key(), file.locator())) {
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                lines.add(file.key() + " " + stream.type() + stream.name() + read(stream, space));
            }
        } catch (RecoveryException e) {
            lines.add(String.valueOf(e.getMessage()));
        }
    }

    private static String read(Substream stream, @Nullable ByteBuffer space) throws RecoveryException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder gaps = new StringBuilder();
        long position = 0;
        long gapEnd = -1;
        for (Chunk chunk = next(stream, space); chunk != null; chunk = next(stream, space)) {
            assertThat(chunk.offset()).isEqualTo(position);
            position += chunk.length();
            switch (chunk) {
                case Chunk.Bytes piece -> {
                    byte[] part = new byte[piece.data().remaining()];
                    assertThat(space == null || part.length <= SPACE).isTrue();
                    piece.data().duplicate().get(part);
                    bytes.writeBytes(part);
                }
                case Chunk.Hole hole ->
                    gaps.append(" hole ").append(hole.offset()).append('+').append(hole.length());
                case Chunk.Lost lost -> {
                    // one loss may be told in several pieces
                    gaps.append(lost.offset() == gapEnd ? "" : " lost from " + lost.offset());
                    gapEnd = position;
                }
            }
        }
        return " " + java.util.Arrays.hashCode(bytes.toByteArray()) + gaps + " of " + position;
    }

    private static @Nullable Chunk next(Substream stream, @Nullable ByteBuffer space) throws RecoveryException {
        return space == null ? stream.next() : stream.next(space.clear().position(10));
    }
}
