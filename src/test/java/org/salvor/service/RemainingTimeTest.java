package org.salvor.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.salvor.recovery.Progress;

class RemainingTimeTest {
    private final RemainingTime time = new RemainingTime();

    @Test
    void a_steady_job_gives_a_range_around_the_truth() {
        for (int i = 0; i <= 20; i++) {
            at(i, i * 100L + (i % 2) * 10);
        }
        RemainingTime.Range range = time.range().orElseThrow();
        assertThat(range.low()).isLessThanOrEqualTo(80);
        assertThat(range.high()).isBetween(80L, 160L);
        assertThat(time.bytesPerSecond()).isBetween(80.0, 120.0);
    }

    @Test
    void nothing_is_told_at_the_start_nor_while_the_rate_jumps_nor_after_read_errors() {
        at(0, 0);
        at(1, 100);
        assertThat(time.range()).isEmpty();
        long done = 100;
        for (int i = 2; i < 30; i++) {
            done += i % 4 == 0 ? 400 : 1;
            at(i, done);
        }
        assertThat(time.range()).isEmpty();
        RemainingTime steady = new RemainingTime();
        for (int i = 0; i < 20; i++) {
            steady.update(new Progress("x", i * 10L, 1000, 0, -1), i);
        }
        assertThat(steady.range()).isPresent();
        steady.readError();
        assertThat(steady.range()).isEmpty();
    }

    private void at(int seconds, long done) {
        time.update(new Progress("records", done, 10_000, 0, -1), seconds);
    }
}
