package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.mtf.TapeWriter.Stream;

@DisplayName("What is said of a damaged or an empty set")
class CoreMtfWordsTest {
    private static final int BLOCK = 1024;

    /** What is said of the first set, and what is in it. */
    private record Said(List<String> entries, List<String> all, List<String> notes) {}

    private static SetWriter begun() {
        SetWriter set = new SetWriter(new TapeWriter(BLOCK, true));
        set.tape(0, 1, "Words");
        set.set(0, 1, "One", "", 0, 0);
        return set;
    }

    private static byte[] medium() {
        SetWriter set = begun();
        for (String volume : List.of("C:", "D:")) {
            set.volume(0, volume, "");
            set.folder(0, "");
            set.file("a.txt", SmallMedia.HELLO.length, Stream.of("STAN", SmallMedia.HELLO));
        }
        set.end(1, 0, 0);
        return set.tape.bytes();
    }

    private static Said said(byte[] medium) throws Exception {
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            Listed listed = Listed.of(archive, 1);
            List<String> all = new ArrayList<>(archive.sets().getFirst().notes());
            listed.problems.forEach(problem -> all.add(String.valueOf(problem.getMessage())));
            return new Said(List.copyOf(listed.entries.keySet()), all, listed.notes);
        }
    }

    private static byte[] zeroed(byte[] medium, String... blocks) {
        byte[] copy = medium.clone();
        int at = 0;
        for (String block : blocks) {
            at = SmallMedia.indexOf(copy, block, at);
            Arrays.fill(copy, at, at + BLOCK, (byte) 0);
        }
        return copy;
    }

    @Test
    void aLostBlockOfAVolumeIsNoLostFile() throws Exception {
        Said first = said(zeroed(medium(), "VOLB"));
        assertThat(first.entries()).contains("D:/a.txt").hasSize(4);
        assertThat(first.all()).isNotEmpty().noneMatch(text -> text.contains("lost"));
        byte[] medium = medium();
        int second = SmallMedia.indexOf(medium, "VOLB", SmallMedia.indexOf(medium, "VOLB", 0) + 4);
        Arrays.fill(medium, second, second + BLOCK, (byte) 0);
        Said later = said(medium);
        assertThat(later.entries()).hasSize(4);
        assertThat(later.all()).isNotEmpty().noneMatch(text -> text.contains("lost"));
    }

    @Test
    void damageThatCostsNoFileIsNotedWhenTheSetIsListed() throws Exception {
        Said start = said(zeroed(medium(), "SSET"));
        assertThat(start.entries()).hasSize(4);
        assertThat(start.notes()).singleElement().asString().contains("its name and date are lost");
        Said mark = said(zeroed(medium(), "ESET"));
        assertThat(mark.notes()).singleElement().asString().contains("No file is lost by that");
        assertThat(said(medium()).notes()).isEmpty();
    }

    @Test
    void aLostMarkAtTheEndIsNoLostFile() throws Exception {
        Said mark = said(zeroed(medium(), "ESET"));
        assertThat(mark.entries()).hasSize(4);
        assertThat(mark.all())
                .anyMatch(text -> text.contains("mark at the end of this set is damaged"))
                .noneMatch(text -> text.contains("What came after") || text.contains("are lost"));
        Said padding = said(zeroed(medium(), "ESPB"));
        assertThat(padding.all()).isNotEmpty().noneMatch(text -> text.contains("lost"));
    }

    /** Not every program writes a padding block before the end of a set. */
    @Test
    void theLastFileOfASetWithoutPaddingIsToldAsLostWhereItsStreamsStand() throws Exception {
        byte[] medium;
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(CoreMtfWordsTest.class.getResourceAsStream("/media/packed.bkf.gz")))) {
            medium = in.readAllBytes();
        }
        String text = new String(medium, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("ESPB");
        int files = said(medium).entries().size();
        int last = text.lastIndexOf("FILE");
        assertThat(last % 512).as("a block").isZero();
        Arrays.fill(medium, last, last + 52, (byte) 0);
        Said damaged = said(medium);
        assertThat(damaged.entries()).hasSize(files - 1);
        assertThat(damaged.all()).anyMatch(told -> told.contains("one file or folder is lost"));
    }

    @Test
    void damageAtTheEndIsNoMissingEnd() throws Exception {
        byte[] medium = medium();
        Arrays.fill(medium, SmallMedia.indexOf(medium, "ESPB", 0), medium.length, (byte) 7);
        assertThat(said(medium).all())
                .anyMatch(text -> text.contains("came last may be lost"))
                .noneMatch(text -> text.contains("backup ends before"));
        byte[] whole = medium();
        byte[] cut = Arrays.copyOf(whole, SmallMedia.indexOf(whole, "ESPB", 0));
        assertThat(said(cut).all()).anyMatch(text -> text.contains("backup ends before this set does"));
    }

    @Test
    void aVolumeThatNeverHadANameHasNotLostIt() throws Exception {
        SetWriter unnamed = begun();
        unnamed.volume(0, "", "");
        unnamed.folder(0, "");
        unnamed.end(1, 0, 0);
        assertThat(said(unnamed.tape.bytes()).entries()).containsExactly("Volume without a name");
        SetWriter none = begun();
        none.folder(0, "");
        none.end(1, 0, 0);
        assertThat(said(none.tape.bytes()).entries()).containsExactly("Volume without a name");
        assertThat(said(zeroed(medium(), "VOLB")).entries()).contains("Volume (name lost)/a.txt");
    }

    @Test
    void aSetWithoutFilesIsToldWhenItIsListed() throws Exception {
        SetWriter empty = begun();
        empty.volume(0, "C:", "");
        empty.end(1, 0, 0);
        Said nothing = said(empty.tape.bytes());
        assertThat(nothing.notes()).singleElement().asString().contains("no files and no folders");
        SetWriter root = begun();
        root.volume(0, "C:", "");
        root.folder(0, "");
        root.end(1, 0, 0);
        assertThat(said(root.tape.bytes()).notes()).singleElement().asString().contains("top folders");
        assertThat(said(medium()).notes()).isEmpty();
        try (BackupArchive archive = Listed.open(List.of(SmallMedia.databases()))) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.notes).isEmpty();
            assertThat(listed.problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).hasMessageContaining("SQL Server"));
        }
    }
}
