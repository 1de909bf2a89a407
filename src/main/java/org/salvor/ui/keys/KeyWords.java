package org.salvor.ui.keys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.NeededCertificate;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** What the encrypted files need, in words. */
final class KeyWords {
    private KeyWords() {}

    /** "18 files are encrypted", "2 files are still encrypted". */
    static String headline(int locked, boolean some) {
        return Messages.get(some ? "keys.locked.still" : "keys.locked", locked, Units.count(locked));
    }

    /** A certificate, and how many of the locked files it opens. */
    record Opener(NeededCertificate certificate, int files) {
        /** One of them may know the certificate's name. */
        private Opener with(Opener other) {
            return new Opener(certificate.name().isEmpty() ? other.certificate : certificate, files + other.files);
        }
    }

    /** Every certificate that opens locked files, the one that opens most first. */
    static List<Opener> openers(List<KeyNeed> needs) {
        Map<String, Opener> openers = new LinkedHashMap<>();
        for (KeyNeed need : of(needs, Encryption.Kind.CERTIFICATE)) {
            need.encryption().certificates().stream()
                    .filter(each -> !each.known().isEmpty())
                    .forEach(each -> openers.merge(each.known(), new Opener(each, need.locked()), Opener::with));
        }
        return openers.values().stream()
                .sorted(Comparator.comparingInt(Opener::files).reversed())
                .toList();
    }

    /** In a line or two: whose certificates open most of them, and how many none opens here. */
    static String brief(List<KeyNeed> needs) {
        List<String> sentences = new ArrayList<>();
        if (!of(needs, Encryption.Kind.CERTIFICATE).isEmpty()) {
            sentences.add(opening(openers(needs)));
        }
        int windows = locked(needs, Encryption.Kind.WINDOWS_ONLY);
        if (windows > 0) {
            sentences.add(Messages.get("keys.windows.brief", Units.files(windows)));
        }
        int lost = locked(needs, Encryption.Kind.KEY_LOST);
        if (lost > 0) {
            sentences.add(Messages.get("keys.lost", Units.files(lost)));
        }
        return String.join(" ", sentences);
    }

    private static String opening(List<Opener> openers) {
        if (openers.isEmpty()) {
            return Messages.get("keys.need.unknown");
        }
        Opener first = openers.getFirst();
        if (openers.size() == 1) {
            return Messages.get("keys.need", first.certificate().shortText());
        }
        Opener second = openers.get(1);
        return Messages.get(
                openers.size() == 2 ? "keys.need.two" : "keys.need.more",
                first.certificate().shortText(),
                Units.count(first.files()),
                second.certificate().shortText(),
                Units.count(second.files()));
    }

    /** What no certificate opens here, and what becomes of it; one sentence for each kind. */
    static List<String> closed(List<KeyNeed> needs) {
        List<String> sentences = new ArrayList<>();
        for (KeyNeed need : of(needs, Encryption.Kind.WINDOWS_ONLY)) {
            String whose = need.encryption().shortText();
            sentences.add(Messages.get(
                    "keys.windows",
                    Units.files(need.locked()),
                    whose.isEmpty() ? Messages.get("certificate.unknown") : whose));
        }
        int lost = locked(needs, Encryption.Kind.KEY_LOST);
        if (lost > 0) {
            sentences.add(Messages.get("keys.lost", Units.files(lost)));
        }
        return sentences;
    }

    static int locked(List<KeyNeed> needs, Encryption.Kind kind) {
        return of(needs, kind).stream().mapToInt(KeyNeed::locked).sum();
    }

    /** Those that have locked files of one kind. */
    static List<KeyNeed> of(List<KeyNeed> needs, Encryption.Kind kind) {
        return needs.stream()
                .filter(need -> need.locked() > 0 && need.encryption().kind() == kind)
                .toList();
    }

    /** "ann (1864…E250)", with "and" between several. */
    static String held(List<Keyring.Held> held) {
        return held.stream()
                .map(each -> new NeededCertificate(each.thumbprint(), each.name(), false).shortText())
                .collect(Collectors.joining(Messages.get("keys.and")));
    }
}
