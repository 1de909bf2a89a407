package org.salvor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.salvor.fault.SourceReadException;

class ResilientDeviceTest {
    private static final int SIZE = 4 << 20;
    private final byte[] content = new byte[SIZE];
    private final FaultyDevice disk;
    private final List<String> told = new ArrayList<>();

    ResilientDeviceTest() {
        new Random(3).nextBytes(content);
        disk = new FaultyDevice(MemoryDevice.of(content, "disk"));
    }

    private byte[] around(ResilientDevice device, long position, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        ByteBuffer target = ByteBuffer.wrap(bytes);
        device.readAround(position, target, (at, bad, cause) -> told.add(at + "+" + bad));
        assertThat(target.hasRemaining()).isFalse();
        return bytes;
    }

    private byte[] expected(int position, int length, int... zeroed) {
        byte[] whole = content.clone();
        for (int i = 0; i < zeroed.length; i += 2) {
            Arrays.fill(whole, zeroed[i], zeroed[i] + zeroed[i + 1], (byte) 0);
        }
        return Arrays.copyOfRange(whole, position, position + length);
    }

    @Test
    void aGoodDiskIsReadAtOnce() {
        ResilientDevice device = new ResilientDevice(disk);
        assertThat(around(device, 0, SIZE)).isEqualTo(content);
        assertThat(disk.reads()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void badSectorsAreZeroToldAndTheRestIsThere() {
        disk.failing(70_000, 1).failing(1_000_000, 1500);
        ResilientDevice device = new ResilientDevice(disk);
        assertThat(around(device, 0, SIZE)).isEqualTo(expected(0, SIZE, 69_632, 512, 999_936, 2048));
        assertThat(told).containsExactly("69632+512", "999936+2048");
        assertThat(device.badRanges().list())
                .containsExactly(new BadRanges.Range(69_632, 512), new BadRanges.Range(999_936, 2048));
        assertThat(device.badRanges().bytes()).isEqualTo(2560);
        assertThat(device.failedReads()).isPositive();
    }

    @Test
    void aBadSectorIsNeverAskedForAgain() {
        disk.failing(70_000, 1);
        ResilientDevice device = new ResilientDevice(disk);
        around(device, 0, SIZE);
        long failures = disk.failedAt().size();
        for (int i = 0; i < 10; i++) {
            around(device, 65_536, 65_536);
            assertThatThrownBy(() -> device.read(69_900, ByteBuffer.allocate(100)))
                    .isInstanceOf(SourceReadException.class);
        }
        assertThat(disk.failedAt()).hasSize((int) failures);
    }

    @Test
    void aReadThatTouchesABadSectorNamesItAndOthersAreServed() throws Exception {
        disk.failing(70_000, 1);
        ResilientDevice device = new ResilientDevice(disk);
        assertThatThrownBy(() -> device.read(65_536, ByteBuffer.allocate(65_536)))
                .isInstanceOfSatisfying(SourceReadException.class, e -> {
                    assertThat(e.position()).isEqualTo(69_632);
                    assertThat(e.length()).isEqualTo(512);
                });
        ByteBuffer good = ByteBuffer.allocate(4096);
        device.read(65_536, good);
        assertThat(good.array()).isEqualTo(expected(65_536, 4096));
    }

    @Test
    void aSectorThatReadsAtTheSecondTryIsNotBad() throws Exception {
        disk.failing(70_000, 1, 2);
        ResilientDevice device = new ResilientDevice(disk);
        ByteBuffer target = ByteBuffer.allocate(1 << 20);
        device.read(0, target);
        assertThat(target.array()).isEqualTo(expected(0, 1 << 20));
        assertThat(device.badRanges().list()).isEmpty();
        assertThat(device.failedReads()).isEqualTo(2);
    }

    @Test
    void aLargeDeadZoneCostsFewReadsAndEndsExactly() {
        int zone = 1_000_448;
        int length = 2_000_384;
        disk.failing(zone, length);
        ResilientDevice device = new ResilientDevice(disk);
        assertThat(around(device, 0, SIZE)).isEqualTo(expected(0, SIZE, zone, length));
        assertThat(told).containsExactly(zone + "+" + length);
        assertThat(disk.failedAt().size()).isLessThan(250);
    }

    @Test
    void scatteredBadSectorsAreAllFoundAndNothingElseIsLost() {
        Random random = new Random(11);
        List<Integer> zeroed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int sector = random.nextInt(SIZE / 512) * 512;
            disk.failing(sector, 512);
            zeroed.add(sector);
            zeroed.add(512);
        }
        ResilientDevice device = new ResilientDevice(disk);
        byte[] want =
                expected(0, SIZE, zeroed.stream().mapToInt(Integer::intValue).toArray());
        assertThat(around(device, 0, SIZE)).isEqualTo(want);
        for (int at = 0; at + 100_000 < SIZE; at += 99_999) {
            assertThat(around(device, at, 100_000)).isEqualTo(Arrays.copyOfRange(want, at, at + 100_000));
        }
    }

    @Test
    void aDeviceThatWentAwayIsNotHammeredAndNothingIsMarkedForEver() throws Exception {
        ResilientDevice device = new ResilientDevice(disk);
        around(device, 0, 65_536);
        disk.goneAfter(0);
        for (int at = 65_536; at < SIZE; at += 65_536) {
            around(device, at, 65_536);
        }
        assertThat(device.isGone()).isTrue();
        assertThat(disk.reads()).isLessThan(250);
        assertThat(device.unreadable())
                .as("all that was asked")
                .containsExactly(new BadRanges.Range(65_536, SIZE - 65_536));
        assertThat(device.unreadableBytes()).isEqualTo(SIZE - 65_536);
        disk.comeBack();
        long until = System.nanoTime() + 10_000_000_000L;
        while (device.isGone() && System.nanoTime() < until) {
            Thread.sleep(100);
            around(device, SIZE - 65_536, 65_536);
        }
        told.clear();
        assertThat(around(device, SIZE - 65_536, 65_536)).isEqualTo(expected(SIZE - 65_536, 65_536));
        assertThat(told).isEmpty();
        assertThat(device.badRanges().bytes()).isLessThan(1 << 20);
        assertThat(device.unreadable().getLast().end())
                .as("what was read after all is no longer among it")
                .isEqualTo(SIZE - 65_536);
    }

    @Test
    void rangesThatWereReadAfterAllAreTakenOut() {
        BadRanges ranges = new BadRanges();
        ranges.add(1000, 100);
        ranges.add(2000, 100);
        ranges.remove(1040, 20);
        ranges.remove(1990, 50);
        assertThat(ranges.list())
                .containsExactly(
                        new BadRanges.Range(1000, 40), new BadRanges.Range(1060, 40), new BadRanges.Range(2040, 60));
        assertThat(ranges.bytes()).isEqualTo(140);
        ranges.remove(0, 5000);
        assertThat(ranges.isEmpty()).isTrue();
        assertThat(ranges.bytes()).isZero();
    }

    @Test
    void ofRangesThatAreTooManyTheNeighbourhoodIsKnown() {
        BadRanges ranges = new BadRanges();
        for (long i = 0; i < BadRanges.MAX_RANGES; i++) {
            ranges.add(i * 1024, 512);
        }
        assertThat(ranges.forgotten(0, Long.MAX_VALUE)).isFalse();
        ranges.add(5L << 30, 512);
        assertThat(ranges.list()).hasSize(BadRanges.MAX_RANGES);
        assertThat(ranges.forgotten((5L << 30) + 1000, (5L << 30) + 2000)).isTrue();
        assertThat(ranges.forgotten(4L << 30, (4L << 30) + 512)).isFalse();
        assertThat(ranges.forgotten(0, Long.MAX_VALUE)).isTrue();
        assertThat(ranges.bytes()).isEqualTo(512L * (BadRanges.MAX_RANGES + 1));
    }

    @Test
    void aTruncatedImageGivesWhatItHas() {
        ResilientDevice device = new ResilientDevice(disk);
        byte[] bytes = around(device, SIZE - 1000, 3000);
        assertThat(Arrays.copyOf(bytes, 1000)).isEqualTo(expected(SIZE - 1000, 1000));
        assertThat(Arrays.copyOfRange(bytes, 1000, 3000)).containsOnly(0);
        assertThat(told).containsExactly(SIZE + "+2000");
        assertThat(device.badRanges().list()).isEmpty();
        told.clear();
        around(device, SIZE + 5000L, 10);
        assertThat(told).containsExactly((SIZE + 5000L) + "+10");
    }

    @Test
    void rangesAreMergedAndTheirNumberIsBounded() {
        BadRanges ranges = new BadRanges();
        ranges.add(1000, 10);
        ranges.add(1020, 10);
        ranges.add(1010, 10);
        ranges.add(990, 100);
        ranges.add(1000, 1);
        assertThat(ranges.list()).containsExactly(new BadRanges.Range(990, 100));
        assertThat(ranges.bytes()).isEqualTo(100);
        for (int i = 0; i < BadRanges.MAX_RANGES + 100; i++) {
            ranges.add(10_000L + i * 2L, 1);
        }
        assertThat(ranges.list()).hasSize(BadRanges.MAX_RANGES);
        assertThat(ranges.bytes()).isEqualTo(100 + BadRanges.MAX_RANGES + 100);
    }
}
