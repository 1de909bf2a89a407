package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names of devices as paths")
class DevicePathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\\.\\PhysicalDrive1",
                "\\\\.\\D:",
                "\\\\.\\c:",
                "\\\\.\\Volume{01234567-0000-0000-0000-000000000000}"
            })
    @DisplayName("A name of Windows becomes a path and is the same name again, also with a backslash behind it")
    void thereAndBack(String name) {
        assertThat(DevicePaths.name(DevicePaths.of(name))).isEqualTo(name);
        assertThat(DevicePaths.name(DevicePaths.of(name + "\\"))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\.\\PhysicalDrive1", "\\\\.\\D:"})
    @DisplayName("It is taken for a device, and has that name wherever it is asked for")
    void source(String name) throws Exception {
        Source source = SourceNames.parse(name);
        assertThat(source).isInstanceOf(Source.Device.class);
        assertThat(source.text()).isEqualTo(name);
    }

    @Test
    @DisplayName("Other paths are left as they are")
    void others() {
        Path path = Path.of("some", "disk.img");
        assertThat(DevicePaths.of(path.toString())).isEqualTo(path);
        assertThat(DevicePaths.name(path)).isEqualTo(path.toString());
    }
}
