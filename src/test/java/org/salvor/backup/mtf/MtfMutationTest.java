package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.Substream;

/**
 * Seeded damage to every small medium: no unchecked exception, no hang, no memory that grows with a number found on a medium (the build gives
 * these tests 256 MiB). A failure names medium and seed.
 */
@DisplayName("Damaged media are read as far as they go")
class MtfMutationTest {
    private static final int SPARSE = 0x200; // FILE_ATTRIBUTE_SPARSE_FILE

    private static final int MANY = 10_000;

    static Set<String> media() {
        return SmallMedia.ALL.keySet();
    }

    @Tag("mutation")
    @ParameterizedTest
    @MethodSource("media")
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void aThousandMutationsOf(String medium) {
        run(medium, 0, 1000);
    }

    /** {@code -Dfuzz.count=N} of each medium, {@code -Dfuzz.from=N} to begin elsewhere. */
    @Tag("fuzz")
    @ParameterizedTest
    @MethodSource("media")
    void aHundredThousandMutationsOf(String medium) {
        run(medium, Long.getLong("fuzz.from", 1_000_000), Long.getLong("fuzz.count", 100_000));
    }

    private static void run(String medium, long from, long count) {
        TapeMutator mutator = new TapeMutator(SmallMedia.files(medium));
        int opened = 0;
        long longest = 0;
        for (long seed = from; seed < from + count; seed++) {
            long start = System.nanoTime();
            try {
                everything(mutator.mutate(seed));
                opened++;
            } catch (RecoveryException e) {
                assertThat(e.getMessage()).as("%s %d", medium, seed).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError(medium + " " + seed, e);
            }
            longest = Math.max(longest, System.nanoTime() - start);
        }
        System.out.printf("%s: %d of %d opened, at most %d ms%n", medium, opened, count, longest / 1_000_000);
        assertThat(opened).as("most open all the same").isGreaterThan((int) (count / 2));
        assertThat(longest).as("nanoseconds for one").isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    private static void everything(List<byte[]> media) throws RecoveryException {
        try (BackupArchive archive = Listed.open(media)) {
            for (BackupSet set : archive.sets()) {
                archive.list(set.number(), new Reader(archive, set.number()));
            }
        }
    }

    /** Reads each entry as soon as it is told. */
    private static final class Reader implements EntrySink {
        private final BackupArchive archive;
        private final int set;
        private int folders;
        private int entries;
        private int problems;

        Reader(BackupArchive archive, int set) {
            this.archive = archive;
            this.set = set;
        }

        @Override
        public int folder(List<String> path, BackupEntry entry) throws CancelledException {
            check(!path.isEmpty() && path.stream().noneMatch(String::isEmpty), "a path with empty names");
            read(entry);
            return folders++;
        }

        @Override
        public void file(int folder, BackupEntry entry) throws CancelledException {
            check(folder < folders, "a folder that was not told");
            read(entry);
        }

        @Override
        public void skipped(RecoveryException problem) {
            check(problem.getMessage() != null && !problem.getMessage().isBlank(), "a problem without words");
            check(++problems < MANY, "too many problems");
        }

        @Override
        public void progress(long bytes, long total) {
            check(bytes >= 0 && bytes <= total, "progress");
        }

        private void read(BackupEntry entry) throws CancelledException {
            check(++entries < MANY, "more entries than there is room for");
            check(entry.key() >= 0 && entry.key() < 1L << 40, "a key out of range");
            check(entry.size() >= 0 && entry.stored() >= 0 && !entry.name().isEmpty(), "an entry without name or size");
            try (BackupContent content = archive.open(set, entry.key(), entry.locator())) {
                check(sizeIsItsOwn(entry, content.mainSize()), "a size that is not its own");
                if (content.randomAccess() && content.mainSize() > 0) {
                    int read = content.readMain(content.mainSize() / 2, ByteBuffer.allocate(100));
                    check(read > 0, "no bytes in the middle");
                }
                streams(content);
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                return; // a damaged entry may say that it is
            }
        }

        /** Of an export the size is that of the file in it: no larger, but for holes, which the export leaves out. */
        private static boolean sizeIsItsOwn(BackupEntry entry, long main) {
            return switch (entry.state()) {
                case BackupEntry.State.Whole whole -> entry.size() == main;
                case BackupEntry.State.Encrypted kept -> entry.size() <= main || (entry.attributes() & SPARSE) != 0;
                case BackupEntry.State.Damaged damaged -> true;
                case BackupEntry.State.Elsewhere elsewhere -> true;
                case BackupEntry.State.OtherName other -> true;
            };
        }

        private static void streams(BackupContent content) throws RecoveryException {
            int streams = 0;
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                check(++streams < MANY, "too many streams");
                try {
                    drain(stream);
                } catch (RecoveryException e) {
                    continue; // the next one may be whole
                }
            }
        }

        private static void drain(Substream stream) throws RecoveryException {
            long at = 0;
            int chunks = 0;
            for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                check(chunk.offset() == at && chunk.length() > 0, "a chunk out of order");
                check(++chunks < MANY, "too many chunks");
                at += chunk.length();
            }
            check(at == stream.size(), "a stream of " + stream.size() + " bytes gave " + at);
        }

        private static void check(boolean condition, String what) {
            if (!condition) {
                throw new AssertionError(what);
            }
        }
    }
}
