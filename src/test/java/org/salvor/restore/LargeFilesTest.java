package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestHost;
import org.salvor.posix.LinuxFiles;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** Files that are hashed in a second thread from the buffers they are written from. */
class LargeFilesTest {
    private static final int SIZE = 40 << 20;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];

    LargeFilesTest() {
        new Random(7).nextBytes(content);
    }

    @Test
    @DisplayName("Bytes, holes and losses in any order are written and hashed as they are")
    void mixed() throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            Mixed stream = new Mixed(seed);
            StreamWriter writer = new StreamWriter(JobMonitor.SILENT, new Spaces());
            Path file = folder.resolve("file-" + seed);
            AtomicLong grown = new AtomicLong();
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writer.copy(stream, channel, grown::addAndGet);
            }
            byte[] written = new byte[SIZE];
            byte[] there = Files.readAllBytes(file);
            System.arraycopy(there, 0, written, 0, there.length);
            assertThat(written).isEqualTo(stream.told);
            assertThat(writer.sha256()).isEqualTo(Hashes.hex(Hashes.sha256(stream.told)));
            assertThat(writer.lost()).isEqualTo(stream.lost);
            assertThat(grown).hasValue(stream.bytes);
        }
    }

    @Test
    @DisplayName("The buffers of one large file serve the next")
    void buffers() throws Exception {
        Spaces spaces = new Spaces();
        ByteBuffer first = spaces.take();
        spaces.give(first);
        for (int file = 0; file < 3; file++) {
            StreamWriter writer = new StreamWriter(JobMonitor.SILENT, spaces);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("to"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                writer.copy(new Mixed(file), channel);
            }
        }
        int kept = 1;
        while (spaces.take() != first) {
            kept++;
        }
        assertThat(kept).isLessThanOrEqualTo(HashThread.BUFFERS);
    }

    @Test
    @DisplayName("While a large file grows, the system is asked to bring it to the medium, once at a time")
    void early() throws Exception {
        Hints host = new Hints();
        Path file = Files.write(folder.resolve("grows"), content);
        try (EarlyWriting early = new EarlyWriting(host, file)) {
            early.grown(EarlyWriting.STEP - 1);
            assertThat(host.together).hasValue(0);
            early.grown(1);
            assertThat(host.first.await(1, TimeUnit.MINUTES)).isTrue();
            for (int i = 0; i < 100; i++) {
                early.grown(EarlyWriting.STEP);
            }
            host.goOn.countDown();
        }
        assertThat(host.most).hasValue(1);
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    @DisplayName("What the medium did not take is told while the file grows, or when it is finished")
    void refused() throws Exception {
        Hints host = new Hints();
        host.goOn.countDown();
        host.refuses = true;
        try (EarlyWriting early = new EarlyWriting(host, folder.resolve("grows"))) {
            early.grown(EarlyWriting.STEP);
            assertThatThrownBy(early::finish).isInstanceOf(IOException.class).hasMessage("not taken");
            early.finish();
            early.grown(EarlyWriting.STEP);
            assertThatThrownBy(() -> {
                        while (true) {
                            early.grown(EarlyWriting.STEP);
                        }
                    })
                    .hasMessage("not taken");
        }
    }

    @EnabledOnOs(value = OS.LINUX, disabledReason = "asks Linux itself")
    @Test
    @DisplayName("A file that is not there, or a link in its place, is no reason to stop")
    void noFile() throws Exception {
        new LinuxFiles().flush(folder.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
        new LinuxFiles().flush(folder.resolve("link"));
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    /** A system that takes its time over the first flush. */
    private static final class Hints implements HostFiles {
        private final HostFiles system = TestHost.files();
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicInteger together = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile boolean refuses;

        @Override
        public void flush(Path file) throws IOException {
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            system.flush(file);
            first.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            together.decrementAndGet();
            if (refuses) {
                throw new IOException("not taken");
            }
        }

        @Override
        public byte @Nullable [] attribute(Path file, String name) throws IOException {
            return system.attribute(file, name);
        }

        @Override
        public void attribute(Path file, String name, byte[] value) throws IOException {
            system.attribute(file, name, value);
        }

        @Override
        public List<String> attributes(Path file) throws IOException {
            return system.attributes(file);
        }

        @Override
        public void sync(Path place, List<Path> files) throws IOException {
            system.sync(place, files);
        }

        @Override
        public void forget(Path file) throws IOException {
            system.forget(file);
        }
    }

    /** Pieces of the content at random: in the space that is offered, in a buffer of its own of any length, as hole, or lost. */
    private final class Mixed implements Substream {
        private final Random random;
        private final byte[] told = new byte[SIZE];
        private int position;
        private long lost;
        private long bytes;

        Mixed(int seed) {
            random = new Random(seed);
        }

        @Override
        public StreamType type() {
            return StreamType.DATA;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public @Nullable Chunk next() {
            throw new AssertionError("a large file is read into buffers of the writer");
        }

        @Override
        public @Nullable Chunk next(ByteBuffer space) {
            if (position == SIZE) {
                return null;
            }
            int start = position;
            int length = Math.min(SIZE - start, 1 + random.nextInt(3 << 20));
            return switch (random.nextInt(8)) {
                case 0 -> {
                    position += length;
                    yield new Chunk.Hole(start, length);
                }
                case 1 -> {
                    position += length;
                    lost += length;
                    yield new Chunk.Lost(start, length, "gone");
                }
                case 2 -> {
                    give(start, length);
                    yield new Chunk.Bytes(start, ByteBuffer.wrap(content, start, length));
                }
                default -> {
                    int fits = Math.min(length, space.remaining());
                    give(start, fits);
                    yield new Chunk.Bytes(start, space.put(content, start, fits).flip());
                }
            };
        }

        private void give(int start, int length) {
            System.arraycopy(content, start, told, start, length);
            position += length;
            bytes += length;
        }
    }
}
