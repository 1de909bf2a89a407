package org.salvor.restore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.salvor.recovery.TargetCapabilities;

/**
 * Names that a target can hold. Always the same answer for the same name, so that a second run, and a resumed one, find their
 * files again. Two names that differ only in case or in the form of their accents count as equal, whatever the target thinks.
 */
final class TargetNames {
    static final String PARTIAL = ".partial";

    /** A file that stays encrypted is kept as an export. */
    static final String EXPORT = ".efsraw";

    static final String SIDECAR = ".sidecar";
    static final String TEMPORARY = ".salvor-part";
    static final String JOURNAL = ".salvor-journal";

    /** What a restore itself puts into the target folder; no restored file is given such a name. */
    private static final Pattern OWN =
            Pattern.compile("(?i)(\\.salvor-journal.*|salvor-report(-\\d+)?\\.json|salvor-sidecar(-\\d+)?)");

    /** Names that stand for devices on Windows, with any ending (see "Naming Files, Paths, and Namespaces" in its documentation). */
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|COM[0-9\u00b9\u00b2\u00b3]|LPT[0-9\u00b9\u00b2\u00b3])( *\\..*| *)");

    private static final Pattern SIDECARS = Pattern.compile("salvor-sidecar(-\\d+)?");

    private static final int INDEX_DIGITS = 8;

    private static final String WINDOWS_FORBIDDEN = "\\:*?\"<>|";
    private static final int LONGEST_ENDING = 16;

    private final TargetCapabilities target;

    TargetNames(TargetCapabilities target) {
        this.target = target;
    }

    /** Whether the sidecar of a whole restore can have that name. */
    static boolean isSidecar(String name) {
        return SIDECARS.matcher(name).matches();
    }

    /** The name of the file of that index in a job while it is written. */
    static String temporary(int index, String job) {
        String digits = Integer.toString(index);
        return "0".repeat(Math.max(0, INDEX_DIGITS - digits.length())) + digits + "-" + job + TEMPORARY;
    }

    /** A name of the restore's own that nothing in the folder has: {@code name}, or the first "name-2"... */
    static String free(Path folder, String name) {
        int dot = name.lastIndexOf('.');
        int at = dot > 0 ? dot : name.length();
        String free = name;
        for (int count = 2; Files.exists(folder.resolve(free), LinkOption.NOFOLLOW_LINKS); count++) {
            free = name.substring(0, at) + "-" + count + name.substring(at);
        }
        return free;
    }

    /** One part of a path as the target can hold it; the same text if it can hold it as it is. */
    String legal(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                out.append(c).append(name.charAt(++i));
            } else {
                out.append(forbidden(c) ? '_' : c);
            }
        }
        if (target.windowsNames()) {
            for (int end = out.length() - 1; end >= 0 && (out.charAt(end) == '.' || out.charAt(end) == ' '); end--) {
                out.setCharAt(end, '_');
            }
            if (RESERVED.matcher(out).matches()) {
                int dot = out.indexOf(".");
                out.insert(dot < 0 ? out.length() : dot, '_');
            }
        }
        String legal = out.toString();
        if (legal.isEmpty() || legal.equals(".") || legal.equals("..")) {
            legal = "_" + legal.replace('.', '_');
        }
        if (legal.endsWith(TEMPORARY) || OWN.matcher(legal).matches()) {
            legal = legal + "_";
        }
        return fitting(representable(legal), name);
    }

    private boolean forbidden(char c) {
        return c == '/'
                || c < 0x20
                || c == 0x7f
                || Character.isSurrogate(c)
                || target.windowsNames() && WINDOWS_FORBIDDEN.indexOf(c) >= 0;
    }

    /** In a locale without UTF-8 the virtual machine has no way to write other letters than those of ASCII. */
    private static String representable(String name) {
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            return name.replaceAll("[^\\x20-\\x7e]", "_");
        }
    }

    /** Shortened where too long: the beginning, a mark made of the whole name, the ending. */
    private String fitting(String name, String original) {
        if (length(name) <= target.longestName()) {
            return name;
        }
        String ending = ending(name);
        return kept(name, name.length() - ending.length(), mark(original) + ending);
    }

    /** As much of the beginning as fits before an end, at most {@code most} units of it. */
    private String kept(String name, int most, String end) {
        // no letter takes less than one unit: where a name is very long, its end need not be tried letter by letter
        int keep = Math.min(most, target.longestName());
        if (keep > 0 && keep < name.length() && Character.isSurrogatePair(name.charAt(keep - 1), name.charAt(keep))) {
            keep--;
        }
        while (keep > 0 && length(name.substring(0, keep) + end) > target.longestName()) {
            keep = name.offsetByCodePoints(keep, -1);
        }
        return name.substring(0, keep) + end;
    }

    private int length(String name) {
        return target.windowsNames() ? name.length() : name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The name with an addition before its ending: "report (2).txt". */
    String with(String name, String addition) {
        int dot = name.lastIndexOf('.');
        int at = dot > 0 ? dot : name.length();
        return fitting(name.substring(0, at) + addition + name.substring(at), name + addition);
    }

    /** The name with an ending put behind it; where that is too long it keeps its own ending, too: the other one comes off again. */
    String ending(String name, String ending) {
        String whole = name + ending;
        if (length(whole) <= target.longestName()) {
            return whole;
        }
        String own = ending(name);
        return kept(name, name.length() - own.length(), mark(name) + own + ending);
    }

    /** The name's own ending with its dot; empty if it has none, or one so long that it says nothing. */
    private String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && length(name.substring(dot)) <= LONGEST_ENDING ? name.substring(dot) : "";
    }

    /** Tells a shortened name from others that begin as it does. */
    private static String mark(String name) {
        return "~"
                + Hashes.hex(Hashes.sha256(name.getBytes(StandardCharsets.UTF_16LE)))
                        .substring(0, 8);
    }

    /**
     * The name for a file whose content is encrypted where that was not planned, or the other way round.
     *
     * @param planned with the ending that was planned
     * @param locked whether it was planned as an export
     */
    String landing(String planned, boolean locked, boolean encrypted, boolean partial) {
        boolean known = planned.endsWith(PARTIAL);
        String base = known ? planned.substring(0, planned.length() - PARTIAL.length()) : planned;
        if (locked && base.endsWith(EXPORT)) {
            base = base.substring(0, base.length() - EXPORT.length());
        }
        return ending(base, endings(encrypted, partial || known));
    }

    /** What is put behind the name of a file. */
    static String endings(boolean encrypted, boolean partial) {
        return (encrypted ? EXPORT : "") + (partial ? PARTIAL : "");
    }

    /** What is equal for names that must not stand side by side. */
    static String key(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The names taken in one folder. */
    static final class Taken {
        private final Set<String> keys = new HashSet<>();

        boolean has(String name) {
            return keys.contains(key(name));
        }

        void add(String name) {
            keys.add(key(name));
        }
    }

    /** The name, or the first of "name (2)", "name (3)"... that is free with the sidecar it may need. */
    String free(String name, String ending, Taken... taken) {
        String free = ending(name, ending);
        for (int count = 2; taken(free, taken); count++) {
            free = ending(with(name, " (" + count + ")"), ending);
        }
        return free;
    }

    private boolean taken(String name, Taken... taken) {
        for (Taken names : taken) {
            if (names.has(name) || names.has(ending(name, SIDECAR))) {
                return true;
            }
        }
        return false;
    }
}
