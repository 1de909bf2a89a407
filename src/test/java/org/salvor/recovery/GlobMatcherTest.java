package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
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
    void letters_are_the_same_in_any_case_also_where_there_are_two_small_ones() {
        assertThat(new GlobMatcher("\u039f\u0394\u039f\u03a3*").matches("\u03bf\u03b4\u03bf\u03c2.txt"))
                .isTrue();
        assertThat(new GlobMatcher("?stanbul").matches("\u0130STANBUL")).isTrue();
    }

    @Test
    void names_in_a_catalog_are_searched_in_place_with_the_same_result() {
        Random random = new Random(20);
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:0", IdScheme.Form.values()[0]));
        for (int i = 0; i < 500; i++) {
            builder.add(row(text(
                    random, "abA.Bä\u00c4\u00ff\u00b5\u0416\u0436\u03a3\u03c2".substring(0, i % 7 == 0 ? 13 : 9), 9)));
        }
        // over the end of a block of the pool, and over more than is looked at ahead
        for (int i = 0; i < 600; i++) {
            builder.add(row(text(random, "abA.B", i % 3 == 0 ? 9_000 : 9)));
        }
        Catalog catalog = builder.catalog();
        for (int i = 0; i < 400; i++) {
            String pattern = text(random, "ab.BÄ*?*?\u0416\u00b5\u03a3", 5);
            GlobMatcher matcher = new GlobMatcher(pattern);
            String word = pattern.toLowerCase(Locale.ROOT);
            RowTest fits = catalog.nameFits(matcher);
            RowTest has = catalog.nameHas(word);
            for (int row : rows(random, catalog.size(), i % 3)) {
                String name = catalog.name(row);
                assertThat(passes(fits, row)).as(pattern + " and " + name).isEqualTo(matcher.matches(name));
                assertThat(passes(has, row))
                        .as(word + " in " + name)
                        .isEqualTo(lower(name).contains(lower(word)));
            }
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace('\u03c2', '\u03c3');
    }

    private static boolean passes(RowTest test, int row) {
        return test.pass(row & -RowTest.ROWS, 1L << row) != 0;
    }

    /** All rows in order, some of them in order, or any in no order. */
    private static int[] rows(Random random, int count, int way) {
        return switch (way) {
            case 0 -> IntStream.range(0, count).toArray();
            case 1 ->
                IntStream.range(0, count).filter(row -> random.nextInt(3) == 0).toArray();
            default -> random.ints(count, 0, count).toArray();
        };
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
