package org.salvor.backup.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.bench.BenchRows;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

@Tag("bench")
@DisplayName("Benchmarks of EFS decryption")
class EfsBenchTest {
    private static final int SIZE = 64 << 20;
    private static final int RUNS = 15;
    private static final int WARM = 5;

    /** On the processor's clock of the one thread that decrypts: what other people's work takes does not count. */
    @Test
    @DisplayName("AES-256 on one core")
    void aes() throws Exception {
        byte[] key = EfsMaker.noise(1, 32);
        byte[] content = EfsMaker.noise(2, SIZE);
        byte[] cipherText = EfsMaker.encrypt(Fek.Algorithm.AES_256, key, content);
        EfsMetadata metadata = EfsMetadata.parse(EfsMaker.metadata(Fek.Algorithm.AES_256, key, "ann"));
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        List<Double> rates = new ArrayList<>();
        try (FileKey fileKey = Objects.requireNonNull(FileKey.open(metadata, EfsMaker.keyring()))) {
            for (int run = 0; run < RUNS + WARM; run++) {
                ChunkSource plain = fileKey.decrypt(new EfsMaker.Source(cipherText), SIZE, SIZE);
                long start = threads.getCurrentThreadCpuTime();
                long read = 0;
                while (read < SIZE) {
                    Chunk chunk = plain.at(read, ChunkSource.MAX_CHUNK);
                    assertThat(chunk).isInstanceOf(Chunk.Bytes.class);
                    read += chunk.length();
                }
                double rate = SIZE * 1e3 / (threads.getCurrentThreadCpuTime() - start);
                if (run >= WARM) {
                    rates.add(rate);
                }
            }
            ByteBuffer back = ByteBuffer.allocate(SIZE);
            fileKey.decrypt(new EfsMaker.Source(cipherText), SIZE, SIZE).fill(0, back);
            assertThat(back.array()).isEqualTo(content);
        }
        double median = rates.stream().sorted().skip(RUNS / 2).findFirst().orElseThrow();
        new BenchRows("backup-efs")
                .row(
                        "EFS decryption, AES-256, one core",
                        "≥ 500 MB/s",
                        median >= 500,
                        String.format(Locale.ROOT, "%.0f MB/s", median),
                        "64 MiB in memory, per second of the thread's processor time, median of " + RUNS);
    }
}
