package org.salvor.ui.check;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.RestoreOptions;
import org.salvor.text.ByteNames;
import org.salvor.ui.shell.Engine;

/** The line that does the same on a command line (contract, section 4). */
final class CommandLine {
    /** Which files the line shall name. */
    sealed interface Chosen {
        /** All that the scan finds. */
        record All() implements Chosen {}

        record Ids(List<String> ids) implements Chosen {}

        record SelectionFile(Path file) implements Chosen {}
    }

    /**
     * How is read and written.
     *
     * @param codePage that a person chose for names of single bytes; null if none was
     */
    record Ways(Engine engine, @Nullable Charset codePage) {}

    private CommandLine() {}

    /** The words of the line, unquoted. */
    static List<String> words(
            Source source, SourceNode node, ScanPlan plan, RestoreOptions options, Ways ways, Chosen chosen) {
        List<String> words = new ArrayList<>(List.of("salvor", "restore", source.text()));
        if (!node.id().isEmpty()) {
            words.addAll(List.of("--at", node.id()));
        }
        if (ways.codePage() != null) {
            words.addAll(List.of("--code-page", ByteNames.name(ways.codePage())));
        }
        words.addAll(List.of("--to", options.target().toString()));
        words.addAll(List.of("--plan", plan.thorough() ? "thorough" : "quick"));
        words.addAll(List.of(
                "--what", plan.deleted() && plan.existing() ? "all" : plan.existing() ? "existing" : "deleted"));
        switch (chosen) {
            case Chosen.All all -> {}
            case Chosen.Ids(List<String> ids) -> {
                for (String id : ids) {
                    words.addAll(List.of("--id", id));
                }
            }
            case Chosen.SelectionFile(Path file) -> words.addAll(List.of("--selection", file.toString()));
        }
        words.addAll(List.of("--layout", word(options.layout())));
        words.addAll(List.of("--on-conflict", word(options.onConflict())));
        words.addAll(List.of("--partial", word(options.partial())));
        if (options.permissions()) {
            words.add("--permissions");
        }
        if (options.verify()) {
            words.add("--verify");
        }
        words.addAll(List.of("--engine", word(ways.engine())));
        words.add("--yes");
        return words;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
