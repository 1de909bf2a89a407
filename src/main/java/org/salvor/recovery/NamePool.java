package org.salvor.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names in one growing pool: Latin-1 where that is enough, UTF-16 (lone surrogates kept) otherwise. One writer, many readers. */
final class NamePool {
    private static final int SHIFT = 20;
    private static final int BLOCK = 1 << SHIFT;

    /** What the first block begins with. It doubles until it is as large as the others. */
    private static final int FIRST = 1 << 12;

    private static final char[] LOWER = new char[256];

    static {
        for (char c = 0; c < LOWER.length; c++) {
            LOWER[c] = Character.toLowerCase(c);
        }
    }

    private volatile byte[][] blocks = {new byte[FIRST]};
    private int used;

    /** The place of the name: offset &lt;&lt; 16 | length &lt;&lt; 1 | wide. Names longer than 32,767 are cut. */
    long add(String name) {
        String text = name.length() > Short.MAX_VALUE ? name.substring(0, Short.MAX_VALUE) : name;
        boolean wide = wide(text);
        int bytes = wide ? 2 * text.length() : text.length();
        byte[][] now = blocks;
        if (used + bytes > BLOCK) {
            now = Arrays.copyOf(now, now.length + 1);
            now[now.length - 1] = new byte[BLOCK];
            blocks = now;
            used = 0;
        } else if (used + bytes > now[now.length - 1].length) {
            now = now.clone();
            now[now.length - 1] = Arrays.copyOf(now[now.length - 1], room(used + bytes));
            blocks = now;
        }
        byte[] block = now[now.length - 1];
        if (wide) {
            for (int i = 0; i < text.length(); i++) {
                block[used + 2 * i] = (byte) text.charAt(i);
                block[used + 2 * i + 1] = (byte) (text.charAt(i) >>> 8);
            }
        } else {
            for (int i = 0; i < text.length(); i++) {
                block[used + i] = (byte) text.charAt(i);
            }
        }
        long offset = ((long) (now.length - 1) << SHIFT) + used;
        used += bytes;
        return offset << 16 | (long) text.length() << 1 | (wide ? 1 : 0);
    }

    /** A power of two that is not less, up to a whole block. */
    private static int room(int needed) {
        return Math.min(BLOCK, Integer.highestOneBit(needed) << 1);
    }

    /** Whether the name holds {@code lower}, upper and lower case alike; {@code lower} is in lower case itself. */
    boolean contains(long place, String lower) {
        long offset = place >>> 16;
        int length = (int) (place >>> 1) & 0x7fff;
        byte[] block = blocks[(int) (offset >>> SHIFT)];
        int at = (int) offset & (BLOCK - 1);
        boolean wide = (place & 1) != 0;
        if (!wide && !lower.isEmpty()) {
            return narrowContains(block, at, at + length - lower.length(), lower);
        }
        for (int from = 0, last = length - lower.length(); from <= last; from++) {
            int i = 0;
            while (i < lower.length() && lower(block, at, from + i, wide) == lower.charAt(i)) {
                i++;
            }
            if (i == lower.length()) {
                return true;
            }
        }
        return false;
    }

    private static boolean narrowContains(byte[] block, int first, int last, String lower) {
        return find(block, first, last, lower) >= 0;
    }

    /** The first place from {@code first} to {@code last} where the text (in lower case) begins; -1 if none. */
    private static int find(byte[] block, int first, int last, String lower) {
        char start = lower.charAt(0);
        if (start > 255) {
            return -1;
        }
        char upper = Character.toUpperCase(start);
        byte one = (byte) start;
        byte other = upper < 256 ? (byte) upper : one;
        for (int at = first; at <= last; at++) {
            byte next = block[at];
            if ((next == one || next == other) && isAt(block, at, lower)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] block, int at, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if (LOWER[block[at + i] & 0xff] != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name alone fits the pattern. */
    boolean fits(long place, GlobMatcher pattern) {
        List<String> parts = pattern.plainParts();
        if ((place & 1) != 0 || parts.isEmpty()) {
            return pattern.matches(get(place));
        }
        long offset = place >>> 16;
        int at = (int) offset & (BLOCK - 1);
        int end = at + ((int) (place >>> 1) & 0x7fff);
        byte[] block = blocks[(int) (offset >>> SHIFT)];
        String head = parts.getFirst();
        String tail = parts.getLast();
        if (parts.size() == 1) {
            return end - at == head.length() && isAt(block, at, head);
        }
        if (end - at < head.length() + tail.length()
                || !isAt(block, at, head)
                || !isAt(block, end - tail.length(), tail)) {
            return false;
        }
        at += head.length();
        end -= tail.length();
        for (int i = 1; i < parts.size() - 1; i++) {
            String part = parts.get(i);
            int found = part.isEmpty() ? at : find(block, at, end - part.length(), part);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    private static char lower(byte[] block, int at, int index, boolean wide) {
        return wide
                ? Character.toLowerCase((char) (block[at + 2 * index] & 0xff | block[at + 2 * index + 1] << 8))
                : LOWER[block[at + index] & 0xff];
    }

    String get(long place) {
        long offset = place >>> 16;
        int length = (int) (place >>> 1) & 0x7fff;
        byte[] block = blocks[(int) (offset >>> SHIFT)];
        int at = (int) offset & (BLOCK - 1);
        if ((place & 1) == 0) {
            return new String(block, at, length, StandardCharsets.ISO_8859_1);
        }
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) (block[at + 2 * i] & 0xff | block[at + 2 * i + 1] << 8);
        }
        return new String(text);
    }

    private static boolean wide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) {
                return true;
            }
        }
        return false;
    }

    /** Bytes in all blocks; the last one may be part full. */
    long length() {
        return ((long) (blocks.length - 1) << SHIFT) + used;
    }

    void write(long length, Columns.Transfer out) throws IOException {
        for (long at = 0; at < length; at += BLOCK) {
            out.bytes(blocks[(int) (at >>> SHIFT)], (int) Math.min(BLOCK, length - at));
        }
    }

    void read(long length, Columns.Transfer in) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (long at = 0; at < length; at += BLOCK) {
            byte[] block = new byte[BLOCK];
            used = (int) Math.min(BLOCK, length - at);
            in.bytes(block, used);
            all.add(block);
        }
        if (!all.isEmpty()) {
            blocks = all.toArray(new byte[0][]);
        }
    }

    /** Whether a place that came from a file lies inside the pool. */
    boolean holds(long place) {
        long offset = place >>> 16;
        long bytes = (place >>> 1 & 0x7fff) * ((place & 1) == 0 ? 1 : 2);
        return offset + bytes <= length() && (offset & (BLOCK - 1)) + bytes <= BLOCK;
    }
}
