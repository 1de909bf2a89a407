package org.salvor.windows.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;

@DisplayName("Disks and volumes of Windows are listed and read (against the strict double)")
class WindowsDevicesTest {
    @TempDir
    Path folder;

    private Computer computer;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        computer = new Computer(folder);
    }

    @Nested
    @DisplayName("Right")
    class Right {
        @AfterEach
        void nothingWasWrong() {
            assertThat(computer.windows.violations()).isEmpty();
        }

        @Test
        @DisplayName("Disks with their names, buses and volumes in the order of the disk")
        void listed() {
            List<DeviceDescription> disks = computer.devices().list();
            assertThat(disks)
                    .extracting(disk -> disk.path().toString().replaceAll("\\\\+$", ""))
                    .containsExactly("\\\\.\\PhysicalDrive0", "\\\\.\\PhysicalDrive1", "\\\\.\\PhysicalDrive2");
            DeviceDescription first = disks.getFirst();
            assertThat(first.model()).isEqualTo("Fast SSD 500");
            assertThat(first.serial()).isEqualTo("S0");
            assertThat(first.bus()).isEqualTo("SATA");
            assertThat(first.size()).isEqualTo(Computer.SIZE);
            assertThat(first.sectorSize()).isEqualTo(512);
            assertThat(first.solidState()).isTrue();
            assertThat(first.removable()).isFalse();
            assertThat(first.readable()).isTrue();
            assertThat(first.parts())
                    .as("the spanned volume is no part of one disk")
                    .hasSize(2);
            assertThat(first.parts().getFirst().label()).isEqualTo("System");
            assertThat(first.parts().getFirst().fileSystem()).isEqualTo("NTFS");
            assertThat(first.parts().getFirst().mountPoints()).hasSize(2);
            assertThat(first.parts().getLast().path().toString()).contains(Computer.HIDDEN);
            DeviceDescription stick = disks.get(1);
            assertThat(stick.model()).isEqualTo("ACME Stick");
            assertThat(stick.bus()).isEqualTo("USB");
            assertThat(stick.removable()).isTrue();
            assertThat(stick.solidState()).isFalse();
            assertThat(stick.sectorSize()).isEqualTo(4096);
            assertThat(disks.get(2).bus()).isEqualTo("virtual");
        }

        @Test
        @DisplayName("Without an administrator they are listed with their sizes, and opening tells what to do")
        void denied() {
            computer.windows.knob("denied", 1);
            assertThat(computer.devices().list()).hasSize(3).allSatisfy(disk -> {
                assertThat(disk.readable()).isFalse();
                assertThat(disk.size()).isEqualTo(Computer.SIZE);
            });
            assertThatThrownBy(() -> computer.devices().open(Computer.device("PhysicalDrive0")))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("Run as administrator");
        }

        @Test
        @DisplayName("Every byte of a disk and of a volume, at odd places and over odd lengths, to the last sector")
        void read() throws Exception {
            for (String name : List.of("PhysicalDrive0", "PhysicalDrive1", "C:", "d:", "Volume" + Computer.D)) {
                byte[] expected = switch (name) {
                    case "PhysicalDrive0" -> computer.disk0;
                    case "PhysicalDrive1" -> computer.disk1;
                    case "C:" -> Arrays.copyOfRange(computer.disk0, 1 << 20, 2 << 20);
                    default -> Arrays.copyOfRange(computer.disk1, 1 << 20, 3 << 20);
                };
                try (BlockDevice device = computer.devices()
                        .open(Computer.device(name.toUpperCase().startsWith("D:") ? "D:" : name))) {
                    assertThat(device.size()).as(name).isEqualTo(expected.length);
                    assertThat(device.sectorSize())
                            .isEqualTo(name.equals("PhysicalDrive0") || name.equals("C:") ? 512 : 4096);
                    ByteBuffer all = ByteBuffer.allocate(expected.length);
                    device.read(0, all);
                    assertThat(all.array()).as(name).isEqualTo(expected);
                    for (int[] range : new int[][] {{777, 1000}, {4095, 2}, {1, 700_001}, {expected.length - 3, 3}}) {
                        ByteBuffer odd = ByteBuffer.allocateDirect(range[1]);
                        device.read(range[0], odd);
                        byte[] got = new byte[range[1]];
                        odd.flip().get(got);
                        assertThat(got).isEqualTo(Arrays.copyOfRange(expected, range[0], range[0] + range[1]));
                    }
                    assertThatThrownBy(() -> device.read(expected.length - 1L, ByteBuffer.allocate(2)))
                            .isInstanceOf(SourceReadException.class);
                }
            }
        }

        @Test
        @DisplayName("A short answer is asked on")
        void shortReads() throws Exception {
            computer.windows.knob("short-read", 1);
            try (BlockDevice device = computer.devices().open(Computer.device("PhysicalDrive0"))) {
                ByteBuffer part = ByteBuffer.allocate(10_000);
                device.read(100, part);
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(computer.disk0, 100, 10_100));
            }
        }

        @Test
        @DisplayName("Several threads read at once, each its own place")
        void threads() throws Exception {
            try (BlockDevice device = computer.devices().open(Computer.device("PhysicalDrive0"))) {
                Boolean same = Stream.iterate(0, i -> i + 1)
                        .limit(200)
                        .parallel()
                        .allMatch(i -> {
                            ByteBuffer part = ByteBuffer.allocate(3000);
                            try {
                                device.read(i * 7919L, part);
                            } catch (SourceReadException e) {
                                return false;
                            }
                            return Arrays.equals(
                                    part.array(), Arrays.copyOfRange(computer.disk0, i * 7919, i * 7919 + 3000));
                        });
                assertThat(same).isTrue();
            }
        }

        @Test
        @DisplayName("A bad sector costs itself and nothing beside it")
        void badSector() throws Exception {
            computer.windows.knob("bad-at", 100 * 512);
            try (ResilientDevice device =
                    new ResilientDevice(computer.devices().open(Computer.device("PhysicalDrive0")))) {
                long[] lost = {0, 0};
                ByteBuffer part = ByteBuffer.allocate(65536);
                device.readAround(40_000, part, (position, length, cause) -> {
                    lost[0] = position;
                    lost[1] += length;
                    assertThat(cause.getCause()).hasMessageContaining("23");
                });
                assertThat(lost).containsExactly(51_200, 512);
                byte[] expected = Arrays.copyOfRange(computer.disk0, 40_000, 105_536);
                Arrays.fill(expected, 11_200, 11_712, (byte) 0);
                assertThat(part.array()).isEqualTo(expected);
            }
        }

        @Test
        @DisplayName("A disk that goes away is told in words, and one that is closed gives nothing")
        void gone() throws Exception {
            BlockDevice device = computer.devices().open(Computer.device("PhysicalDrive0"));
            computer.windows.knob("gone-after", 0);
            assertThatThrownBy(() -> device.read(0, ByteBuffer.allocate(512))).hasMessageContaining("cable");
            device.close();
            device.close();
            assertThatThrownBy(() -> device.read(0, ByteBuffer.allocate(512))).hasMessageContaining("closed");
        }

        @Test
        @DisplayName("The size comes from the geometry where the length is not told")
        void noLength() throws Exception {
            computer.windows.knob("no-length", 1);
            computer.windows.knob("no-descriptor", 1);
            try (BlockDevice device = computer.devices().open(Computer.device("PhysicalDrive1"))) {
                assertThat(device.size()).isEqualTo(Computer.SIZE);
            }
            assertThat(computer.devices().list())
                    .allSatisfy(disk -> assertThat(disk.model()).isEmpty());
        }

        @ParameterizedTest
        @CsvSource({"C:\\Users\\a.img", "D:\\", "D:", "\\\\server\\share\\a", "/dev/sda", "\\\\.\\COM1"})
        @DisplayName("Files, folders and shares are no disks")
        void others(String name) {
            assertThat(computer.devices().handles(Path.of(name))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"PhysicalDrive9", "X:", "Volume{01234567-0000-0000-0000-000000000000}"})
        @DisplayName("A disk that is not there is said to be missing; the backslash that Java adds does no harm")
        void missing(String name) {
            for (String end : List.of("", "\\")) {
                Path path = Computer.device(name + end);
                assertThat(computer.devices().handles(path)).isTrue();
                assertThatThrownBy(() -> computer.devices().open(path)).hasMessageContaining("not there");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("The double bites: a wrong binding is caught")
    void bitten(String mistake, String function, UnaryOperator<Object[]> change, String expected) {
        DiskCalls wrong = (DiskCalls) Proxy.newProxyInstance(
                DiskCalls.class.getClassLoader(), new Class<?>[] {DiskCalls.class}, (proxy, method, arguments) -> {
                    Object[] given = method.getName().equals(function) ? change.apply(arguments) : arguments;
                    return given.length == 0 ? Integer.valueOf(1) : method.invoke(computer.calls, given);
                });
        try (WindowsDisk disk = WindowsDisk.of(wrong, Handle.device(wrong, "\\\\.\\C:", Handle.GENERIC_READ), "C:")) {
            ByteBuffer all = ByteBuffer.allocate((int) disk.size());
            disk.read(0, all);
            assertThat(all.array())
                    .as("the bytes must differ, or the double must have seen it")
                    .satisfies(bytes -> {
                        if (expected.equals("other bytes")) {
                            assertThat(bytes).isNotEqualTo(Arrays.copyOfRange(computer.disk0, 1 << 20, 2 << 20));
                        }
                    });
        } catch (CallException | SourceReadException e) {
            // what it leads to is not the point
        }
        if (!expected.equals("other bytes")) {
            assertThat(computer.windows.violations()).contains(expected);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("opened for writing", "CreateFileW", with(1, 0xC0000000), "more than reading"),
                mistake("not shared for writing", "CreateFileW", with(2, 1), "not shared"),
                mistake("makes what is not there", "CreateFileW", with(4, 4), "not OPEN_EXISTING"),
                mistake("no position", "ReadFile", with(4, Pointer.NULL), "no position"),
                mistake("odd length", "ReadFile", with(2, 1000), "not whole sectors"),
                mistake(
                        "odd memory",
                        "ReadFile",
                        a -> with(1, ((Pointer) a[1]).share(8))
                                .apply(with(2, 4096).apply(a)),
                        "not aligned"),
                mistake("no count", "ReadFile", with(3, null), "no count"),
                mistake("handle not closed", "CloseHandle", a -> new Object[0], "leak: handle not closed"),
                mistake("an error of ReadFile taken for a yes", "ReadFile", a -> yes(a), "other bytes"));
    }

    /** Claims to have read what it has not. */
    private static Object[] yes(Object[] arguments) {
        ((IntByReference) arguments[3]).setValue((Integer) arguments[2]);
        return new Object[0];
    }

    private static Arguments mistake(String name, String function, UnaryOperator<Object[]> change, String expected) {
        return Arguments.of(name, function, change, expected);
    }

    private static UnaryOperator<Object[]> with(int index, @Nullable Object value) {
        return arguments -> {
            Object[] changed = arguments.clone();
            changed[index] = value;
            return changed;
        };
    }
}
