package org.salvor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;

@DisplayName("A folder that is held")
@EnabledOnOs(value = OS.LINUX, disabledReason = "folders are held by calls of Linux")
class HeldFolderTest {
    @TempDir
    Path root;

    static Stream<HostFiles> hosts() {
        return Stream.of(new LinuxFiles(), HostFiles.PLAIN);
    }

    @BeforeEach
    void folders() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/file"), "inside");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    @DisplayName("is reached name by name, and neither through a link nor a file")
    void steps(HostFiles host) throws Exception {
        try (HeldFolder held = host.hold(root, List.of("a", "b"))) {
            assertThat(held.path().resolve("file")).hasContent("inside");
        }
        try (HeldFolder held = host.hold(root, List.of())) {
            assertThat(held.path().resolve("a")).isDirectory();
        }
        assertThatThrownBy(() -> host.hold(root, List.of("link", "b"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> host.hold(root, List.of("link"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> host.hold(root, List.of("a", "b", "file"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> host.hold(root, List.of("a", "c"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisplayName("stays the same on Linux whatever becomes of its name")
    void stays() throws Exception {
        LinuxFiles linux = new LinuxFiles();
        Path path;
        try (HeldFolder held = linux.hold(root, List.of("a", "b"))) {
            path = held.path();
            Files.move(root.resolve("a/b"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("a/b"), Path.of("/"));
            assertThat(held.path().resolve("file")).hasContent("inside");
            linux.attribute(held.path().resolve("file"), "user.test", new byte[] {1});
        }
        assertThat(linux.attribute(root.resolve("moved/file"), "user.test")).containsExactly(1);
        assertThat(Files.exists(path.resolve("file"))).isFalse();
        assertThatThrownBy(() -> linux.hold(root, List.of("a", "b"))).isInstanceOf(NotDirectoryException.class);
    }
}
