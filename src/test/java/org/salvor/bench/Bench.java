package org.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What all benchmarks need: times, medians, words. */
final class Bench {
    private Bench() {}

    static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    static <T> double median(List<T> values, ToDoubleFunction<T> of) {
        return median(values.stream().map(of::applyAsDouble).toList());
    }

    static double best(List<Double> values) {
        return values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
    }

    static double least(List<Double> values) {
        return values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
    }

    static String million(double value) {
        return text("%.2f million", value / 1e6);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** How many threads wanted a processor in the last minute, on average; other people's included. */
    static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ")[0] : "unknown";
    }
}
