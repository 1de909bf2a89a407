package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupSet;
import org.salvor.backup.mtf.Listed.Read;

@DisplayName("A medium whose beginning is damaged")
class CoreMtfLostTapeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final int[] BLOCKS = {512, 1024};

    private static BackupArchive open(Path folder, byte[] medium) throws Exception {
        Path file = Files.write(folder.resolve("medium.bkf"), medium);
        return new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(file).orElseThrow();
    }

    private boolean recognised(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("other.bin"), bytes);
        var archive = new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(file);
        archive.ifPresent(BackupArchive::close);
        return archive.isPresent();
    }

    /** All entries with the bytes of their streams, set by set. */
    private static List<String> all(BackupArchive archive) throws Exception {
        List<String> all = new ArrayList<>();
        for (BackupSet set : archive.sets()) {
            for (var each : Listed.of(archive, set.number()).entries.entrySet()) {
                BackupEntry entry = each.getValue();
                StringBuilder told = new StringBuilder(set.number() + " " + each.getKey() + " " + entry.state());
                if (!entry.folder()) {
                    for (Read read : Listed.read(archive, set.number(), entry)) {
                        told.append(' ').append(read.name()).append(Arrays.hashCode(read.bytes()));
                    }
                }
                all.add(told.toString());
            }
        }
        return all;
    }

    @Test
    void isRecognisedByTheBlocksThatFollow() throws Exception {
        for (int block : BLOCKS) {
            byte[] medium = SmallMedia.twoSets(block, true);
            List<String> expected;
            try (BackupArchive archive = Listed.open(List.of(medium))) {
                expected = all(archive);
            }
            byte[] zeroed = medium.clone();
            Arrays.fill(zeroed, 0, block, (byte) 0);
            byte[] noise = medium.clone();
            System.arraycopy(SetWriter.noise(block, 5), 0, noise, 0, block);
            byte[] letters = medium.clone();
            letters[1] ^= 1;
            byte[] shortened = Arrays.copyOfRange(medium, 300, medium.length);
            byte[] version = medium.clone();
            Arrays.fill(version, 40, block, (byte) 0);
            for (byte[] damaged : List.of(zeroed, noise, letters, shortened, version)) {
                try (BackupArchive archive = open(folder, damaged)) {
                    assertThat(all(archive)).isEqualTo(expected);
                    assertThat(archive.info().notes()).anyMatch(note -> note.contains("The first block of"));
                }
            }
        }
    }

    @Test
    void isRecognisedWhereTheStartOfItsSetIsGoneToo() throws Exception {
        for (int block : BLOCKS) {
            byte[] medium = SmallMedia.twoSets(block, true);
            Arrays.fill(medium, 0, 2 * block, (byte) 0);
            try (BackupArchive archive = open(folder, medium)) {
                assertThat(archive.sets()).hasSize(2);
                assertThat(archive.sets().getFirst().notes()).anyMatch(note -> note.contains("start of this set"));
                assertThat(Listed.of(archive, 2).entries).isNotEmpty();
            }
        }
    }

    @Test
    void isNotSeenInWhatIsNone() throws Exception {
        byte[] medium = SmallMedia.twoSets(1024, true);
        assertThat(recognised(SetWriter.noise(300_000, 9))).isFalse();
        assertThat(recognised(new byte[300_000])).isFalse();
        // one block alone, and a medium far behind other bytes
        byte[] alone = new byte[100_000];
        System.arraycopy(medium, 1024, alone, 1024, 1024);
        assertThat(recognised(alone)).isFalse();
        assertThat(recognised(TapeWriter.join(new byte[70_000], medium))).isFalse();
    }

    /** Of another version, which is whole: not this format. */
    @Test
    void isNotAMediumOfAnotherVersion() throws Exception {
        byte[] medium = SmallMedia.twoSets(1024, true);
        medium[93] = 2;
        assertThat(recognised(medium)).isFalse();
    }
}
