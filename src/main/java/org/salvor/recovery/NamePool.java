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

    static boolean wide(long place) {
        return (place & 1) != 0;
    }

    /** In characters. */
    static int length(long place) {
        return (int) (place >>> 1) & 0x7fff;
    }

    /** Where the name begins in its {@link #block}. */
    static int at(long place) {
        return (int) (place >>> 16) & (BLOCK - 1);
    }

    byte[] block(long place) {
        return blocks[(int) (place >>> 16 + SHIFT)];
    }

    /** Whether the name alone fits the pattern. */
    boolean fits(long place, GlobMatcher pattern) {
        if (!pattern.nameOnly()) {
            return pattern.matches(get(place));
        }
        int at = at(place);
        boolean wide = wide(place);
        return pattern.fits(block(place), at, at + (wide ? 2 : 1) * length(place), wide);
    }

    String get(long place) {
        int length = length(place);
        byte[] block = block(place);
        int at = at(place);
        if (!wide(place)) {
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
