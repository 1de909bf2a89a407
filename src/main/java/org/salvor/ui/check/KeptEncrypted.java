package org.salvor.ui.check;

import java.util.List;
import java.util.Optional;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.RatingClass;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestorePlan;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/**
 * Files of a plan that are copied as they are encrypted.
 *
 * @param needed whose certificates would open them, each once, those that are missed first
 */
record KeptEncrypted(int files, List<String> needed) {
    private static final int SHOWN = 2;

    /** Goes through all files: not on the UI thread. */
    static KeptEncrypted of(RestorePlan plan, Catalog catalog) {
        List<PlannedFile> kept = plan.files().stream()
                .filter(file -> !file.folder() && file.rating() == RatingClass.LOCKED)
                .filter(file -> switch (file.action()) {
                    case WRITE, LINK, REPLACE -> true;
                    case SAME, SKIP, IMPOSSIBLE -> false;
                })
                .toList();
        List<String> needed = kept.stream()
                .flatMap(file -> Optional.ofNullable(catalog.encryption(file.row())).stream())
                .filter(encryption -> encryption.kind() == Encryption.Kind.CERTIFICATE)
                .map(Encryption::shortText)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return new KeptEncrypted(kept.size(), needed);
    }

    String headline() {
        return Messages.get("check.encrypted", files, Units.count(files));
    }

    String explanation() {
        String kept = Messages.get("check.encrypted.text", files);
        if (needed.isEmpty()) {
            return kept;
        }
        String whose = String.join("; ", needed.subList(0, Math.min(SHOWN, needed.size())));
        return kept
                + " "
                + Messages.get(
                        "check.encrypted.needed",
                        needed.size() > SHOWN ? Messages.get("check.encrypted.more", whose) : whose);
    }
}
