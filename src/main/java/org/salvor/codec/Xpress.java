package org.salvor.codec;

import java.util.Objects;
import org.salvor.fault.FormatException;

/**
 * XPRESS with Huffman codes: [MS-XCA] 2.2, "LZ77+Huffman Decompression"; see {@code docs/formats/xpress.md}. Used by WOF (CompactOS)
 * and WIM.
 */
public final class Xpress {
    private static final String STRUCTURE = "XPRESS data";
    private static final int SYMBOLS = 512;
    private static final int TABLE_BYTES = SYMBOLS / 2;
    private static final int LITERALS = 256;
    private static final int BLOCK = 65_536;
    private static final int MIN_MATCH = 3;
    private static final int LONG_LENGTH = 15;

    private Xpress() {}

    /**
     * Unpacks exactly {@code outLen} bytes. The data say nothing of their own length, so it must be known.
     *
     * @return {@code outLen}
     * @throws FormatException when the data are damaged; {@code out} then holds anything
     */
    public static int decode(byte[] in, int inOff, int inLen, byte[] out, int outOff, int outLen)
            throws FormatException {
        Objects.checkFromIndexSize(inOff, inLen, in.length);
        Objects.checkFromIndexSize(outOff, outLen, out.length);
        WordBits bits = new WordBits(in, inOff, inLen, STRUCTURE);
        HuffmanCode code = new HuffmanCode(STRUCTURE, SYMBOLS);
        byte[] lengths = new byte[SYMBOLS];
        int at = outOff;
        int end = outOff + outLen;
        while (at < end) {
            for (int i = 0; i < TABLE_BYTES; i++) {
                int two = bits.inlineByte();
                lengths[2 * i] = (byte) (two & 15);
                lengths[2 * i + 1] = (byte) (two >> 4);
            }
            code.build(lengths, 0);
            bits.start();
            at = block(bits, code, out, outOff, at, end);
        }
        return outLen;
    }

    private static int block(WordBits bits, HuffmanCode code, byte[] out, int outOff, int start, int end)
            throws FormatException {
        int at = start;
        int blockEnd = Math.min(end, start + Math.min(BLOCK, end - start));
        while (at < blockEnd) {
            int symbol = code.decode(bits);
            if (symbol < LITERALS) {
                out[at++] = (byte) symbol;
                continue;
            }
            long length = symbol & 15;
            if (length == LONG_LENGTH) {
                length = longLength(bits);
            }
            length += MIN_MATCH;
            int distanceBits = symbol - LITERALS >> 4;
            int distance = (1 << distanceBits) + bits.take(distanceBits);
            if (distance > at - outOff || length > end - at) {
                throw new FormatException(
                        STRUCTURE,
                        -1,
                        "a copy inside " + (end - outOff) + " bytes",
                        length + " bytes from " + distance + " bytes back at " + (at - outOff));
            }
            Matches.copy(out, at, distance, (int) length);
            at += (int) length;
        }
        return at;
    }

    private static long longLength(WordBits bits) throws FormatException {
        int first = bits.inlineByte();
        if (first < 255) {
            return first + LONG_LENGTH;
        }
        long length = bits.inlineBytes(2);
        if (length == 0) {
            length = bits.inlineBytes(4);
        }
        if (length < LONG_LENGTH) {
            throw new FormatException(STRUCTURE, -1, "a length of at least 15", Long.toString(length));
        }
        return length;
    }
}
