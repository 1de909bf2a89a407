package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

    @Test
    void names_in_a_catalog_are_searched_in_place_with_the_same_result() {
        Random random = new Random(20);
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:0", IdScheme.Form.values()[0]));
        for (int i = 0; i < 500; i++) {
            builder.add(row(text(random, "abA.Bä\u00c4\u00ff\u00b5\u0416\u0436", 9)));
        }
        Catalog catalog = builder.catalog();
        for (int i = 0; i < 400; i++) {
            String pattern = text(random, "ab.BÄ*?*\u0416\u00b5", 5);
            GlobMatcher matcher = new GlobMatcher(pattern);
            String word = pattern.toLowerCase(Locale.ROOT);
            for (int row = 0; row < catalog.size(); row++) {
                String name = catalog.name(row);
                assertThat(catalog.nameFits(row, matcher))
                        .as(pattern + " and " + name)
                        .isEqualTo(matcher.matches(name));
                assertThat(catalog.nameContains(row, word))
                        .as(word + " in " + name)
                        .isEqualTo(name.toLowerCase(Locale.ROOT).contains(word));
            }
        }
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(most); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static FileRow row(String name) {
        return new FileRow(
                Catalog.NONE,
                name,
                false,
                true,
                Provenance.TABLE,
                1,
                -1,
                Catalog.NO_LOCATOR,
                Catalog.NONE,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                List.of());
    }
}
