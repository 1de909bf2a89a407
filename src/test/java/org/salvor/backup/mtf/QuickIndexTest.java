package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupSet;
import org.salvor.device.BlockDevice;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;

@DisplayName("Filemarks and the catalogue of a medium")
class QuickIndexTest {
    private static final int FILES = 2000;

    /** A set of many files whose data nobody wants to pass when a medium is opened. */
    private static byte[] medium(boolean catalogued) {
        SetWriter set = new SetWriter(new TapeWriter(512, true));
        set.filemark = 1024;
        set.catalogued = catalogued;
        set.tape(0, 1, "Large");
        set.mark();
        byte[] content = SetWriter.noise(3000, 1);
        for (int number = 1; number <= 3; number++) {
            set.set(0, number, "Set " + number, "", 0, 0);
            set.volume(0, "C:", "");
            set.folder(0, "");
            for (int i = 0; i < FILES / 3; i++) {
                set.file("file " + i, content.length, TapeWriter.Stream.of("STAN", content));
            }
            set.end(number, 0, 0);
        }
        return set.tape.bytes();
    }

    private record Opened(List<BackupSet> sets, long read) {}

    private static Opened open(byte[] medium) throws Exception {
        FaultyDevice counting = new FaultyDevice(MemoryDevice.of(medium, "medium"));
        try (BackupArchive archive =
                new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(List.<BlockDevice>of(counting))) {
            return new Opened(archive.sets(), counting.bytesRead());
        }
    }

    @Test
    void tellTheSetsWithoutGoingOverTheFiles() throws Exception {
        byte[] medium = medium(true);
        Opened quick = open(medium);
        assertThat(quick.read).isLessThan(medium.length / 10);
        Opened slow = open(medium(false));
        assertThat(slow.read).isGreaterThan(medium.length / 10);
        assertThat(quick.sets).isEqualTo(slow.sets);
        assertThat(quick.sets).hasSize(3);
    }

    @Test
    void areNotTrustedWhereTheyAreDamaged() throws Exception {
        byte[] medium = SmallMedia.filemarks(true);
        List<BackupSet> whole = open(medium).sets;
        assertThat(whole).hasSize(2).isEqualTo(open(SmallMedia.filemarks(false)).sets);
        for (int at = SmallMedia.indexOf(medium, "SFMB", 0); at >= 0; at = next(medium, at)) {
            for (int field : new int[] {0, 20, 53, 57, 61, 63, 70}) {
                byte[] copy = medium.clone();
                copy[at + field] ^= 0x11;
                assertThat(open(copy).sets).extracting(BackupSet::name).containsExactly("Marked", "Marked again");
            }
        }
        int map = SmallMedia.indexOf(medium, "TSMP", medium.length / 2);
        for (int field = 0; field < 200; field++) {
            byte[] copy = medium.clone();
            copy[map + field] ^= 0x11;
            assertThat(open(copy).sets).extracting(BackupSet::number).containsExactly(1, 2);
        }
    }

    private static int next(byte[] medium, int at) {
        try {
            return SmallMedia.indexOf(medium, "SFMB", at + 4);
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
