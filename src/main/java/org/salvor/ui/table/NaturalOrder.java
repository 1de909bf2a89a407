package org.salvor.ui.table;

import java.text.Normalizer;
import java.util.Comparator;

/**
 * Names in the order a person expects: "photo 9" before "photo 10", upper and lower case and accents together. The same order
 * exists as a key of 16 bytes, which settles most comparisons of a long list without looking at the names.
 */
public final class NaturalOrder implements Comparator<String> {
    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private static final int WIDE = 0xff;
    private static final int LONG_NUMBER = 9;
    private static final char[] BASE = new char[0x180];

    static {
        for (char c = 0; c < BASE.length; c++) {
            String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            BASE[c] = Character.toLowerCase(parts.charAt(0));
        }
    }

    private NaturalOrder() {}

    /** Fills {@code key}; unsigned comparison of two keys that differ is the order of their names. */
    public static void key(String name, byte[] key) {
        int at = 0;
        int i = 0;
        while (i < name.length() && at < key.length) {
            char c = name.charAt(i);
            if (digit(c)) {
                int end = endOfNumber(name, i);
                int first = firstDigit(name, i, end);
                int digits = end - first;
                at = put(key, at, '0' + Math.min(digits, LONG_NUMBER));
                if (digits >= LONG_NUMBER) {
                    at = put(key, at, Math.min(digits, WIDE));
                }
                for (int k = first; k < end; k++) {
                    at = put(key, at, name.charAt(k));
                }
                i = end;
            } else {
                char folded = fold(c);
                if (folded < WIDE) {
                    at = put(key, at, folded);
                } else {
                    at = put(key, at, WIDE);
                    at = put(key, at, folded >>> 8);
                    at = put(key, at, folded);
                }
                i++;
            }
        }
        while (at < key.length) {
            key[at++] = 0;
        }
    }

    private static int put(byte[] key, int at, int value) {
        if (at < key.length) {
            key[at] = (byte) value;
        }
        return at + 1;
    }

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char x = a.charAt(i);
            char y = b.charAt(j);
            if (digit(x) && digit(y)) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                int result = compareNumbers(a, firstDigit(a, i, endA), endA, b, firstDigit(b, j, endB), endB);
                if (result != 0) {
                    return result;
                }
                i = endA;
                j = endB;
            } else {
                char foldedX = fold(x);
                char foldedY = fold(y);
                if (foldedX != foldedY) {
                    return Character.compare(foldedX, foldedY);
                }
                i++;
                j++;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
        int length = Integer.compare(endA - i, endB - j);
        if (length != 0) {
            return length;
        }
        for (int k = 0; i + k < endA; k++) {
            int digit = Character.compare(a.charAt(i + k), b.charAt(j + k));
            if (digit != 0) {
                return digit;
            }
        }
        return 0;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && digit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Leading zeros do not count, but one digit always stays. */
    private static int firstDigit(String text, int from, int end) {
        int first = from;
        while (first < end - 1 && text.charAt(first) == '0') {
            first++;
        }
        return first;
    }

    private static char fold(char c) {
        return c < BASE.length ? BASE[c] : Character.toLowerCase(c);
    }
}
