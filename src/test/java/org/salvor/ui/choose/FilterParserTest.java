package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.RatingClass;
import org.salvor.ui.choose.Filter.Condition;
import org.salvor.ui.choose.Filter.Term;

class FilterParserTest {
    private static Filter parse(String text) {
        return FilterParser.parse(text, ZoneOffset.UTC);
    }

    private static Term only(String text) {
        Filter filter = parse(text);
        assertThat(filter.problems()).isEmpty();
        assertThat(filter.conditions()).hasSize(1);
        return filter.conditions().getFirst().term();
    }

    private static long ticks(int year, int month, int day) {
        return SampleCatalog.time(LocalDateTime.of(year, month, day, 0, 0));
    }

    @Test
    @DisplayName("Words are parts of names, in any case; quotes keep blanks; a minus turns round")
    void words() {
        assertThat(parse("Holiday \"two words\" -draft").conditions())
                .containsExactly(
                        new Condition(new Term.NameHas("holiday"), false),
                        new Condition(new Term.NameHas("two words"), false),
                        new Condition(new Term.NameHas("draft"), true));
        assertThat(only("name:Report")).isEqualTo(new Term.NameHas("report"));
        assertThat(only("IMG_*.jp?g")).isInstanceOf(Term.NameLike.class);
    }

    @Test
    @DisplayName("Endings come with or without dot and star")
    void endings() {
        assertThat(only("ext:JPG,.png,*.gif")).isEqualTo(new Term.Ending(Set.of("jpg", "png", "gif")));
        assertThat(only("type:picture,mail")).isEqualTo(new Term.Group(EnumSet.of(FileGroup.PICTURES, FileGroup.MAIL)));
    }

    @Test
    @DisplayName("Sizes count in 1024, alone, compared, or from-to")
    void sizes() {
        assertThat(only("size>1M")).isEqualTo(new Term.Size((1 << 20) + 1, Long.MAX_VALUE));
        assertThat(only("size>=1.5k")).isEqualTo(new Term.Size(1536, Long.MAX_VALUE));
        assertThat(only("size<10")).isEqualTo(new Term.Size(0, 9));
        assertThat(only("size:>1M")).isEqualTo(only("size>1M"));
        assertThat(only("size:<=10")).isEqualTo(only("size<=10"));
        assertThat(only("size:0")).isEqualTo(new Term.Size(0, 0));
        assertThat(only("size:10k..2GB")).isEqualTo(new Term.Size(10_240, 2L << 30));
    }

    @Test
    @DisplayName("Dates are days, months or years; \"after\" a day begins with the next one")
    void dates() {
        assertThat(only("modified>2026-08-01"))
                .isEqualTo(new Term.Time(Filter.Which.MODIFIED, ticks(2026, 8, 2), Long.MAX_VALUE));
        assertThat(only("created:2026-02"))
                .isEqualTo(new Term.Time(Filter.Which.CREATED, ticks(2026, 2, 1), ticks(2026, 3, 1)));
        assertThat(only("modified:2024..2025"))
                .isEqualTo(new Term.Time(Filter.Which.MODIFIED, ticks(2024, 1, 1), ticks(2026, 1, 1)));
    }

    @Test
    @DisplayName("Ratings go by their names or the beginning of them")
    void states() {
        assertThat(only("state:intact,part"))
                .isEqualTo(new Term.State(EnumSet.of(RatingClass.INTACT, RatingClass.PARTIAL)));
    }

    @Test
    @DisplayName("What is not understood is named, and the rest still filters")
    void problems() {
        Filter filter = parse("colour:red size>big modified:2026-02-31 state:fine jpg");
        assertThat(filter.problems())
                .hasSize(4)
                .anySatisfy(text -> assertThat(text).contains("colour:").contains("ext:"))
                .anySatisfy(text -> assertThat(text).contains("big"))
                .anySatisfy(text -> assertThat(text).contains("2026-02-31"))
                .anySatisfy(text -> assertThat(text).contains("fine").contains("overwritten"));
        assertThat(filter.conditions()).containsExactly(new Condition(new Term.NameHas("jpg"), false));
    }

    @Test
    @DisplayName("A token that is still being typed says nothing yet")
    void unfinished() {
        assertThat(parse("size> size:> ext: modified:\"")).isEqualTo(Filter.NONE);
        assertThat(parse("  ")).isEqualTo(Filter.NONE);
        assertThat(parse("-").conditions()).hasSize(1);
    }
}
