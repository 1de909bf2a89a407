package org.salvor.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.GlobMatcher;
import org.salvor.recovery.ScanPlan;
import org.salvor.text.Messages;
import org.salvor.text.ShellWords;
import picocli.CommandLine.Option;

/** What to look for, and which of it is wanted. */
final class ChoiceArguments {
    /** Values of {@code --plan}. */
    enum Plan {
        quick,
        thorough
    }

    /** Values of {@code --what}. */
    enum What {
        deleted,
        existing,
        all
    }

    @Option(names = "--at", paramLabel = "NODE", descriptionKey = "cli.option.at")
    private @Nullable String at;

    @Option(names = "--plan", paramLabel = "quick|thorough", descriptionKey = "cli.option.plan")
    private Plan plan = Plan.quick;

    @Option(names = "--what", paramLabel = "deleted|existing|all", descriptionKey = "cli.option.what")
    private @Nullable What what;

    @Option(names = "--match", paramLabel = "GLOB", descriptionKey = "cli.option.match")
    private List<String> patterns = new ArrayList<>();

    @Nullable
    String at() {
        return at;
    }

    boolean thorough() {
        return plan == Plan.thorough;
    }

    ScanPlan scanPlan(OpenPlace place) {
        What wanted = what(place);
        return new ScanPlan(thorough(), wanted != What.existing, wanted != What.deleted);
    }

    /** Unless a person says so: what was deleted from a volume, and all that is in a backup. */
    private What what(OpenPlace place) {
        if (what != null) {
            return what;
        }
        return place.backup() ? What.all : What.deleted;
    }

    /** Whether a person narrowed by a pattern. */
    boolean narrowed() {
        return !patterns.isEmpty();
    }

    /** The source and this choice, as a shell takes them. */
    String words(String source) {
        List<String> words = new ArrayList<>(List.of(source));
        if (at != null) {
            words.addAll(List.of("--at", at));
        }
        if (plan != Plan.quick) {
            words.addAll(List.of("--plan", plan.name()));
        }
        if (what != null) {
            words.addAll(List.of("--what", what.name()));
        }
        patterns.forEach(pattern -> words.addAll(List.of("--match", pattern)));
        return ShellWords.line(words);
    }

    /** Says what of this choice a saved scan cannot give. */
    void compare(Terminal terminal, OpenPlace place, ScanPlan saved) {
        ScanPlan wanted = scanPlan(place);
        if (wanted.deleted() && !saved.deleted()) {
            terminal.note(Messages.get("cli.saved.plan", Messages.get("cli.saved.deleted")));
        }
        if (wanted.existing() && !saved.existing()) {
            terminal.note(Messages.get("cli.saved.plan", Messages.get("cli.saved.existing")));
        }
        if (wanted.thorough() && !saved.thorough()) {
            terminal.note(Messages.get("cli.saved.quick"));
        }
    }

    /** What of a catalog is wanted. */
    Filter filter(OpenPlace place) {
        return new Filter(
                scanPlan(place), patterns.stream().map(GlobMatcher::new).toList());
    }

    /** Decides row by row. */
    record Filter(ScanPlan plan, List<GlobMatcher> patterns) {
        boolean takes(Catalog catalog, int row) {
            return plan.asksFor(catalog, row) && matches(catalog, row);
        }

        boolean matches(Catalog catalog, int row) {
            if (patterns.isEmpty()) {
                return true;
            }
            String path = catalog.path(row);
            return patterns.stream().anyMatch(pattern -> pattern.matches(path));
        }
    }
}
