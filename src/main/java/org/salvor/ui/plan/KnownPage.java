package org.salvor.ui.plan;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;

/** Code pages that computers wrote names in before Unicode, for a person to choose from. */
enum KnownPage {
    WESTERN("windows-1252"),
    CENTRAL("windows-1250"),
    CYRILLIC("windows-1251"),
    GREEK("windows-1253"),
    TURKISH("windows-1254"),
    HEBREW("windows-1255"),
    ARABIC("windows-1256"),
    BALTIC("windows-1257"),
    VIETNAMESE("windows-1258"),
    THAI("x-windows-874"),
    JAPANESE("windows-31j"),
    CHINESE_SIMPLIFIED("GBK"),
    CHINESE_TRADITIONAL("x-windows-950"),
    KOREAN("x-windows-949"),
    DOS_AMERICAN("IBM437"),
    DOS_WESTERN("IBM850"),
    DOS_CENTRAL("IBM852"),
    DOS_CYRILLIC("IBM866");

    private final String name;

    KnownPage(String name) {
        this.name = name;
    }

    /** Those that this Java has; the one in use is among them, whatever it is. */
    static List<Charset> all(Charset inUse) {
        List<Charset> pages = new ArrayList<>();
        for (KnownPage page : values()) {
            if (Charset.isSupported(page.name)) {
                pages.add(Charset.forName(page.name));
            }
        }
        if (!pages.contains(inUse)) {
            pages.addFirst(inUse);
        }
        return pages;
    }

    /** "Cyrillic (windows-1251)". */
    static String label(Charset page) {
        String technical = ByteNames.name(page);
        return Arrays.stream(values())
                .filter(known -> known.name.equalsIgnoreCase(page.name()))
                .findFirst()
                .map(known -> Messages.get("plan.names.of", Messages.get("plan.names.page." + known.name()), technical))
                .orElse(technical);
    }
}
