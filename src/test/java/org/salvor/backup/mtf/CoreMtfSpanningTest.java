package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupSet;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.substream.StreamType;

@DisplayName("A backup over several media")
class CoreMtfSpanningTest {
    private static final byte[] CONTENT = Arrays.copyOf(SmallMedia.SPANNED, 8000);
    private static final List<String> ALL = List.of(
            "C:/docs", "C:/docs/before.txt", "C:/docs/cut.bin", "C:/docs/after.txt", "C:/more", "C:/more/last.txt");

    @TempDir
    Path folder;

    @Test
    void isOneBackup() throws Exception {
        try (BackupArchive archive = Listed.open("spanned")) {
            assertThat(archive.sets()).hasSize(1);
            assertThat(archive.info().notes()).isEmpty();
            assertThat(archive.sets().getFirst().notes()).isEmpty();
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            assertThat(listed.entries.keySet()).containsExactlyElementsOf(ALL);
            BackupEntry cut = listed.entry("C:/docs/cut.bin");
            assertThat(cut.size()).isEqualTo(CONTENT.length);
            assertThat(cut.state()).isEqualTo(new State.Whole());
            List<Read> streams = Listed.read(archive, 1, cut);
            assertThat(streams)
                    .extracting(Read::type)
                    .containsExactly(StreamType.SECURITY_DATA, StreamType.DATA, StreamType.ALTERNATE_DATA);
            assertThat(streams).allMatch(stream -> stream.lost() == 0 && stream.thrown() == null);
            assertThat(streams.get(1).bytes()).isEqualTo(CONTENT);
            assertThat(streams.get(2).bytes()).isEqualTo(SmallMedia.ZONE);
            assertThat(Listed.randomly(archive, 1, cut)).isEqualTo(CONTENT);
        }
    }

    @Test
    void isFoundWholeWhicheverFileIsPicked() throws Exception {
        List<byte[]> media = SmallMedia.spanned();
        Files.write(folder.resolve("c-first.bkf"), media.get(0));
        Files.write(folder.resolve("a-second.bkf"), media.get(1));
        Files.write(folder.resolve("b-third"), media.get(2));
        Files.write(folder.resolve("other.bkf"), SmallMedia.twoSets(1024, true));
        Files.write(folder.resolve("copy of first.bkf"), media.get(0));
        Files.write(folder.resolve("no medium.txt"), SmallMedia.HELLO);
        Files.createDirectory(folder.resolve("folder.bkf"));
        MtfOpener opener = new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC);
        long key = -1;
        long locator = -1;
        for (String name : List.of("c-first.bkf", "a-second.bkf", "b-third")) {
            try (BackupArchive archive = opener.open(folder.resolve(name)).orElseThrow()) {
                Listed listed = Listed.of(archive, 1);
                assertThat(listed.entries.keySet()).as(name).containsExactlyElementsOf(ALL);
                BackupEntry cut = listed.entry("C:/docs/cut.bin");
                assertThat(Listed.main(archive, 1, cut).bytes()).as(name).isEqualTo(CONTENT);
                assertThat(key == -1 || key == cut.key()).isTrue();
                assertThat(locator == -1 || locator == cut.locator()).isTrue();
                key = cut.key();
                locator = cut.locator();
            }
        }
        assertThat(opener.open(folder.resolve("no medium.txt"))).isEmpty();
        assertThat(opener.open(folder)).isEmpty();
        assertThat(opener.open(folder.resolve("not there"))).isEmpty();
    }

    @Test
    void namesTheMediumThatIsMissingAtItsEnd() throws Exception {
        List<byte[]> media = SmallMedia.spanned();
        try (BackupArchive archive = Listed.open(media.subList(0, 2))) {
            assertThat(archive.info().notes()).singleElement().asString().contains("Medium 3");
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems)
                    .anyMatch(problem -> String.valueOf(problem.getMessage()).contains("Medium 3"));
            assertThat(listed.entries.keySet()).containsExactlyElementsOf(ALL.subList(0, 3));
            assertCut(archive, listed, "medium 3");
        }
    }

    @Test
    void namesTheMediumThatIsMissingInTheMiddle() throws Exception {
        List<byte[]> media = SmallMedia.spanned();
        try (BackupArchive archive = Listed.open(List.of(media.get(0), media.get(2)))) {
            assertThat(archive.info().notes()).singleElement().asString().contains("Medium 2");
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems)
                    .anyMatch(problem -> String.valueOf(problem.getMessage()).contains("Medium 2"));
            assertThat(listed.entries.keySet()).containsExactlyElementsOf(ALL);
            assertCut(archive, listed, "medium 2");
        }
    }

    private static void assertCut(BackupArchive archive, Listed listed, String missing) throws Exception {
        BackupEntry cut = listed.entry("C:/docs/cut.bin");
        assertThat(cut.size()).isEqualTo(CONTENT.length);
        Read main = Listed.main(archive, 1, cut);
        int there = CONTENT.length - (int) main.lost();
        assertThat(there).isGreaterThan(1000);
        assertThat(Arrays.copyOf(main.bytes(), there)).isEqualTo(Arrays.copyOf(CONTENT, there));
        assertThat(cut.state()).isInstanceOfSatisfying(State.Damaged.class, state -> {
            assertThat(state.lost()).isEqualTo(main.lost());
            assertThat(state.why()).contains(missing);
        });
    }

    @Test
    void givesTheEndOfAFileWhoseBeginningIsOnAMissingMedium() throws Exception {
        List<byte[]> media = SmallMedia.spanned();
        try (BackupArchive archive = Listed.open(media.subList(2, 3))) {
            BackupSet set = archive.sets().getFirst();
            assertThat(set.notes()).anyMatch(note -> note.contains("medium 2"));
            assertThat(archive.info().notes()).anyMatch(note -> note.contains("Medium 2"));
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.entries.keySet())
                    .containsExactly("C:/docs", "C:/docs/cut.bin", "C:/docs/after.txt", "C:/more", "C:/more/last.txt");
            BackupEntry cut = listed.entry("C:/docs/cut.bin");
            assertThat(cut.size()).isEqualTo(CONTENT.length);
            assertThat(cut.state()).isInstanceOf(State.Damaged.class);
            Read main = Listed.main(archive, 1, cut);
            int lost = (int) main.lost();
            assertThat(lost).isBetween(1000, CONTENT.length - 1000);
            assertThat(Arrays.copyOfRange(main.bytes(), lost, CONTENT.length))
                    .isEqualTo(Arrays.copyOfRange(CONTENT, lost, CONTENT.length));
            assertThat(Listed.main(archive, 1, listed.entry("C:/more/last.txt")).bytes())
                    .isEqualTo(SmallMedia.HELLO);
        }
    }
}
