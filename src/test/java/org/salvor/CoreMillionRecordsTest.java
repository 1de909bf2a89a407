package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.made.MillionRecords;

/**
 * A volume with a million bogus records, in its file table or outside of it: each is a counted skip or a row, within the memory and the
 * time that a million good ones may take.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CoreMillionRecordsTest {
    private static final int MILLION = 1_000_000;

    /** A row may take 120 bytes and its name, here of up to three million rows with the made-up folders. */
    private static final String FOR_ROWS = "-Xmx480m";

    private static final String FOR_GARBAGE = "-Xmx160m";

    private static final long SECONDS = 60;

    @ParameterizedTest
    @CsvSource({"NOISE, table", "NOISY_ATTRIBUTES, table", "BAD_NAMES, table"})
    void garbageIsSkippedAndCounted(MillionRecords.Kind kind, String place) throws Exception {
        Map<String, Long> found = scan(kind, place, FOR_GARBAGE);
        assertThat(found.get("skipped") + found.get("rows")).isBetween(MILLION - 5_000L, MILLION + 100L);
        assertThat(found.get("rows")).isLessThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "NAMELESS, outside, 1000000",
        "RINGS, table, 1500000",
        "EXTENSIONS_OF_ONE, table, 1",
        "EXTENSIONS_OF_THE_NEXT, outside, 0",
        "CLAIMS_OF_THE_LIVING, table, 1000000",
        "PIECES, table, 1000000"
    })
    void whatLooksLikeFilesIsListedWithinBounds(MillionRecords.Kind kind, String place, long rows) throws Exception {
        Map<String, Long> found = scan(kind, place, FOR_ROWS);
        assertThat(found.get("rows")).isBetween(rows, rows + 5);
        assertThat(found.get("intact"))
                .as("clusters that all the others claim too")
                .isZero();
    }

    static Stream<Arguments> everything() {
        return Stream.of(MillionRecords.Kind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, "table"), Arguments.of(kind, "outside")));
    }

    @Tag("fuzz")
    @ParameterizedTest
    @MethodSource("everything")
    void everyKindInBothPlacesStaysWithinBounds(MillionRecords.Kind kind, String place) throws Exception {
        assertThat(scan(kind, place, FOR_ROWS)).isNotEmpty();
    }

    private static Map<String, Long> scan(MillionRecords.Kind kind, String place, String heap) throws Exception {
        List<String> lines = ChildJvm.run(MillionRecords.class, List.of(heap), kind.name(), place);
        System.out.println(kind + " " + place + ": " + lines);
        Map<String, Long> figures = lines.stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
        assertThat(figures.get("busy")).as("seconds of the processor").isLessThan(SECONDS);
        return figures;
    }
}
