package org.salvor.recovery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A text that is looked for in names, in any case. In names of Latin-1 bytes two of its characters, those rarest in names of
 * files, are compared at eight places at once; only where both fit, the whole text is.
 */
final class Needle {
    private static final VarHandle WIDE = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final int NARROW = 256;

    /** The bit by which upper and lower case differ, in ASCII as in the rest of Latin-1. */
    private static final int CASE = 0x20;

    /** Frequent in names of files, the most frequent first. */
    private static final String FREQUENT = " e0a1.2_ti3-n4o5r6s7l8d9cmpuhgfbk";

    /** Stands for any character. */
    private static final char ANY = Character.MAX_VALUE;

    private static final char[] LOWER = new char[NARROW];

    static {
        for (char c = 0; c < NARROW; c++) {
            LOWER[c] = lower(c);
        }
    }

    /** The lower case of every UTF-16 unit; made when the first name is searched that needs it. */
    private static final class AllLower {
        static final char[] OF = new char[Character.MAX_VALUE + 1];

        static {
            for (int c = 0; c < OF.length; c++) {
                OF[c] = lower((char) c);
            }
        }
    }

    private final char[] letters;
    private final boolean narrow;

    /** Places of the two characters in the text; -1 if it has none that is certain. */
    private final int one;

    private final int other;
    private final long oneCase;
    private final long otherCase;
    private final long oneWanted;
    private final long otherWanted;

    Needle(String text) {
        this(lower(text).toCharArray());
    }

    /** One in which "?" stands for any character. */
    static Needle ofPattern(String part) {
        return new Needle(lower(part).replace('?', ANY).toCharArray());
    }

    private Needle(char[] letters) {
        this.letters = letters;
        boolean latin = true;
        for (char c : letters) {
            latin &= c < NARROW || c == ANY;
        }
        narrow = latin;
        one = rarest(letters, -1);
        int second = rarest(letters, one);
        other = second < 0 ? one : second;
        oneCase = caseBits(letters, one);
        otherCase = caseBits(letters, other);
        oneWanted = wanted(letters, one) | oneCase;
        otherWanted = wanted(letters, other) | otherCase;
    }

    private static int rarest(char[] letters, int except) {
        int best = -1;
        for (int i = 0; i < letters.length; i++) {
            if (i != except && letters[i] != ANY && (best < 0 || rarity(letters[i]) > rarity(letters[best]))) {
                best = i;
            }
        }
        return best;
    }

    private static int rarity(char c) {
        int place = FREQUENT.indexOf(c);
        return place < 0 ? FREQUENT.length() : place;
    }

    /** In each byte the bit that says upper or lower case; 0 for a character that has but one. */
    private static long caseBits(char[] letters, int at) {
        if (at < 0 || letters[at] >= NARROW) {
            return 0;
        }
        char c = letters[at];
        char upper = (char) (c & ~CASE);
        return upper != c && LOWER[upper] == c ? CASE * ONES : 0;
    }

    private static long wanted(char[] letters, int at) {
        return at < 0 ? 0 : (letters[at] & 0xff) * ONES;
    }

    int length() {
        return letters.length;
    }

    /**
     * Letter by letter, so that a text keeps its length; the two small sigmas are one letter.
     */
    static String lower(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = lower(lower[i]);
        }
        return new String(lower);
    }

    private static char lower(char c) {
        return c == '\u03c2' ? '\u03c3' : Character.toLowerCase(c);
    }

    /**
     * The first place from {@code first} to {@code last} where the text begins; -1 if none. All of it must lie in the block.
     *
     * @param wide the name consists of UTF-16 units, else of Latin-1 bytes
     */
    int find(byte[] block, int first, int last, boolean wide) {
        if (one < 0) {
            return first <= last ? first : -1;
        }
        if (wide) {
            return findWide(block, first, last);
        }
        return narrow ? findNarrow(block, first, last) : -1;
    }

    private int findWide(byte[] block, int first, int last) {
        for (int at = first; at <= last; at += 2) {
            if (wideLetter(block, at + 2 * one) == letters[one] && isAt(block, at, true)) {
                return at;
            }
        }
        return -1;
    }

    private int findNarrow(byte[] block, int first, int last) {
        int at = first;
        for (int end = Math.min(last, block.length - Long.BYTES - Math.max(one, other)); at <= end; at += Long.BYTES) {
            long a = ((long) EIGHT.get(block, at + one) | oneCase) ^ oneWanted;
            long b = ((long) EIGHT.get(block, at + other) | otherCase) ^ otherWanted;
            long miss = a | b;
            // the usual trick: marks bytes that are 0, and sometimes one that is not behind such a byte
            for (long marks = miss - ONES & ~miss & TOPS; marks != 0; marks &= marks - 1) {
                int place = at + (Long.numberOfTrailingZeros(marks) >>> 3);
                if (place > last) {
                    return -1;
                }
                if (isAt(block, place, false)) {
                    return place;
                }
            }
        }
        for (; at <= last; at++) {
            if (isAt(block, at, false)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether the text stands at this place, all of which must lie in the block; as {@link #find}. */
    boolean isAt(byte[] block, int at, boolean wide) {
        for (int i = 0; i < letters.length; i++) {
            char c = wide ? wideLetter(block, at + 2 * i) : LOWER[block[at + i] & 0xff];
            if (c != letters[i] && letters[i] != ANY) {
                return false;
            }
        }
        return true;
    }

    private static char wideLetter(byte[] block, int at) {
        return AllLower.OF[(char) WIDE.get(block, at)];
    }
}
