package org.salvor.restore;

import java.util.Locale;

/** Sizes for a person. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.getDefault(), "%.1f %s", value, UNITS[unit]);
    }
}
