package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobMatcherTest {
    @ParameterizedTest
    @CsvSource({
        "*.TXT, docs/a.txt, true",
        "a.tx?, docs/a.txt, true",
        "*, docs/a.txt, true",
        "docs/*.txt, docs/a.txt, true",
        "docs/*.txt, docs/deep/a.txt, false",
        "docs/**, docs/deep/a.txt, true",
        "docs/**/a.txt, docs/a.txt, true",
        "docs/**/b/**/a.txt, docs/x/b/y/z/a.txt, true",
        "**/a.txt, a.txt, true",
        "/docs/a.txt, docs/a.txt, true",
        "a*b*c, axxbxx, false",
        "Ärger*, docs/ärgerlich.doc, true",
        "docs, docs/a.txt, false",
    })
    void a_pattern_means_what_the_contract_says(String pattern, String path, boolean matches) {
        assertThat(new GlobMatcher(pattern).matches(path)).isEqualTo(matches);
    }
}
