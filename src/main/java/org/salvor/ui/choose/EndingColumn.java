package org.salvor.ui.choose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.salvor.recovery.Catalog;

/** The ending of each row's name as a small number, so that types are counted and filtered without reading names again. */
final class EndingColumn {
    /** A damaged volume may hold a million different endings; those past this many count as none. */
    private static final int MOST = 20_000;

    private final List<String> endings = new ArrayList<>(List.of(""));
    private final Map<String, Integer> numbers = new HashMap<>(Map.of("", 0));
    private int[] column = {};
    private int size;

    /** Takes in rows that came since the last call. */
    void extend(Catalog catalog, int rowCount) {
        if (rowCount > column.length) {
            column = Arrays.copyOf(column, Math.max(rowCount, column.length + column.length / 2));
        }
        for (; size < rowCount; size++) {
            column[size] = catalog.folder(size) ? 0 : number(FileGroup.ending(catalog.name(size)));
        }
    }

    private int number(String ending) {
        Integer known = numbers.get(ending);
        if (known != null) {
            return known;
        }
        if (endings.size() >= MOST) {
            return 0;
        }
        endings.add(ending);
        numbers.put(ending, endings.size() - 1);
        return endings.size() - 1;
    }

    int of(int row) {
        return column[row];
    }

    /** How many different endings there are; their numbers are below it. */
    int count() {
        return endings.size();
    }

    String text(int number) {
        return endings.get(number);
    }
}
