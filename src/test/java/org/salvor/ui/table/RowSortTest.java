package org.salvor.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowSortTest {
    private static final Ticket WANTED = () -> false;

    @Test
    @DisplayName("A hundred thousand rows come out in order, equal ones as they came in")
    void sortsStably() {
        int[] value = new Random(1).ints(100_000, 0, 5_000).toArray();
        int[] rows = IntStream.range(0, value.length).toArray();
        RowSort.sort(rows, (a, b) -> Integer.compare(value[a], value[b]), WANTED);
        int[] expected = IntStream.range(0, value.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> value[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(rows).isEqualTo(expected);
    }

    @Test
    @DisplayName("Rows that came later are merged into the order as a full sort would have put them")
    void mergesLaterRows() {
        int[] value = new Random(2).ints(3_000, 0, 300).toArray();
        RowSort.Order order = (a, b) -> Integer.compare(value[a], value[b]);
        int[] old = IntStream.range(0, 2_000).toArray();
        int[] added = IntStream.range(2_000, 3_000).toArray();
        int[] all = IntStream.range(0, 3_000).toArray();
        RowSort.sort(old, order, WANTED);
        RowSort.sort(added, order, WANTED);
        RowSort.sort(all, order, WANTED);
        assertThat(RowSort.merge(old, added, order)).isEqualTo(all);
    }

    @Test
    @DisplayName("A sort that nobody waits for any more ends early and loses no row")
    void stopsWhenStale() {
        int[] rows = IntStream.range(0, 50_000).map(i -> 49_999 - i).toArray();
        RowSort.sort(rows, Integer::compare, () -> true);
        assertThat(Arrays.stream(rows).sorted().toArray())
                .isEqualTo(IntStream.range(0, 50_000).toArray());
        assertThat(rows[0]).isNotZero();
    }
}
