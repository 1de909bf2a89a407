package org.salvor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes docs/benchmarks.md of the rows that the benchmarks have left; it runs after all of them. */
@Tag("bench-page")
@DisplayName("The page of the benchmarks")
class BenchmarksPageTest {
    private static final Path PAGE = Path.of("docs", "benchmarks.md");

    /** The groups in the order of the page; the first word of a file of rows is its group. */
    private static final List<String> GROUPS = List.of("scan", "catalog", "backup", "restore", "start", "choose");

    @Test
    @DisplayName("Is made of the rows that were left")
    void write() throws IOException {
        List<Path> files = files();
        List<String> rows = new ArrayList<>();
        for (Path file : files) {
            rows.addAll(Files.readAllLines(file));
        }
        assertThat(rows).as("rows in " + BenchRows.FOLDER).isNotEmpty().allMatch(BenchmarksPageTest::row);
        StringBuilder page = new StringBuilder("""
                # Benchmarks

                Written by `mvn -Pbench verify`, which measures against the budgets of [architecture.md](architecture.md), section 6. The
                images come from `src/test/scripts/make-speed-images.py`: 200,000 files in 400 folders, every second deleted; 100,000 files
                in one folder, every second deleted; one deleted file of 1 GiB. Their data are in the page cache.

                """);
        page.append("Measured on ").append(LocalDate.now()).append(": ").append(machine());
        page.append("\n\n| what | budget | measured | how |\n|---|---|---|---|\n");
        rows.forEach(row -> page.append(row).append('\n'));
        page.append("\nBudgets that were missed are in bold.");
        List<String> missing = new ArrayList<>(GROUPS);
        files.forEach(file -> missing.remove(group(file)));
        if (!missing.isEmpty()) {
            page.append(" Not measured this time: ")
                    .append(String.join(", ", missing))
                    .append('.');
        }
        Files.writeString(PAGE, page.append('\n'));
    }

    private static List<Path> files() throws IOException {
        if (!Files.isDirectory(BenchRows.FOLDER)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(BenchRows.FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".md"))
                    .sorted(Comparator.comparingInt(BenchmarksPageTest::place).thenComparing(Path::getFileName))
                    .toList();
        }
    }

    private static String group(Path file) {
        return file.getFileName().toString().split("[-.]")[0];
    }

    private static int place(Path file) {
        int place = GROUPS.indexOf(group(file));
        return place < 0 ? GROUPS.size() : place;
    }

    private static boolean row(String line) {
        return line.matches("\\|[^|]*\\|[^|]*\\|[^|]*\\|[^|]*\\|");
    }

    private static String machine() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String model = System.getProperty("os.arch");
        if (Files.exists(processors)) {
            model = Files.readAllLines(processors).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(model);
        }
        return Runtime.getRuntime().availableProcessors() + " cores of " + model + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version") + ".";
    }
}
