package org.salvor.backup.mtf;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which code page names of single bytes are in (docs/formats/mtf.md, section 1): what a person chose, else what Windows uses where the
 * computer's language is spoken, unless the names make no sense in it and clearly do in another.
 */
final class CodePages {
    static final Charset WESTERN = Charset.forName("windows-1252");
    static final Charset CYRILLIC = Charset.forName("windows-1251");

    /** So senseless must names be before another page is thought of: one odd name is no evidence. */
    private static final int CLEARLY = 3;

    private CodePages() {}

    /** What Windows uses for programs without Unicode in a language, as ISO 639 names it. */
    static Charset of(Locale locale) {
        String page = switch (locale.getLanguage()) {
            case "ru", "uk", "be", "bg", "mk", "sr", "kk", "mn" -> "windows-1251";
            case "pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq" -> "windows-1250";
            case "el" -> "windows-1253";
            case "tr", "az" -> "windows-1254";
            case "he", "iw", "yi" -> "windows-1255";
            case "ar", "fa", "ur" -> "windows-1256";
            case "et", "lv", "lt" -> "windows-1257";
            case "vi" -> "windows-1258";
            case "th" -> "x-windows-874";
            case "ja" -> "windows-31j";
            case "ko" -> "x-windows-949";
            case "zh" -> locale.getCountry().matches("TW|HK|MO") ? "x-windows-950" : "GBK";
            default -> "windows-1252";
        };
        return Charset.isSupported(page) ? Charset.forName(page) : WESTERN;
    }

    /**
     * The page in which these names make the most sense.
     *
     * @param usual what is taken unless another is clearly better
     */
    static Charset likeliest(List<byte[]> names, Charset usual) {
        Charset best = usual;
        int least = oddness(names, usual);
        if (least >= CLEARLY) {
            for (Charset other : List.of(WESTERN, CYRILLIC)) {
                int odd = oddness(names, other);
                if (odd * 2 < least && !other.equals(usual)) {
                    best = other;
                    least = odd;
                }
            }
        }
        return best;
    }

    private static int oddness(List<byte[]> names, Charset page) {
        int odd = 0;
        for (byte[] name : names) {
            odd += oddness(new String(name, page));
        }
        return odd;
    }

    /** Counts what no language writes: scripts mixed in a word, signs inside of words, many marked letters in a row. */
    private static int oddness(String name) {
        int odd = 0;
        int marked = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            Character.@Nullable UnicodeScript before = script(name, i - 1);
            Character.@Nullable UnicodeScript here = script(name, i);
            if (here != null && before != null && here != before) {
                odd += 2;
            }
            if (here == null && c >= 0x80 && (Character.isISOControl(c) || c == 0xfffd)) {
                odd += 3;
            } else if (here == null && c >= 0x80 && before != null && script(name, i + 1) != null) {
                odd++;
            }
            marked = here == Character.UnicodeScript.LATIN && c >= 0x80 ? marked + 1 : 0;
            odd += marked > 2 ? 1 : 0;
        }
        return odd;
    }

    /** Of a letter; null of anything else, and outside the name. */
    private static Character.@Nullable UnicodeScript script(String name, int at) {
        boolean letter = at >= 0 && at < name.length() && Character.isLetter(name.charAt(at));
        return letter ? Character.UnicodeScript.of(name.charAt(at)) : null;
    }
}
