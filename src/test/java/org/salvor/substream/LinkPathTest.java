package org.salvor.substream;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPathTest {
    private static LinkPath of(String path) {
        return Objects.requireNonNull(LinkPath.of(path.getBytes(UTF_16LE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\docs\\a.txt",
                "\\\\?\\C:\\docs\\a.txt",
                "\\??\\C:\\docs\\a.txt",
                "C:/docs//a.txt",
                "C:\\docs\\a.txt\0rest"
            })
    void tellsTheVolumeAndTheNamesFromItsRoot(String path) {
        assertThat(of(path).volume()).isEqualTo("C:");
        assertThat(of(path).steps()).containsExactly("docs", "a.txt");
    }

    @Test
    void knowsPathsWithoutALetter() {
        assertThat(of("\\docs\\a")).isEqualTo(new LinkPath("\\docs\\a", "", List.of("docs", "a")));
        assertThat(of("\\\\?\\Volume{1-2}\\docs\\a").steps()).containsExactly("docs", "a");
        for (String share : List.of("\\\\s\\d\\docs\\a", "\\\\?\\UNC\\s\\d\\docs\\a")) {
            assertThat(of(share).volume()).isEqualTo("\\\\s\\d");
            assertThat(of(share).steps()).containsExactly("docs", "a");
        }
        assertThat(LinkPath.of(LinkPath.bytes("docs/a"))).isEqualTo(of("\\docs\\a"));
    }

    @Test
    void leadsNowhereOutOfItsVolume() {
        assertThat(of("\\docs\\..\\..\\a").steps()).isEmpty();
        assertThat(of("\\.\\a").steps()).isEmpty();
        assertThat(of("\\").steps()).isEmpty();
    }

    @Test
    void isNoPathWhereTheBytesAreNone() {
        assertThat(LinkPath.of(new byte[0])).isNull();
        assertThat(LinkPath.of(new byte[3])).isNull();
        assertThat(LinkPath.of(new byte[4])).isNull();
        assertThat(LinkPath.of(new byte[LinkPath.MAX_SIZE + 2])).isNull();
        assertThat(LinkPath.of("a\u0001b".getBytes(UTF_16LE))).isNull();
    }
}
