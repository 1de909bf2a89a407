package org.salvor.recovery;

import java.util.ArrayList;
import java.util.List;
import org.salvor.text.Messages;

/** The reasons of a rating, in words. */
public final class Reasons {
    private Reasons() {}

    /** One sentence for each reason of the row's rating, in the order of {@link ReasonKind}. */
    public static List<String> sentences(Catalog catalog, int row) {
        return sentences(catalog, row, catalog.rating(row));
    }

    /** The same for a later rating of the row that the catalog does not hold. */
    public static List<String> sentences(Catalog catalog, int row, Rating rating) {
        List<String> all = new ArrayList<>();
        String other = rating.otherRow() >= 0 ? catalog.path(rating.otherRow()) : catalog.otherPath(row);
        boolean locked = rating.ratingClass() == RatingClass.LOCKED;
        int percent = locked ? catalog.evidence(row).intactPercent() : rating.intactPercent();
        for (ReasonKind kind : rating.reasons()) {
            String name = other.isEmpty() ? Messages.get("reason.other-unknown") : other;
            if (kind == ReasonKind.CLUSTERS_REUSED && percent == 0) {
                all.add(Messages.get("reason.none-left"));
            } else if (kind != ReasonKind.REUSED_BY_FILE || !other.isEmpty()) {
                all.add(Messages.get("reason." + kind, percent, name));
            }
        }
        Encryption encryption = locked ? catalog.encryption(row) : null;
        if (encryption != null) {
            all.addAll(certificates(encryption));
        }
        return all;
    }

    /** Whose certificate opens a file; nothing where none is known. */
    public static List<String> certificates(Encryption encryption) {
        return encryption.certificates().isEmpty()
                ? List.of()
                : List.of(Messages.get("reason.certificates", encryption.text()));
    }
}
