package org.salvor.recovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Files of a catalog that are encrypted in the same way, and so need the same certificates.
 *
 * @param locked how many of them no key is there for
 * @param open how many a key opens
 */
public record KeyNeed(Encryption encryption, int locked, int open) {
    /** All needs of a catalog, those with the most locked files first. Looks at every row, so not on a UI thread. */
    public static List<KeyNeed> of(Catalog catalog) {
        return of(catalog, row -> true);
    }

    /** Those of some rows. */
    public static List<KeyNeed> of(Catalog catalog, IntPredicate which) {
        if (!catalog.anyEncrypted()) {
            return List.of();
        }
        Map<Encryption, int[]> counts = new LinkedHashMap<>();
        int rows = catalog.size();
        for (int row = 0; row < rows; row++) {
            boolean none = !which.test(row) || catalog.folder(row) || catalog.linkOf(row) != Catalog.NONE;
            Encryption encryption = none ? null : catalog.encryption(row);
            if (encryption != null && catalog.keyDamaged(row)) {
                encryption = Encryption.LOST; // the fitting certificate is there, and of no use
            }
            if (encryption != null) {
                int open = catalog.ratingClass(row) == RatingClass.LOCKED ? 0 : 1;
                counts.computeIfAbsent(encryption, unknown -> new int[2])[open]++;
            }
        }
        Map<List<Object>, KeyNeed> same = new LinkedHashMap<>();
        counts.forEach((encryption, count) ->
                same.merge(opened(encryption), new KeyNeed(encryption, count[0], count[1]), KeyNeed::with));
        List<KeyNeed> needs = new ArrayList<>(same.values());
        needs.sort(Comparator.comparingInt(KeyNeed::locked).reversed());
        return needs;
    }

    /** What tells needs apart: not every file that tells a certificate's thumbprint tells its name, too. */
    private static List<Object> opened(Encryption encryption) {
        List<Object> opened = new ArrayList<>(List.of(encryption.kind()));
        encryption.certificates().stream()
                .map(NeededCertificate::known)
                .sorted()
                .forEach(opened::add);
        return opened;
    }

    private KeyNeed with(KeyNeed other) {
        boolean names = other.encryption.text().length() > encryption.text().length();
        return new KeyNeed(names ? other.encryption : encryption, locked + other.locked, open + other.open);
    }

    public int files() {
        return locked + open;
    }
}
