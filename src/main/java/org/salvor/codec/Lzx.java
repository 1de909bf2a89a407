package org.salvor.codec;

import java.util.Objects;
import org.salvor.fault.FormatException;

/**
 * LZX as WIM and WOF (CompactOS) store it: chunks of up to 32 KiB, each on its own, with a window of 32 KiB. The format is that of
 * "Microsoft LZX Data Compression Format" (cabinet SDK) and [MS-PATCH], with what WIM does otherwise; see
 * {@code docs/formats/lzx.md}. An object decodes one chunk.
 */
public final class Lzx {
    private static final String STRUCTURE = "LZX data";

    /** A window of 2^15 bytes has 30 slots of distances. */
    private static final int SLOTS = 30;

    private static final int LITERALS = 256;
    private static final int MAIN_SYMBOLS = LITERALS + 8 * SLOTS;
    private static final int LENGTH_SYMBOLS = 249;
    private static final int PRE_SYMBOLS = 20;
    private static final int ALIGNED_SYMBOLS = 8;
    private static final int LENGTHS_MODULUS = 17;
    private static final int DEFAULT_BLOCK = 32_768;
    private static final int MIN_MATCH = 2;
    private static final int LONG_LENGTH = 7;
    private static final int E8_FILE_SIZE = 12_000_000;
    private static final int E8_TAIL = 10;

    private static final int[] EXTRA_BITS = new int[SLOTS];
    private static final int[] BASE = new int[SLOTS];

    static {
        int base = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            EXTRA_BITS[slot] = Math.max(0, slot / 2 - 1);
            BASE[slot] = base;
            base += 1 << EXTRA_BITS[slot];
        }
    }

    private final WordBits bits;
    private final byte[] out;
    private final int start;
    private final int end;
    private int at;

    private final byte[] mainLengths = new byte[MAIN_SYMBOLS];
    private final byte[] lengthLengths = new byte[LENGTH_SYMBOLS];
    private final byte[] preLengths = new byte[PRE_SYMBOLS];
    private final HuffmanCode main = new HuffmanCode("LZX main code", MAIN_SYMBOLS);
    private final HuffmanCode length = new HuffmanCode("LZX length code", LENGTH_SYMBOLS);
    private final HuffmanCode pre = new HuffmanCode("LZX precode", PRE_SYMBOLS);
    private final HuffmanCode aligned = new HuffmanCode("LZX aligned code", ALIGNED_SYMBOLS);
    private int recent0 = 1;
    private int recent1 = 1;
    private int recent2 = 1;

    private Lzx(WordBits bits, byte[] out, int outOff, int outLen) {
        this.bits = bits;
        this.out = out;
        this.start = outOff;
        this.at = outOff;
        this.end = outOff + outLen;
    }

    /**
     * Unpacks one chunk to exactly {@code outLen} bytes. The data say nothing of their own length, so it must be known.
     *
     * @param outLen at most 32,768
     * @return {@code outLen}
     * @throws FormatException when the data are damaged; {@code out} then holds anything
     */
    public static int decode(byte[] in, int inOff, int inLen, byte[] out, int outOff, int outLen)
            throws FormatException {
        Objects.checkFromIndexSize(inOff, inLen, in.length);
        Objects.checkFromIndexSize(outOff, outLen, out.length);
        WordBits bits = new WordBits(in, inOff, inLen, STRUCTURE);
        bits.start();
        new Lzx(bits, out, outOff, outLen).blocks();
        undoCallTranslation(out, outOff, outLen);
        return outLen;
    }

    private void blocks() throws FormatException {
        while (at < end) {
            int type = bits.take(3);
            int size = bits.take(1) == 1 ? DEFAULT_BLOCK : bits.take(16);
            if (size == 0 || size > end - at) {
                throw new FormatException(STRUCTURE, -1, "a block of 1 to " + (end - at) + " bytes", "" + size);
            }
            switch (type) {
                case 1 -> {
                    readCodes();
                    compressed(at + size, false);
                }
                case 2 -> {
                    byte[] lengths = new byte[ALIGNED_SYMBOLS];
                    for (int i = 0; i < ALIGNED_SYMBOLS; i++) {
                        lengths[i] = (byte) bits.take(3);
                    }
                    aligned.build(lengths, 0);
                    readCodes();
                    compressed(at + size, true);
                }
                case 3 -> stored(size);
                default -> throw new FormatException(STRUCTURE, -1, "a block of type 1, 2 or 3", "" + type);
            }
        }
    }

    private void readCodes() throws FormatException {
        readLengths(mainLengths, 0, LITERALS);
        readLengths(mainLengths, LITERALS, MAIN_SYMBOLS);
        main.build(mainLengths, 0);
        readLengths(lengthLengths, 0, LENGTH_SYMBOLS);
        length.build(lengthLengths, 0);
    }

    /** Lengths come as differences to those of the block before, packed with a code of their own. */
    private void readLengths(byte[] lengths, int from, int to) throws FormatException {
        for (int i = 0; i < PRE_SYMBOLS; i++) {
            preLengths[i] = (byte) bits.take(4);
        }
        pre.build(preLengths, 0);
        for (int i = from; i < to; ) {
            int symbol = pre.decode(bits);
            int run = 1;
            byte value;
            switch (symbol) {
                case 17 -> {
                    run = 4 + bits.take(4);
                    value = 0;
                }
                case 18 -> {
                    run = 20 + bits.take(5);
                    value = 0;
                }
                case 19 -> {
                    run = 4 + bits.take(1);
                    value = less(lengths[i], pre.decode(bits));
                }
                default -> value = less(lengths[i], symbol);
            }
            for (int stop = Math.min(to, i + run); i < stop; i++) {
                lengths[i] = value;
            }
        }
    }

    private static byte less(byte old, int difference) throws FormatException {
        if (difference >= LENGTHS_MODULUS) {
            throw new FormatException(STRUCTURE, -1, "a difference of 0 to 16", "" + difference);
        }
        return (byte) ((old - difference + LENGTHS_MODULUS) % LENGTHS_MODULUS);
    }

    private void compressed(int blockEnd, boolean withAligned) throws FormatException {
        while (at < blockEnd) {
            int symbol = main.decode(bits);
            if (symbol < LITERALS) {
                out[at++] = (byte) symbol;
                continue;
            }
            int copied = symbol & 7;
            if (copied == LONG_LENGTH) {
                copied += length.decode(bits);
            }
            copied += MIN_MATCH;
            int distance = distance(symbol - LITERALS >> 3, withAligned);
            if (distance <= 0 || distance > at - start || copied > blockEnd - at) {
                throw new FormatException(
                        STRUCTURE,
                        -1,
                        "a copy inside the block",
                        copied + " bytes from " + distance + " bytes back at " + (at - start));
            }
            Matches.copy(out, at, distance, copied);
            at += copied;
        }
    }

    private int distance(int slot, boolean withAligned) throws FormatException {
        int distance;
        switch (slot) {
            case 0 -> distance = recent0;
            case 1 -> {
                distance = recent1;
                recent1 = recent0;
                recent0 = distance;
            }
            case 2 -> {
                distance = recent2;
                recent2 = recent0;
                recent0 = distance;
            }
            default -> {
                int extra = EXTRA_BITS[slot];
                distance = BASE[slot] - 2;
                if (withAligned && extra >= 3) {
                    distance += bits.take(extra - 3) << 3;
                    distance += aligned.decode(bits);
                } else {
                    distance += bits.take(extra);
                }
                recent2 = recent1;
                recent1 = recent0;
                recent0 = distance;
            }
        }
        return distance;
    }

    private void stored(int size) throws FormatException {
        bits.alignToBytes();
        recent0 = (int) bits.inlineBytes(4);
        recent1 = (int) bits.inlineBytes(4);
        recent2 = (int) bits.inlineBytes(4);
        bits.copy(out, at, size);
        at += size;
        if (at < end) {
            if (size % 2 == 1) {
                bits.skipByte();
            }
            bits.start();
        }
    }

    /** The encoder made the targets of x86 calls (E8) absolute, as if the chunk began a file of 12,000,000 bytes. */
    private static void undoCallTranslation(byte[] data, int offset, int length) {
        for (int i = 0; i < length - E8_TAIL; i++) {
            int at = offset + i;
            if (data[at] == (byte) 0xe8) {
                int target = data[at + 1] & 0xff
                        | (data[at + 2] & 0xff) << 8
                        | (data[at + 3] & 0xff) << 16
                        | data[at + 4] << 24;
                if (target >= -i && target < E8_FILE_SIZE) {
                    int relative = target >= 0 ? target - i : target + E8_FILE_SIZE;
                    data[at + 1] = (byte) relative;
                    data[at + 2] = (byte) (relative >> 8);
                    data[at + 3] = (byte) (relative >> 16);
                    data[at + 4] = (byte) (relative >> 24);
                }
                i += 4;
            }
        }
    }
}
