package org.salvor.ui.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Units;

/** A dry run, sorted into what a person asks: what is copied, what is renamed, what is not, and why. */
record PlanSummary(RestorePlan plan, Map<Group, List<PlannedFile>> groups, Map<Group, Map<String, Count>> reasons) {
    /** The lists of the page. */
    enum Group {
        COPIED,
        RENAMED,
        IMPOSSIBLE,
        LEFT_OUT
    }

    /** How many files and folders. */
    record Count(long files, long folders) {
        Count with(Count other) {
            return new Count(files + other.files, folders + other.folders);
        }

        private static Count of(PlannedFile file) {
            return file.folder() ? new Count(0, 1) : new Count(1, 0);
        }

        /** "3 files", "1 folder", "3 files and 1 folder". */
        String words() {
            return folders == 0 ? Units.files(files) : files == 0 ? Units.folders(folders) : Units.both(files, folders);
        }
    }

    /** Goes through all files: not on the UI thread. */
    static PlanSummary of(RestorePlan plan) {
        Map<Group, List<PlannedFile>> groups = new LinkedHashMap<>();
        Map<Group, Map<String, Count>> reasons = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            groups.put(group, new ArrayList<>());
            reasons.put(group, new LinkedHashMap<>());
        }
        for (PlannedFile file : plan.files()) {
            Group group = group(file);
            put(groups, reasons, group, file);
            if (group == Group.COPIED && renamed(file)) {
                put(groups, reasons, Group.RENAMED, file);
            }
        }
        return new PlanSummary(plan, groups, reasons);
    }

    private static void put(
            Map<Group, List<PlannedFile>> groups,
            Map<Group, Map<String, Count>> reasons,
            Group group,
            PlannedFile file) {
        groups.computeIfAbsent(group, key -> new ArrayList<>()).add(file);
        String why = file.notes().isEmpty() ? "" : file.notes().getFirst();
        if (!why.isEmpty()) {
            reasons.computeIfAbsent(group, key -> new LinkedHashMap<>()).merge(why, Count.of(file), Count::with);
        }
    }

    private static Group group(PlannedFile file) {
        return switch (file.action()) {
            case WRITE, LINK, REPLACE -> Group.COPIED;
            case SAME, SKIP -> Group.LEFT_OUT;
            case IMPOSSIBLE -> Group.IMPOSSIBLE;
        };
    }

    /** Whether its last name is another than on the source, the ending of an incomplete file left out. */
    private static boolean renamed(PlannedFile file) {
        return !last(file.target()).equals(last(file.path()))
                && !last(file.target()).equals(last(file.path()) + ".partial");
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    List<PlannedFile> files(Group group) {
        return groups.getOrDefault(group, List.of());
    }

    /** Files of a group that are no folders; new names are counted of both. */
    long count(Group group) {
        return files(group).stream()
                .filter(file -> group == Group.RENAMED || !file.folder())
                .count();
    }

    /** Most frequent first, with how many files and folders each has. */
    List<Map.Entry<String, Count>> reasons(Group group) {
        return reasons.getOrDefault(group, Map.of()).entrySet().stream()
                .sorted(Map.Entry.<String, Count>comparingByValue(
                        Comparator.comparingLong(count -> -count.files() - count.folders())))
                .toList();
    }

    /** Those whose old or new path has the text; all where it is blank. */
    List<PlannedFile> search(Group group, String text) {
        String part = text.strip().toLowerCase(Locale.ROOT);
        return files(group).stream()
                .filter(file -> part.isEmpty()
                        || file.path().toLowerCase(Locale.ROOT).contains(part)
                        || file.target().toLowerCase(Locale.ROOT).contains(part))
                .toList();
    }
}
