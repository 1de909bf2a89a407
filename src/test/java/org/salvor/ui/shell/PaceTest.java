package org.salvor.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Progress;

@DisplayName("The remaining time is told as a range, and only where it can be known")
class PaceTest {
    private static Progress read(long bytes, long total) {
        return new Progress("records", bytes, total, bytes / 1000, -1);
    }

    @Test
    void atTheStartNothingIsSaid() {
        Pace pace = new Pace();
        pace.add(0.5, read(50, 1000), false);
        pace.add(1.0, read(100, 1000), false);
        assertThat(pace.remainingText()).isEmpty();
    }

    @Test
    void withoutATotalNothingIsSaid() {
        Pace pace = new Pace();
        for (int i = 0; i < 40; i++) {
            pace.add(i * 0.5, read(i * 1_000_000L, -1), false);
        }
        assertThat(pace.remainingText()).isEmpty();
    }

    @Test
    void anEvenPaceGivesOneTime() {
        Pace pace = new Pace();
        for (int i = 0; i < 40; i++) {
            pace.add(i * 0.5, read(i * 1_000_000L, 139_000_000), false);
        }
        assertThat(pace.remainingText()).isEqualTo("about 50 s left");
    }

    @Test
    void aPaceThatVariesByATenthGivesARange() {
        Pace pace = new Pace();
        long bytes = 0;
        for (int i = 0; i < 40; i++) {
            bytes += i < 20 ? 1_000_000 : 900_000;
            pace.add(i * 0.5, read(bytes, 1_000_000_000), false);
        }
        assertThat(pace.remainingText()).contains(" to ");
    }

    @Test
    void aPaceThatVariesByMoreThanHalfGivesNothing() {
        Pace pace = new Pace();
        long bytes = 0;
        for (int i = 0; i < 40; i++) {
            bytes += i < 20 ? 1_000_000 : 100_000;
            pace.add(i * 0.5, read(bytes, 1_000_000_000), false);
        }
        assertThat(pace.remainingText()).isEmpty();
    }

    @Test
    void afterReadErrorsItIsSaidThatItCannotBeTold() {
        Pace pace = new Pace();
        for (int i = 0; i < 40; i++) {
            pace.add(i * 0.5, read(i * 1_000_000L, 139_000_000), true);
        }
        assertThat(pace.remainingText()).startsWith("No estimate");
    }
}
