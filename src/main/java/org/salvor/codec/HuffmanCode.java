package org.salvor.codec;

import java.util.Arrays;
import org.salvor.fault.FormatException;

/**
 * A canonical Huffman code of up to 16 bits: codes are given out by length, then by symbol. Short codes are found in one look
 * at a table, longer ones by comparing with the first code of each length.
 */
final class HuffmanCode {
    static final int MAX_LENGTH = 16;
    private static final int TABLE_BITS = 11;

    private final String structure;
    private final int symbols;
    private final short[] table = new short[1 << TABLE_BITS];
    private final short[] sorted;

    /** By length: the first value of 16 bits behind the codes of this length, and what turns a code into a place in {@code sorted}. */
    private final int[] limit = new int[MAX_LENGTH + 1];

    private final int[] offset = new int[MAX_LENGTH + 1];
    private boolean empty = true;

    HuffmanCode(String structure, int symbols) {
        this.structure = structure;
        this.symbols = symbols;
        this.sorted = new short[symbols];
    }

    /** Takes new lengths (0 = not used), {@link #symbols} of them from {@code from} on. The code must be complete, or empty. */
    void build(byte[] lengths, int from) throws FormatException {
        int[] count = new int[MAX_LENGTH + 1];
        for (int i = 0; i < symbols; i++) {
            count[lengths[from + i]]++;
        }
        empty = count[0] == symbols;
        if (empty) {
            return;
        }
        count[0] = 0;
        int[] place = new int[MAX_LENGTH + 1];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            place[length] = index;
            offset[length] = index - (code >> MAX_LENGTH - length);
            code += count[length] << MAX_LENGTH - length;
            index += count[length];
            limit[length] = code;
        }
        if (code != 1 << MAX_LENGTH) {
            throw new FormatException(structure, -1, "a complete code", "codes for " + code + " of 65536 patterns");
        }
        for (int i = 0; i < symbols; i++) {
            int length = lengths[from + i];
            if (length != 0) {
                sorted[place[length]++] = (short) i;
            }
        }
        int entry = 0;
        index = 0;
        for (int length = 1; length <= TABLE_BITS; length++) {
            int width = 1 << TABLE_BITS - length;
            for (int i = 0; i < count[length]; i++) {
                Arrays.fill(table, entry, entry + width, (short) (sorted[index++] << 4 | length));
                entry += width;
            }
        }
        Arrays.fill(table, entry, table.length, (short) 0);
    }

    int decode(WordBits bits) throws FormatException {
        int next = bits.peek16();
        int entry = table[next >> MAX_LENGTH - TABLE_BITS];
        if (entry != 0 && !empty) {
            bits.skip(entry & 15);
            return entry >> 4;
        }
        if (empty) {
            throw new FormatException(structure, -1, "a code with symbols", "a symbol of an empty code");
        }
        int length = TABLE_BITS + 1;
        while (next >= limit[length]) {
            length++;
        }
        bits.skip(length);
        return sorted[(next >> MAX_LENGTH - length) + offset[length]];
    }
}
