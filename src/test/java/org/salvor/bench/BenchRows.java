package org.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows that one group of benchmarks leaves for docs/benchmarks.md, as lines of its table in {@code target/bench-rows}; {@link
 * BenchmarksPageTest} gathers them. What was measured before under the same name is forgotten.
 */
public final class BenchRows {
    static final Path FOLDER = Path.of("target", "bench-rows");

    private final Path file;
    private final StringBuilder rows = new StringBuilder();

    /** @param name of letters, digits and hyphens; its first word is the group, which decides the place on the page */
    public BenchRows(String name) {
        file = FOLDER.resolve(name + ".md");
    }

    /** Something without a budget. */
    public BenchRows row(String what, String measured, String how) throws IOException {
        return add(what, "", measured, how);
    }

    /** @param held whether what was measured keeps the budget; the page shows in bold what does not */
    public BenchRows row(String what, String budget, boolean held, String measured, String how) throws IOException {
        return add(what, budget, held ? measured : "**" + measured + "**", how);
    }

    private BenchRows add(String what, String budget, String measured, String how) throws IOException {
        String told = how + (how.isEmpty() ? "" : "; ") + "system load " + Bench.load();
        String row = "| " + what + " | " + budget + " | " + measured + " | " + told + " |\n";
        System.out.print(row);
        rows.append(row);
        Files.createDirectories(FOLDER);
        Files.writeString(file, rows);
        return this;
    }
}
