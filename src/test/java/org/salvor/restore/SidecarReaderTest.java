package org.salvor.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.restore.RestoreFixture.bytes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.FormatException;
import org.salvor.recovery.Catalog;
import org.salvor.substream.StreamType;
import org.salvor.windows.Wine;

@DisplayName("The sidecar of a restore")
class SidecarReaderTest {
    @TempDir
    Path folder;

    private Path file;
    private List<String> lines;

    @BeforeEach
    void restored() throws Exception {
        RestoreFixture fixture = new RestoreFixture(folder);
        int docs = fixture.session.folder(Catalog.NONE, "docs");
        byte[] descriptor = NtfsTargetTest.descriptor();
        fixture.session.file(
                docs,
                "a.txt",
                new MemorySession.Part(StreamType.SECURITY_DATA, "", descriptor.length, List.of(descriptor)),
                MemorySession.data(bytes("main")));
        fixture.session.reparse(Catalog.NONE, "link", false, LinksTest.reparse(0xA000000C, "docs\\a.txt", true));
        fixture.run();
        file = fixture.target.resolve(CommonSidecar.NAME).resolve(CommonSidecar.FILE);
        lines = Files.readAllLines(file);
    }

    private SidecarReader changed(int line, String from, String to) throws Exception {
        List<String> other = new ArrayList<>(lines);
        assertThat(other.get(line)).contains(from);
        other.set(line, other.get(line).replace(from, to));
        return written(other);
    }

    private SidecarReader written(List<String> other) throws Exception {
        Files.writeString(file, String.join("\n", other) + "\n");
        return SidecarReader.read(file);
    }

    private int lineOf(String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError(text + " is in none of " + lines);
    }

    @Test
    @DisplayName("is read as it was written")
    void asWritten() throws Exception {
        Wine.lacks("makes no symbolic links");
        SidecarReader sidecar = SidecarReader.read(file);
        assertThat(sidecar.source().text()).isEqualTo(folder.resolve("disk.img").toString());
        assertThat(sidecar.entries())
                .extracting(SidecarEntry::target)
                .containsExactlyInAnyOrder("docs", "docs/a.txt", "link");
        for (SidecarEntry entry : sidecar.entries()) {
            assertThat(entry.folder()).isEqualTo(entry.target().equals("docs"));
            assertThat(entry.times().created()).isEqualTo(MemorySession.TIME);
            switch (entry.target()) {
                case "docs/a.txt" -> {
                    assertThat(sidecar.descriptor(entry.security())).isEqualTo(NtfsTargetTest.descriptor());
                    assertThat(entry.size()).isEqualTo(4);
                    assertThat(entry.sha256()).isEqualTo(Hashes.hex(Hashes.sha256(bytes("main"))));
                    assertThat(entry.attributes()).isEqualTo(0x20);
                }
                case "link" -> assertThat(entry.link()).isEqualTo("docs/a.txt");
                default -> assertThat(entry.sha256()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("is refused when it was cut at any byte")
    void cut() throws Exception {
        Wine.lacks("makes no symbolic links");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SidecarReader.read(file))
                    .as("cut at %s", length)
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("sidecar at byte");
        }
        Files.write(file, whole);
        assertThat(SidecarReader.read(file).entries()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "..",
                "../a.txt",
                "docs/../../a.txt",
                "/etc/passwd",
                "docs//a.txt",
                ".",
                "docs/./a.txt",
                "",
                "docs/",
                "a\\u0000b"
            })
    @DisplayName("is refused as a whole for one path that leads elsewhere")
    void paths(String path) {
        int line = lineOf("docs/a.txt");
        long position = lines.subList(0, line).stream()
                .mapToLong(text -> text.getBytes(UTF_8).length + 1)
                .sum();
        assertThatThrownBy(() -> changed(line, "\"docs/a.txt\"", "\"" + path + "\""))
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.position()).isEqualTo(position));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"size\":4 | \"size\":9223372036854775808",
                "\"size\":4 | \"size\":-1",
                "\"size\":4 | \"size\":\"4\"",
                "\"attributes\":32 | \"attributes\":4294967296000",
                "\"kind\":\"file\" | \"kind\":\"device\"",
                "\"sha256\":\" | \"sha256\":\"XX",
                "\"security\":\" | \"security\":\"ab",
                "T | t at some time",
                "\"target\" | \"goal\""
            })
    @DisplayName("is refused for a field that no restore writes")
    void fields(String from, String to) {
        assertThatThrownBy(() -> changed(lineOf("docs/a.txt"), from, to)).isInstanceOf(FormatException.class);
    }

    @Test
    @DisplayName("is refused where a descriptor is not the one of its name")
    void descriptors() {
        assertThatThrownBy(() -> changed(1, "\"raw\":\"AQAE", "\"raw\":\"AQAF")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> changed(1, "\"raw\":\"AQAE", "\"raw\":\"!QAE")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> changed(1, "\"sddl\":\"O:", "\"sddl\":\"O:BAG:BAD:(A;;FA;;;WD)"))
                .as("a person reads something else than what would be put on the files")
                .hasMessageContaining("the text of this descriptor, O:");
        assertThatThrownBy(() -> changed(1, "\"sddl\":", "\"sdd\":")).isInstanceOf(FormatException.class);
    }

    @Test
    @DisplayName("is refused where it has a file twice, more files than it says, or a line that never ends")
    void lines() {
        Wine.lacks("makes no symbolic links");
        List<String> twice = new ArrayList<>(lines);
        twice.set(twice.size() - 1, lines.get(lineOf("docs/a.txt")));
        twice.set(lineOf("docs/a.txt"), lines.get(lineOf("docs/a.txt")));
        assertThatThrownBy(() -> written(twice)).isInstanceOf(FormatException.class);
        List<String> more = new ArrayList<>(lines);
        more.add(lines.getLast().replace("\"target\":\"", "\"target\":\"x"));
        assertThatThrownBy(() -> written(more)).hasMessageContaining("found more");
        List<String> endless = new ArrayList<>(lines);
        endless.add("{\"target\":\"" + "x".repeat(5 << 20) + "\"}");
        assertThatThrownBy(() -> written(endless)).hasMessageContaining("a longer one");
        assertThatThrownBy(() -> changed(0, "\"files\":3", "\"files\":9000000000"))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> changed(0, "\"version\":1", "\"version\":2"))
                .hasMessage("sidecar at byte 0: expected salvor-sidecar version 1, found salvor-sidecar version 2");
        assertThatThrownBy(() -> changed(0, "\"version\":1", "\"version\":{\"format\":1}"))
                .hasMessage("sidecar at byte 0: expected a whole number, found an object");
    }

    @Test
    @DisplayName("keeps a time that NTFS cannot hold as unknown")
    void times() throws Exception {
        SidecarReader sidecar = changed(lineOf("docs/a.txt"), "\"created\":\"2", "\"created\":\"+99992");
        assertThat(sidecar.entries())
                .filteredOn(entry -> entry.target().equals("docs/a.txt"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.times().created()).isEqualTo(Catalog.NO_TIME);
                    assertThat(entry.times().accessed()).isEqualTo(MemorySession.TIME);
                });
    }
}
