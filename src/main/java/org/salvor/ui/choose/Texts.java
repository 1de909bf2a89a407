package org.salvor.ui.choose;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.salvor.recovery.Catalog;
import org.salvor.text.Messages;

/** Values of a row as a person reads them. */
final class Texts {
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long TICKS_PER_SECOND = 10_000_000;

    /** FILE_ATTRIBUTE_* and the letters technicians know them by. */
    private static final int[] BITS = {0x1, 0x2, 0x4, 0x20, 0x200, 0x400, 0x800, 0x1000, 0x4000};

    private static final String LETTERS = "RHSAPLCOE";

    private Texts() {}

    /** In the time zone of this computer; empty if not known. */
    static String time(long time) {
        return format(time, MINUTES);
    }

    /** The day alone, or with the time. */
    static String time(long time, boolean dayOnly) {
        return format(time, dayOnly ? DAYS : MINUTES);
    }

    static String exactTime(long time) {
        return format(time, SECONDS);
    }

    private static String format(long time, DateTimeFormatter format) {
        if (time == Catalog.NO_TIME) {
            return "";
        }
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(time, TICKS_PER_SECOND));
        return format.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** The folder a row lies in, with "/" for the top level. */
    static String folder(Catalog catalog, int row) {
        int parent = catalog.parent(row);
        return parent == Catalog.NONE ? "/" : catalog.path(parent);
    }

    /** One letter for each attribute: R read-only, H hidden, S system, A archive, P sparse, L link, C compressed, O offline, E encrypted. */
    static String attributes(int attributes) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < BITS.length; i++) {
            if ((attributes & BITS[i]) != 0) {
                letters.append(letters.isEmpty() ? "" : " ").append(LETTERS.charAt(i));
            }
        }
        return letters.toString();
    }

    /** The attributes in words. */
    static List<String> attributeWords(int attributes) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < BITS.length; i++) {
            if ((attributes & BITS[i]) != 0) {
                words.add(Messages.get("choose.attribute." + LETTERS.charAt(i)));
            }
        }
        return words;
    }
}
