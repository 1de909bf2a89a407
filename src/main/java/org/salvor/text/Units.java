package org.salvor.text;

import java.text.NumberFormat;
import java.util.Locale;

/** Numbers with their units, as a person reads them. Sizes count in 1024; three figures are enough for every one of them. */
public final class Units {
    private static final String[] SIZES = {"KB", "MB", "GB", "TB", "PB", "EB"};

    private Units() {}

    /** "0 bytes", "1 byte", "1.5 KB", "23 MB", "1,000 KB". Negative sizes are not known and give an empty text. */
    public static String bytes(long bytes) {
        if (bytes < 0) {
            return "";
        }
        if (bytes < 1024) {
            return bytes == 1 ? Messages.get("units.byte") : Messages.get("units.bytes", bytes);
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1023.5 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(Locale.getDefault());
        format.setMaximumFractionDigits(value < 9.95 ? 1 : 0);
        return format.format(value) + "\u00a0" + SIZES[unit];
    }

    /** "12,345". */
    public static String count(long count) {
        return NumberFormat.getIntegerInstance(Locale.getDefault()).format(count);
    }

    /** "1 file", "12,345 files". */
    public static String files(long count) {
        return count == 1 ? Messages.get("units.file") : Messages.get("units.files", count(count));
    }

    /** "1 folder", "12,345 folders". */
    public static String folders(long count) {
        return count == 1 ? Messages.get("units.folder") : Messages.get("units.folders", count(count));
    }

    /** "12 files and 1 folder". */
    public static String both(long files, long folders) {
        return Messages.get("units.and", files(files), folders(folders));
    }

    /** "less than a second", "8 s", "3 min", "1 h 20 min". */
    public static String duration(double seconds) {
        if (seconds < 1) {
            return Messages.get("units.instant");
        }
        if (seconds < 99.5) {
            return Messages.get("units.seconds", Math.round(seconds));
        }
        long minutes = Math.round(seconds / 60);
        if (minutes < 60) {
            return Messages.get("units.minutes", minutes);
        }
        return minutes % 60 == 0
                ? Messages.get("units.hours", minutes / 60)
                : Messages.get("units.hoursMinutes", minutes / 60, minutes % 60);
    }
}
