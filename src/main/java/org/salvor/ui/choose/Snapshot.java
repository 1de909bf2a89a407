package org.salvor.ui.choose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the folder tree and the list of types show: the catalog as it stood at one revision.
 *
 * @param types endings that occur, each group's most frequent first
 * @param files all choosable files
 */
record Snapshot(long revision, FolderTree tree, Map<FileGroup, List<TypeCount>> types, int files) {
    /** A group shows no more endings than this. */
    private static final int MOST_ENDINGS = 200;

    /** How many files have an ending. @param number in the {@link EndingColumn} */
    record TypeCount(String ending, int number, int files) {}

    static Map<FileGroup, List<TypeCount>> types(EndingColumn endings, int[] counts) {
        Map<FileGroup, List<TypeCount>> types = new EnumMap<>(FileGroup.class);
        for (int number = 0; number < counts.length; number++) {
            if (counts[number] > 0) {
                String ending = endings.text(number);
                types.computeIfAbsent(FileGroup.ofEnding(ending), group -> new ArrayList<>())
                        .add(new TypeCount(ending, number, counts[number]));
            }
        }
        types.replaceAll((group, all) -> all.stream()
                .sorted(Comparator.comparingInt(TypeCount::files).reversed().thenComparing(TypeCount::ending))
                .toList());
        return types;
    }

    int files(FileGroup group) {
        return types.getOrDefault(group, List.of()).stream()
                .mapToInt(TypeCount::files)
                .sum();
    }

    /** The endings of a group that are shown; a damaged volume may have very many. */
    List<TypeCount> shownEndings(FileGroup group) {
        List<TypeCount> all = types.getOrDefault(group, List.of());
        return all.subList(0, Math.min(MOST_ENDINGS, all.size()));
    }
}
