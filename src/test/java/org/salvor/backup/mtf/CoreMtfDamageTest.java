package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupSet;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.backup.mtf.TapeWriter.Stream;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamType;

@DisplayName("A damaged medium")
class CoreMtfDamageTest {
    private static final int FILES = 12;
    private static final int BLOCK = 1024;
    private static final int SMALL = 200;

    private final Map<String, Integer> places = new LinkedHashMap<>();

    /** Two sets of two volumes; in each volume two folders of their own with three files. */
    private byte[] medium() {
        return medium(true);
    }

    /** @param large the files have some thousand bytes; else each fits into its block */
    private byte[] medium(boolean large) {
        places.clear();
        SetWriter set = new SetWriter(new TapeWriter(BLOCK, true));
        set.tape(0, 1, "Medium");
        for (int number = 1; number <= 2; number++) {
            place(number + "", set);
            set.set(0, number, "Set " + number, "", 0, 0);
            for (String volume : List.of("C:", "D:")) {
                place(number + volume, set);
                set.volume(0, volume, "");
                set.folder(0, "");
                for (String folder : volume.equals("C:") ? List.of("one", "two") : List.of("three", "four")) {
                    place(number + volume + "/" + folder, set);
                    set.folder(0, folder, SetWriter.security());
                    for (int i = 0; i < FILES / 4; i++) {
                        String name = "f" + i;
                        place(number + volume + "/" + folder + "/" + name, set);
                        byte[] content = content(number + volume + "/" + folder + "/" + name);
                        content = large ? content : Arrays.copyOf(content, SMALL);
                        set.file(
                                name,
                                content.length,
                                SetWriter.security(),
                                Stream.of("STAN", content),
                                Stream.of("ADAT", TapeWriter.named("s", SmallMedia.ZONE)));
                    }
                }
            }
            set.end(number, 0, 0);
        }
        return set.tape.bytes();
    }

    private void place(String what, SetWriter set) {
        places.put(what, set.tape.position());
    }

    /** Whatever the volume: behind damage it may not be known. */
    private static byte[] content(String file) {
        String path = file.replaceAll("[CD]:|Volume .*lost.", "");
        return SetWriter.noise(2500 + Math.floorMod(path.hashCode(), 3000), path.hashCode());
    }

    private int at(String what) {
        return java.util.Objects.requireNonNull(places.get(what), what);
    }

    /** How a medium was read: which files were whole, which were not. */
    private record Outcome(List<String> whole, List<String> damaged, List<RecoveryException> problems) {}

    private static Outcome outcome(byte[] medium) throws Exception {
        List<String> whole = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        List<RecoveryException> problems = new ArrayList<>();
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            for (BackupSet set : archive.sets()) {
                Listed listed = Listed.of(archive, set.number());
                problems.addAll(listed.problems);
                listed.entries.forEach((path, entry) -> {
                    if (!entry.folder()) {
                        String name = set.number() + path;
                        (whole(archive, set.number(), name, entry) ? whole : damaged).add(name);
                    }
                });
            }
        }
        return new Outcome(whole, damaged, problems);
    }

    /** Whether all of a file came; what is claimed whole must be. */
    private static boolean whole(BackupArchive archive, int set, String name, BackupEntry entry) {
        boolean claimed = entry.state() instanceof State.Whole;
        List<Read> streams = new ArrayList<>();
        try {
            claimed &= Listed.read(archive, set, entry, streams) == null;
        } catch (RecoveryException e) {
            fail(name + " cannot be opened: " + e.getMessage());
        }
        claimed &= streams.stream().allMatch(stream -> stream.lost() == 0 && stream.thrown() == null);
        if (claimed && !name.contains("Lost folders")) {
            assertThat(streams).as(name).hasSize(3);
            byte[] content = content(name);
            byte[] main = streams.get(1).bytes();
            assertThat(Arrays.equals(main, content) || Arrays.equals(main, Arrays.copyOf(content, SMALL)))
                    .as(name)
                    .isTrue();
            assertThat(streams.get(2).bytes()).as(name).isEqualTo(SmallMedia.ZONE);
        }
        return claimed;
    }

    private List<String> files() {
        return places.keySet().stream()
                .filter(name -> name.matches(".*/f[0-9]"))
                .toList();
    }

    private List<String> without(String... lost) {
        List<String> left = new ArrayList<>(files());
        left.removeAll(List.of(lost));
        return left;
    }

    private static byte[] broken(byte[] medium, int at) {
        byte[] copy = medium.clone();
        copy[at] ^= 0x41;
        return copy;
    }

    @Test
    void thatIsWholeGivesEverything() throws Exception {
        Outcome outcome = outcome(medium());
        assertThat(outcome.whole).containsExactlyElementsOf(files()).hasSize(2 * FILES);
        assertThat(outcome.problems).isEmpty();
    }

    @Test
    void losesOnlyTheFileWhoseBlockIsDamaged() throws Exception {
        byte[] medium = medium();
        for (String file : files()) {
            Outcome outcome = outcome(broken(medium, at(file) + 20));
            assertThat(outcome.whole).as(file).containsExactlyElementsOf(without(file));
            assertThat(outcome.damaged).isEmpty();
            assertThat(outcome.problems)
                    .as("one sentence for one loss")
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem)
                                .hasMessageContaining("one file or folder is lost")
                                .hasMessageContaining("byte " + at(file));
                        assertThat(problem.getCause())
                                .isInstanceOfSatisfying(
                                        FormatException.class,
                                        e -> assertThat(e.position()).isEqualTo(at(file)));
                    });
        }
    }

    @Test
    void keepsWhatCameBeforeADamagedStream() throws Exception {
        byte[] medium = medium();
        String file = "1C:/one/f1";
        int named = SmallMedia.indexOf(medium, "ADAT", at(file));
        Outcome outcome = outcome(broken(medium, named + 8));
        assertThat(outcome.whole).containsExactlyElementsOf(without(file));
        assertThat(outcome.damaged).containsExactly(file);
        try (BackupArchive archive = Listed.open(List.of(broken(medium, named + 8)))) {
            BackupEntry entry = Listed.of(archive, 1).entry("C:/one/f1");
            assertThat(Listed.main(archive, 1, entry).bytes()).isEqualTo(content(file));
        }
    }

    @Test
    void isNotLedAwayByALengthThatIsWrong() throws Exception {
        byte[] medium = medium();
        String file = "1C:/one/f1";
        int header = SmallMedia.indexOf(medium, "STAN", at(file));
        for (long length : new long[] {1, 700, 60_000, 1 << 20, 1L << 42, 1L << 50}) {
            byte[] copy = medium.clone();
            System.arraycopy(TapeWriter.little(length, 8), 0, copy, header + 8, 8);
            byte[] checked = Arrays.copyOfRange(copy, header, header + 20);
            System.arraycopy(TapeWriter.little(TapeWriter.words(checked, 20), 2), 0, copy, header + 20, 2);
            Outcome outcome = outcome(copy);
            assertThat(outcome.whole).as("length " + length).containsExactlyElementsOf(without(file));
        }
    }

    @Test
    void putsFilesOfALostFolderApart() throws Exception {
        byte[] medium = medium();
        Outcome outcome = outcome(broken(medium, at("1D:/three") + 30));
        List<String> expected = new ArrayList<>(files());
        expected.replaceAll(name -> name.replace("1D:/three/", "1D:/Lost folders/Folder 5/"));
        assertThat(outcome.whole).containsExactlyElementsOf(expected);
        assertThat(outcome.problems).isNotEmpty();
    }

    @Test
    void givesAVolumeWhoseNameIsLostANewOne() throws Exception {
        byte[] medium = medium();
        Outcome outcome = outcome(broken(medium, at("1D:") + 30));
        List<String> expected = new ArrayList<>(files());
        expected.replaceAll(name -> name.replace("1D:", "1Volume (name lost)"));
        assertThat(outcome.whole).containsExactlyElementsOf(expected);
    }

    @Test
    void keepsTheFilesOfASetWhoseStartIsDamaged() throws Exception {
        byte[] medium = medium();
        for (int number = 1; number <= 2; number++) {
            byte[] broken = broken(medium, at("" + number) + 5);
            Outcome outcome = outcome(broken);
            assertThat(outcome.whole).as("set " + number).hasSameSizeAs(files());
            try (BackupArchive archive = Listed.open(List.of(broken))) {
                assertThat(archive.sets()).hasSize(2);
                assertThat(archive.sets().get(number - 1).notes()).anyMatch(note -> note.contains("start of this set"));
            }
        }
    }

    /** As an image of a failing disk has it: what could not be read is zero. */
    @Test
    void losesOnlyWhatLayInAZeroedRange() throws Exception {
        byte[] medium = medium();
        List<String> files = files();
        for (int first = 0; first < FILES; first++) {
            for (int last = first; last < files.size(); last += 3) {
                byte[] copy = medium.clone();
                int from = at(files.get(first)) + 100;
                int to = at(files.get(last)) + 100;
                Arrays.fill(copy, from, Math.max(to, from + 512), (byte) 0);
                Outcome outcome = outcome(copy);
                // those behind the damage may lie in another folder, where the block of theirs is lost
                assertThat(outcome.whole)
                        .as(first + " to " + last)
                        .containsAll(files.subList(0, first))
                        .hasSize(files.size() - (last - first + 1));
                assertThat(outcome.problems).isNotEmpty();
            }
        }
    }

    /** The last stream before the padding is gone, and nothing else: it must not pass for padding. */
    @Test
    void doesNotTakeAZeroedStreamForPadding() throws Exception {
        byte[] medium = medium();
        String file = "1C:/one/f1";
        int named = SmallMedia.indexOf(medium, "ADAT", at(file));
        Arrays.fill(medium, named, at("1C:/one/f2"), (byte) 0);
        Outcome outcome = outcome(medium);
        assertThat(outcome.whole).containsExactlyElementsOf(without(file));
        assertThat(outcome.damaged).containsExactly(file);
    }

    /** A file of the medium is a medium itself, and lies where damage makes the reader search. */
    @Test
    void isNotTakenInByABackupInsideABackup() throws Exception {
        byte[] inner = SmallMedia.twoSets(1024, true);
        SetWriter set = new SetWriter(new TapeWriter(BLOCK, true));
        set.tape(0, 1, "Outer");
        set.set(0, 1, "Outer", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("before.txt", 3, Stream.of("STAN", SmallMedia.ascii("abc")));
        int at = set.file("inner.bkf", inner.length, Stream.of("STAN", inner));
        set.file("after.txt", 3, Stream.of("STAN", SmallMedia.ascii("def")));
        set.end(1, 0, 0);
        byte[] medium = set.tape.bytes();
        try (BackupArchive archive = Listed.open(List.of(medium))) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.entries.keySet()).containsExactly("C:", "C:/before.txt", "C:/inner.bkf", "C:/after.txt");
        }
        for (int damage : new int[] {at + 20, SmallMedia.indexOf(medium, "STAN", at) + 9}) {
            try (BackupArchive archive = Listed.open(List.of(broken(medium, damage)))) {
                assertThat(archive.sets()).hasSize(1);
                Listed listed = Listed.of(archive, 1);
                assertThat(listed.entries.keySet())
                        .contains("C:/before.txt", "C:/after.txt")
                        .hasSizeLessThan(5);
            }
        }
    }

    @Test
    void thatWasCutAnywhereKeepsWhatCameBefore() throws Exception {
        byte[] large = medium();
        for (int length = 0; length < large.length; length += 1531) {
            assertCut(large, length);
        }
        byte[] small = medium(false);
        for (int length = 0; length < at("1C:/one/f1") + BLOCK + 2; length++) {
            assertCut(small, length);
        }
    }

    private void assertCut(byte[] medium, int length) throws Exception {
        try {
            Outcome outcome = outcome(Arrays.copyOf(medium, length));
            List<String> whole = new ArrayList<>();
            for (String file : files()) {
                // a file ends with its padding, whose header must still be there
                int pad = SmallMedia.indexOf(medium, "SPAD", at(file));
                if (pad + 22 <= length) {
                    whole.add(file);
                }
            }
            assertThat(outcome.whole).as("cut at " + length).containsExactlyElementsOf(whole);
            assertThat(outcome.damaged.size()).isLessThanOrEqualTo(1);
        } catch (RecoveryException e) {
            assertThat(length).as(e.getMessage()).isLessThan(BLOCK);
        }
    }

    @Test
    void thatCannotBeReadInPlacesLosesOnlyThose() throws Exception {
        byte[] medium = medium();
        String file = "1C:/one/f1";
        int data = SmallMedia.indexOf(medium, "STAN", at(file)) + 22;
        FaultyDevice faulty = new FaultyDevice(MemoryDevice.of(medium, "faulty")).failing(data + 600, 512);
        MtfOpener opener = new MtfOpener(MtfOpener.WESTERN, java.time.ZoneOffset.UTC);
        try (BackupArchive archive = opener.open(List.of(new org.salvor.device.ResilientDevice(faulty)))) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.entries.values().stream().filter(entry -> !entry.folder()))
                    .hasSize(FILES);
            Read main = Listed.main(archive, 1, listed.entry("C:/one/f1"));
            assertThat(main.lost()).isBetween(512L, 1024L);
            assertThat(main.type()).isEqualTo(StreamType.DATA);
            assertThat(Listed.main(archive, 1, listed.entry("C:/one/f2")).bytes())
                    .isEqualTo(content("1C:/one/f2"));
        }
        FaultyDevice header = new FaultyDevice(MemoryDevice.of(medium, "faulty")).failing(at(file), 512);
        try (BackupArchive archive = opener.open(List.of(new org.salvor.device.ResilientDevice(header)))) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.entries.keySet()).doesNotContain("C:/one/f1").contains("C:/one/f0", "C:/one/f2");
            assertThat(listed.problems).isNotEmpty();
        }
    }
}
