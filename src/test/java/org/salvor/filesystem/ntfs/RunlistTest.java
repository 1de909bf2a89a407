package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunlistTest {
    private static Runlist decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        Runlist runs = new Runlist();
        runs.appendEncoded(bytes, 0, bytes.length, 0);
        return runs;
    }

    @Test
    @DisplayName("Distances are signed and count from the run before; a pair without distance is a hole")
    void distancesAreSigned() {
        Runlist runs = decode("21 18 34 56 11 10 f0 01 08 11 04 20 00");
        assertThat(runs.toClusterRuns().lcn()).containsExactly(0x5634, 0x5624, -1, 0x5644);
        assertThat(runs.toClusterRuns().length()).containsExactly(0x18, 0x10, 8, 4);
        assertThat(runs.end()).isEqualTo(0x34);
        assertThat(runs.allocated()).isEqualTo(0x2c);
        assertThat(runs.complete()).isTrue();
    }

    @Test
    @DisplayName("What stands before a broken pair is kept, and the list is not complete")
    void brokenTail() {
        assertThat(decode("11 04 20 f8 01").toClusterRuns().lcn()).containsExactly(0x20);
        assertThat(decode("11 04 20 f8 01").complete()).isFalse();
        assertThat(decode("11 04 20 11 04 80").complete()).isFalse(); // before the volume
        assertThat(decode("11 ff 20").count()).isZero(); // a negative length
        assertThat(decode("11 04 20 21 01").count()).isEqualTo(1); // cut off
    }

    @Test
    @DisplayName(
            "A hole counts where it is a whole unit that begins before the end; what packing spared of a unit is none")
    void wholeUnitsAreHoles() {
        Runlist sparse = decode("11 04 20 01 0c 11 10 40 00"); // 4 clusters, 12 spared, 16 clusters
        assertThat(sparse.holeBefore(32, 16)).isFalse();
        assertThat(sparse.holeBefore(32, 4)).isTrue();
        assertThat(sparse.holeBefore(4, 4)).isFalse();
        assertThat(decode("11 04 20 01 1c 00").holeBefore(32, 16)).isTrue();
        assertThat(decode("11 04 20 01 1c 00").holeBefore(16, 16)).isFalse();
        assertThat(decode("11 20 40 00").holeBefore(32, 1)).isFalse();
    }

    @Test
    @DisplayName("A part that begins later than the one before ended leaves a missing range, not a shift")
    void missingPart() {
        byte[] part = {0x11, 4, 0x20, 0};
        Runlist runs = new Runlist();
        runs.appendEncoded(part, 0, part.length, 0);
        runs.appendEncoded(part, 0, part.length, 10);
        assertThat(runs.complete()).isFalse();
        assertThat(runs.lcn(runs.find(5))).isEqualTo(Runlist.MISSING);
        assertThat(runs.lcn(runs.find(10))).isEqualTo(0x20);
        assertThat(runs.find(14)).isEqualTo(-1);
        assertThat(runs.toClusterRuns().count()).isEqualTo(2);
    }
}
