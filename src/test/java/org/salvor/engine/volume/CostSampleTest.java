package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.salvor.TestImages;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanCost;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;

/** What a scan will cost is told from a few samples. */
class CostSampleTest {
    private static final long GIB = 1L << 30;

    private static FaultyDevice disk() {
        return new FaultyDevice(MemoryDevice.sparse(GIB, 512, "disk", List.of()));
    }

    @Test
    void at_most_64_mebibytes_are_read_and_the_rate_is_that_of_the_device() throws Exception {
        FaultyDevice slow = disk().slow(Duration.ofMillis(10));
        CostSample sample = new CostSample(slow, 0, GIB).take(JobMonitor.SILENT);
        assertThat(slow.bytesRead()).isPositive().isLessThanOrEqualTo(64L << 20);
        assertThat(sample.bytesPerSecond()).isCloseTo(100.0 * (1 << 20), within(60.0 * (1 << 20)));
        assertThat(sample.fromMemory()).isFalse();
    }

    @Test
    void a_very_slow_device_is_asked_for_about_a_second_only() throws Exception {
        FaultyDevice crawling = disk().slow(Duration.ofMillis(400));
        long started = System.nanoTime();
        CostSample sample = new CostSample(crawling, 0, GIB).take(JobMonitor.SILENT);
        assertThat(crawling.reads()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
        assertThat(sample.bytesPerSecond()).isPositive();
    }

    @Test
    void a_place_that_cannot_be_read_is_left_at_once_and_nothing_readable_gives_no_rate() throws Exception {
        FaultyDevice broken = disk().failing(0, GIB);
        CostSample sample = new CostSample(broken, 0, GIB).take(JobMonitor.SILENT);
        assertThat(broken.reads()).isEqualTo(3);
        assertThat(sample.bytesPerSecond()).isZero();
        FaultyDevice oneHole = disk().failing(0, 1 << 20);
        assertThat(new CostSample(oneHole, 0, GIB).take(JobMonitor.SILENT).bytesPerSecond())
                .isPositive();
    }

    @Test
    void it_obeys_a_cancel_before_its_first_read() {
        FaultyDevice disk = disk();
        JobMonitor cancelled = new JobMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void problem(Problem problem) {}

            @Override
            public void checkpoint() throws CancelledException {
                throw new CancelledException();
            }
        };
        assertThatThrownBy(() -> new CostSample(disk, 0, GIB).take(cancelled)).isInstanceOf(CancelledException.class);
        assertThat(disk.reads()).isZero();
    }

    @Test
    void a_quick_scan_costs_the_file_table_and_a_thorough_one_the_whole_place() throws Exception {
        VolumeEngine engine = new VolumeEngine(List.of(), () -> TestImages.open("objects"));
        Keyring keys = new Keyring();
        SourceNode node = engine.recognise(new Source.Practice(), keys).orElseThrow();
        try (RecoverySession session = engine.open(node, keys)) {
            ScanCost cost = session.cost(JobMonitor.SILENT);
            assertThat(cost.thoroughBytes()).isEqualTo(node.length());
            assertThat(cost.quickBytes())
                    .as("a whole number of records")
                    .isPositive()
                    .isLessThan(cost.thoroughBytes())
                    .matches(bytes -> bytes % 1024 == 0);
            assertThat(cost.seconds(cost.quickBytes())).isPositive();
        }
    }
}
