package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.bench.BenchRows;

/**
 * How long the page keeps the UI thread at one piece of work, in a program just started: prints what {@link ChooseBench} found,
 * and leaves rows for docs/benchmarks.md. The budgets are in docs/architecture.md.
 */
@Tag("bench")
@DisplayName("The UI thread of the page Choose")
class ChooseBenchTest {
    /** One thing done, once. */
    private record Action(String what, boolean first, double held, double work, double search) {
        static Action of(String line) {
            String[] parts = line.split("\\|");
            return new Action(
                    parts[0] + " (" + parts[1] + ")",
                    parts[1].equals("first"),
                    Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[3]),
                    Double.parseDouble(parts[4]));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%-45s held %7.1f ms, work %7.1f ms, search %7.1f ms", what, held, work, search);
        }
    }

    private static Packed packed = new Packed("", Path.of(""));

    @BeforeAll
    static void rehearse() throws Exception {
        packed = Packed.in(Path.of("target", "bench-choose"));
        run("rehearsal", packed.rehearsing());
    }

    @Test
    @DisplayName("A million rows")
    void million() throws Exception {
        List<Action> all = run("rows");
        assertThat(all).hasSize(24);
        leave("rows", "UI thread, one piece of work, 1,000,000 rows", 50, all);
    }

    @Test
    @DisplayName("A hundred thousand files in one folder")
    void manyFiles() throws Exception {
        List<Action> all = run("files");
        assertThat(all).hasSize(10);
        leave("files", "UI thread, one piece of work, 100,000 files in a folder", 50, all);
    }

    @Test
    @DisplayName("A hundred thousand sub-folders")
    void manyFolders() throws Exception {
        List<Action> all = run("folders");
        assertThat(all).hasSize(4);
        leave("folders", "UI thread, folder of 100,000 subfolders opened", 250, all);
    }

    private static List<Action> run(String part) throws IOException, InterruptedException {
        return run(part, packed.options());
    }

    private static List<Action> run(String part, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx2g", "-XX:MaxGCPauseMillis=25")); // as the program is started
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        for (String display : List.of(
                "glass.platform",
                "monocle.platform",
                "prism.order",
                "prism.text",
                "testfx.robot",
                "java.awt.headless")) {
            command.add("-D" + display + "=" + System.getProperty(display, ""));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", packed.classPath(), ChooseBench.class.getName(), part));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Action> all = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.contains("|")) { // and not what the Java machine says of its cache
                    all.add(Action.of(line));
                    System.out.println(all.getLast());
                }
            }
        }
        assertThat(process.waitFor()).isZero();
        return all;
    }

    private static void leave(String name, String what, int budget, List<Action> all) throws IOException {
        Action slowest = most(all, Action::held);
        Action hardest = most(all, Action::work);
        String how = String.format(
                Locale.ROOT,
                "the longest of %d pieces in a program just started%s: %s; of processor time at most %.0f ms: %s; from the second time on at most %.0f ms",
                all.size(),
                packed.options().isEmpty() ? "" : " and rehearsed as when it is packed",
                slowest.what(),
                hardest.work(),
                hardest.what(),
                most(all.stream().filter(action -> !action.first()).toList(), Action::held)
                        .held());
        new BenchRows("choose-" + name)
                .row(
                        what,
                        "≤ " + budget + " ms",
                        slowest.held() <= budget,
                        String.format(Locale.ROOT, "%.0f ms", slowest.held()),
                        how);
    }

    private static Action most(List<Action> all, ToDoubleFunction<Action> value) {
        return all.stream().max(Comparator.comparingDouble(value)).orElseThrow();
    }
}
