package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupSet;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.backup.mtf.TapeWriter.Stream;

@DisplayName("A medium with bytes missing or added")
class CoreMtfShiftTest {
    private static final int FILES = 8;

    /** A file of a medium: from its block to behind the header of its padding. */
    private record Range(int from, int to, byte[] content) {}

    private final Map<String, Range> files = new LinkedHashMap<>();

    /** Two sets; a folder each, files of several sizes, among them such of the same size and such that fit into one block. */
    private byte[] medium(int block) {
        files.clear();
        SetWriter set = new SetWriter(new TapeWriter(block, true));
        set.tape(0, 1, "Medium");
        for (int number = 1; number <= 2; number++) {
            set.set(0, number, "Set " + number, "", 0, 0);
            set.volume(0, "C:", "");
            set.folder(0, "");
            for (int i = 0; i < FILES; i++) {
                int size = i % 4 == 0 ? 100 : i % 4 == 3 ? 5000 + 777 * i : 3 * block + 40;
                file(set, number, "f" + i, SetWriter.noise(size, number * 100 + i));
            }
            set.end(number, 0, 0);
        }
        byte[] medium = set.tape.bytes();
        files.replaceAll((name, range) -> new Range(
                range.from(), SmallMedia.indexOf(medium, "SPAD", range.to()) + StreamHeader.SIZE, range.content()));
        return medium;
    }

    private Range range(String file) {
        Range range = files.get(file);
        if (range == null) {
            throw new AssertionError(file + " was never written");
        }
        return range;
    }

    private void file(SetWriter set, int number, String name, byte[] content) {
        int at = set.file(name, content.length, SetWriter.security(), Stream.of("STAN", content));
        int behind = at + 100 + content.length;
        files.put(number + "C:/" + name, new Range(at, behind, content));
    }

    private static byte[] cut(byte[] all, int at, int length) {
        return TapeWriter.join(Arrays.copyOf(all, at), Arrays.copyOfRange(all, at + length, all.length));
    }

    private static byte[] inserted(byte[] all, int at, int length) {
        byte[] added = SetWriter.noise(length, at);
        return TapeWriter.join(Arrays.copyOf(all, at), added, Arrays.copyOfRange(all, at, all.length));
    }

    /** What is claimed whole, by the number of its set and its path; a claim that is not true fails. */
    private Map<String, List<String>> whole(byte[] medium, String what) throws Exception {
        Map<String, List<String>> outcome = new TreeMap<>();
        outcome.put("whole", new ArrayList<>());
        outcome.put("said", new ArrayList<>());
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            for (BackupSet set : archive.sets()) {
                Listed listed = Listed.of(archive, set.number());
                listed.problems.forEach(problem -> list(outcome, "said").add(String.valueOf(problem.getMessage())));
                list(outcome, "said").addAll(set.notes());
                for (Map.Entry<String, BackupEntry> each : listed.entries.entrySet()) {
                    String name = set.number() + each.getKey();
                    if (each.getValue().folder() || !(each.getValue().state() instanceof State.Whole)) {
                        continue;
                    }
                    List<Read> streams = new ArrayList<>();
                    boolean claimed = Listed.read(archive, set.number(), each.getValue(), streams) == null
                            && streams.stream().allMatch(one -> one.lost() == 0 && one.thrown() == null);
                    if (claimed) {
                        assertThat(files).as(what).containsKey(name);
                        Range range = range(name);
                        assertThat(streams.getLast().bytes())
                                .as(what + " " + name)
                                .isEqualTo(range.content());
                        list(outcome, "whole").add(name);
                    }
                }
            }
        }
        return outcome;
    }

    private static List<String> list(Map<String, List<String>> outcome, String key) {
        return java.util.Objects.requireNonNull(outcome.get(key));
    }

    /** @param added bytes; a negative number are missing */
    private void assertOnlyItsOwn(byte[] medium, int at, int added) throws Exception {
        String what = added + " bytes at " + at;
        byte[] damaged = added < 0 ? cut(medium, at, -added) : inserted(medium, at, added);
        Map<String, List<String>> outcome = whole(damaged, what);
        int end = at + Math.max(0, -added);
        List<String> expected = new ArrayList<>();
        String before = "";
        for (Map.Entry<String, Range> file : files.entrySet()) {
            Range range = file.getValue();
            if (range.to() <= at || range.from() >= end) {
                expected.add(file.getKey());
            }
            before = range.to() <= at ? file.getKey() : before;
        }
        // where whole blocks are cut, the one before ends well, and so would one whose middle was cut
        List<String> left = new ArrayList<>(expected);
        left.removeAll(list(outcome, "whole"));
        left.remove(before);
        assertThat(left).as(what).isEmpty();
        assertThat(list(outcome, "said")).as(what).isNotEmpty().noneMatch(text -> text.contains("backup ends before"));
    }

    @Test
    void losesOnlyWhatLiesThere() throws Exception {
        for (int block : new int[] {512, 1024}) {
            byte[] medium = medium(block);
            int first = range("1C:/f0").from();
            int last = range("1C:/f7").from() + 3000;
            for (int added : new int[] {-512, -1000, -1, -7, 700, 512, 1024, 3}) {
                for (int at = first; at < last; at += 397) {
                    assertOnlyItsOwn(medium, at, added);
                }
            }
        }
    }

    /** As long as a file of the same size behind it: the streams of the two fit together. */
    @Test
    void neverTakesTheEndOfOneFileForThatOfAnother() throws Exception {
        for (int block : new int[] {512, 1024}) {
            byte[] medium = medium(block);
            Range one = range("1C:/f1");
            Range two = range("1C:/f2");
            int length = two.from() - one.from();
            for (int at = one.from(); at < one.to(); at += 50) {
                assertOnlyItsOwn(medium, at, -length);
                assertOnlyItsOwn(medium, at, -block);
            }
        }
    }

    @Test
    void canBeShiftedSeveralTimes() throws Exception {
        byte[] medium = medium(1024);
        int third = range("2C:/f3").from() + 1500;
        int second = range("1C:/f7").from() + 1500;
        int first = range("1C:/f3").from() + 1500;
        byte[] damaged = cut(inserted(cut(medium, third, 512), second, 700), first, 1000);
        Map<String, List<String>> outcome = whole(damaged, "three shifts");
        List<String> expected = new ArrayList<>(files.keySet());
        expected.removeAll(List.of("1C:/f3", "1C:/f7", "2C:/f3"));
        assertThat(list(outcome, "whole")).containsExactlyElementsOf(expected);
        assertThat(list(outcome, "said"))
                .anyMatch(text -> text.contains("lacks 1000 bytes"))
                .anyMatch(text -> text.contains("700 bytes too many"))
                .anyMatch(text -> text.contains("lacks 512 bytes"));
    }

    /** Streams are looked for at the next multiple of four, and right behind the last: so a missing byte or three lead to the next stream, too. */
    @Test
    void claimsNoFileOfWhichOneToThreeBytesAreMissing() throws Exception {
        for (int size = 1000; size < 1004; size++) {
            files.clear();
            SetWriter set = new SetWriter(new TapeWriter(512, true));
            set.tape(0, 1, "Sizes");
            set.set(0, 1, "Sizes", "", 0, 0);
            set.volume(0, "C:", "");
            set.folder(0, "");
            file(set, 1, "before.bin", SetWriter.noise(700, 1));
            file(set, 1, "cut.bin", SetWriter.noise(size, size));
            file(set, 1, "after.bin", SetWriter.noise(700, 2));
            file(set, 1, "last.bin", SetWriter.noise(700, 3));
            set.end(1, 0, 0);
            byte[] medium = set.tape.bytes();
            for (int missing = 1; missing < 4; missing++) {
                byte[] damaged = cut(medium, range("1C:/cut.bin").from() + 500, missing);
                assertThat(list(whole(damaged, size + " without " + missing), "whole"))
                        .as(size + " without " + missing)
                        .containsExactly("1C:/before.bin", "1C:/after.bin", "1C:/last.bin");
            }
        }
    }

    /** Wherever a byte is repeated, the checksum of a block fits; what stands there is none. */
    @Test
    void takesNoContentForABlock() throws Exception {
        for (byte letter : new byte[] {'A', 'z', 7}) {
            files.clear();
            SetWriter set = new SetWriter(new TapeWriter(512, true));
            set.tape(0, 1, "Even");
            set.set(0, 1, "Even", "", 0, 0);
            set.volume(0, "C:", "");
            set.folder(0, "");
            byte[] even = new byte[20_000];
            Arrays.fill(even, letter);
            file(set, 1, "even.bin", even);
            file(set, 1, "after.txt", SetWriter.noise(900, 2));
            set.end(1, 0, 0);
            byte[] medium = set.tape.bytes();
            for (int added : new int[] {700, -1000, 512, -512}) {
                int at = range("1C:/even.bin").from() + 5000;
                byte[] damaged = added < 0 ? cut(medium, at, -added) : inserted(medium, at, added);
                assertThat(list(whole(damaged, added + " bytes"), "whole"))
                        .as(letter + ": " + added)
                        .containsExactly("1C:/after.txt");
            }
        }
    }

    /** What is missing lies in a file that is a backup itself: its blocks are moved as those of the set are. */
    @Test
    void doesNotTakeInABackupInsideTheBackup() throws Exception {
        files.clear();
        byte[] inner = medium(512);
        files.clear();
        SetWriter set = new SetWriter(new TapeWriter(512, true));
        set.tape(0, 1, "Outer");
        set.set(0, 1, "Outer", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        file(set, 1, "before.txt", SetWriter.noise(900, 1));
        file(set, 1, "inner.bkf", inner);
        file(set, 1, "after.txt", SetWriter.noise(900, 2));
        file(set, 1, "last.txt", SetWriter.noise(900, 3));
        set.end(1, 0, 0);
        byte[] medium = set.tape.bytes();
        int from = range("1C:/inner.bkf").from();
        for (int added : new int[] {-512, -1000, 700, 1024}) {
            for (int at = from + 300; at < from + inner.length; at += 601) {
                String what = added + " bytes at " + at;
                byte[] damaged = added < 0 ? cut(medium, at, -added) : inserted(medium, at, added);
                assertThat(list(whole(damaged, what), "whole"))
                        .as(what)
                        .containsExactly("1C:/before.txt", "1C:/after.txt", "1C:/last.txt");
                try (BackupArchive archive = Listed.open(List.of(damaged))) {
                    assertThat(archive.sets()).as(what).hasSize(1);
                    assertThat(Listed.of(archive, 1).entries.keySet())
                            .as(what)
                            .containsExactly("C:", "C:/before.txt", "C:/inner.bkf", "C:/after.txt", "C:/last.txt");
                }
            }
        }
        // its own block is gone, so that nothing tells how long it is
        byte[] damaged = cut(medium, from - 100, 612);
        assertThat(list(whole(damaged, "block cut"), "whole"))
                .contains("1C:/before.txt", "1C:/after.txt", "1C:/last.txt");
    }
}
