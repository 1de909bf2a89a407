package org.salvor.codec;

import org.salvor.fault.FormatException;

/**
 * Bits out of little-endian words of 16 bits, highest bit first, as XPRESS and LZX store them. At least 16 bits are always looked
 * ahead, so that bytes between the words are found where a decoder that reads by words finds them. Looking a little past the end gives
 * zeros; going on there is a {@link FormatException}.
 */
final class WordBits {
    /** Encoders end with up to two words that are only looked at. */
    private static final int OVERRUN = 4;

    private final byte[] in;
    private final int end;
    private final String structure;
    private int at;
    private int bits;

    /** How many bits beyond the assured 16 are in {@code bits}: 0 to 16. */
    private int extra;

    WordBits(byte[] in, int offset, int length, String structure) {
        this.in = in;
        this.at = offset;
        this.end = offset + length;
        this.structure = structure;
    }

    /** Begins with the words at the present place. */
    void start() throws FormatException {
        bits = word() << 16;
        bits |= word();
        extra = 16;
    }

    private int word() throws FormatException {
        int next = at;
        at = next + 2;
        if (next + 1 < end) {
            return in[next] & 0xff | (in[next + 1] & 0xff) << 8;
        }
        if (at > end + OVERRUN) {
            throw ended();
        }
        return next < end ? in[next] & 0xff : 0;
    }

    int peek16() {
        return bits >>> 16;
    }

    /** @param count 0 to 16 */
    void skip(int count) throws FormatException {
        bits <<= count;
        extra -= count;
        if (extra < 0) {
            bits |= word() << -extra;
            extra += 16;
        }
    }

    /** @param count 0 to 16 */
    int take(int count) throws FormatException {
        int value = (int) ((bits & 0xffff_ffffL) >>> 32 - count);
        skip(count);
        return value;
    }

    /** The next bytes behind the words fetched until now, little-endian. */
    int inlineByte() throws FormatException {
        if (at >= end) {
            throw ended();
        }
        return in[at++] & 0xff;
    }

    long inlineBytes(int count) throws FormatException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) inlineByte() << 8 * i;
        }
        return value;
    }

    /** Leaves the bits: drops the rest of the word in use, or a whole word if none is in use, and stands at its end. */
    void alignToBytes() throws FormatException {
        int ahead = 16 + extra;
        at -= ahead / 16 * 2;
        if (ahead % 16 == 0) {
            at += 2;
        }
        if (at > end) {
            throw ended();
        }
    }

    /** Copies bytes after {@link #alignToBytes}; call {@link #start} to go on with bits. */
    void copy(byte[] out, int offset, int length) throws FormatException {
        if (length > end - at) {
            throw ended();
        }
        System.arraycopy(in, at, out, offset, length);
        at += length;
    }

    void skipByte() {
        at++;
    }

    private FormatException ended() {
        return new FormatException(structure, -1, "more input", "its end");
    }
}
