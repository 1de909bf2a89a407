package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClaimIndexTest {
    @Test
    void clustersOfLiveFilesAreCountedForAnyStretch() {
        Random random = new Random(5);
        ClaimIndex claims = new ClaimIndex();
        boolean[] taken = new boolean[2000];
        for (int at = 0, file = 0; at < 1900; file++) {
            at += random.nextInt(12);
            int length = 1 + random.nextInt(30);
            claims.addLive(file, at, length);
            for (int i = 0; i < length; i++) {
                taken[at + i] = true;
            }
            at += length;
        }
        claims.arrange(0);
        for (int i = 0; i < 20_000; i++) {
            int first = random.nextInt(1999);
            int length = 1 + random.nextInt(2000 - first);
            int expected = 0;
            int found = -1;
            for (int cluster = first; cluster < first + length; cluster++) {
                expected += taken[cluster] ? 1 : 0;
                found = found < 0 && taken[cluster] ? cluster : found;
            }
            assertThat(claims.liveClaimed(first, length))
                    .as(first + " + " + length)
                    .isEqualTo(expected);
            assertThat(claims.firstLiveClaimed(first, length)).isEqualTo(found);
        }
    }

    @Test
    void whatOverlapsIsNeverCountedForMoreThanTheStretch() {
        ClaimIndex claims = new ClaimIndex();
        for (int file = 0; file < 100; file++) {
            claims.addLive(file, file, Long.MAX_VALUE >>> 20);
        }
        claims.arrange(0);
        assertThat(claims.liveClaimed(10, 50)).isEqualTo(50);
        assertThat(claims.liveClaimed(0, 1)).isEqualTo(1);
        assertThat(claims.liveOwner(1000)).isEqualTo(99);
    }

    @Test
    void moreClaimsThanFitAreLeftOutAndTold() {
        ClaimIndex claims = new ClaimIndex(3);
        claims.addDeleted(0, 1, 1);
        claims.addDeleted(1, 2, 1);
        claims.addLive(0, 3, 1);
        assertThat(claims.full()).isFalse();
        claims.addLive(1, 4, 1);
        claims.addDeleted(2, 5, 1);
        assertThat(claims.full()).isTrue();
        assertThat(claims.count()).isEqualTo(3);
        claims.arrange(3);
        assertThat(claims.liveClaimed(0, 10)).isEqualTo(1);
    }
}
