package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.TestTools;

/** From the start of the program, as it was packed, to the picture of its first page. */
@Tag("bench")
@DisplayName("Benchmarks of the start")
class StartBenchTest {
    private static final int RUNS = 5;

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "folder, from Maven's output, target/salvor/bin/salvor, 2",
        "package, from the package, target/dist/image/Salvor/bin/Salvor, 1"
    })
    @DisplayName("To the first window")
    void firstWindow(String name, String from, Path program, int budget) throws Exception {
        BenchRows rows = new BenchRows("start-" + name);
        String what = "start to first window, " + from;
        if (!Files.exists(program) || TestTools.find("Xvfb").isEmpty()) {
            rows.row(what, "≤ " + budget + " s", true, "not measured", "needs Xvfb and the program, built before");
            return;
        }
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            FirstWindow.seconds(program.toAbsolutePath()).ifPresent(seconds::add);
        }
        assertThat(seconds).as("starts that came to a first page").hasSize(RUNS);
        rows.row(
                what,
                "≤ " + budget + " s",
                Bench.median(seconds) <= budget,
                Bench.text("%.1f s", Bench.median(seconds)),
                Bench.text(
                        "to the drawn page under Xvfb, software rendering; median of %d, best %.1f s",
                        RUNS, Bench.least(seconds)));
    }
}
