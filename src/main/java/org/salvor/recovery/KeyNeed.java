package org.salvor.recovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of a catalog that are encrypted in the same way, and so need the same certificates.
 *
 * @param locked how many of them no key is there for
 * @param open how many a key opens
 */
public record KeyNeed(Encryption encryption, int locked, int open) {
    /** All needs of a catalog, those with the most locked files first. Looks at every row, so not on a UI thread. */
    public static List<KeyNeed> of(Catalog catalog) {
        if (!catalog.anyEncrypted()) {
            return List.of();
        }
        Map<Encryption, int[]> counts = new LinkedHashMap<>();
        int rows = catalog.size();
        for (int row = 0; row < rows; row++) {
            Encryption encryption =
                    catalog.folder(row) || catalog.linkOf(row) != Catalog.NONE ? null : catalog.encryption(row);
            if (encryption != null) {
                counts.computeIfAbsent(encryption, unknown -> new int[2])[
                        catalog.ratingClass(row) == RatingClass.LOCKED ? 0 : 1]++;
            }
        }
        List<KeyNeed> needs = new ArrayList<>();
        counts.forEach((encryption, count) -> needs.add(new KeyNeed(encryption, count[0], count[1])));
        needs.sort(Comparator.comparingInt(KeyNeed::locked).reversed());
        return needs;
    }

    public int files() {
        return locked + open;
    }
}
