package org.salvor.codec;

import java.util.Objects;
import org.salvor.fault.FormatException;

/**
 * LZS (Stac), the compression of tape backups: ANSI X3.241-1994, as in RFC 1967 and RFC 1974; see {@code docs/formats/lzs.md}. Bits come with the
 * highest first: 0 and a byte, or 1, a distance of 7 or 11 bits, and a length.
 */
public final class Lzs {
    /** How far back a copy may reach. */
    public static final int HISTORY = 2047;

    private static final String STRUCTURE = "LZS data";
    private static final int SHORT_DISTANCE = 7;
    private static final int LONG_DISTANCE = 11;
    private static final int NIBBLE = 15;

    private final byte[] in;
    private final int end;
    private int at;
    private int bits;
    private int available;

    private Lzs(byte[] in, int offset, int length) {
        this.in = in;
        at = offset;
        end = offset + length;
    }

    /**
     * Unpacks until the end mark, until {@code out} is full, or until the data end.
     *
     * @param history bytes before {@code outOff} that copies may reach into; at most {@code outOff}
     * @return bytes written
     * @throws FormatException when the data are damaged; {@code out} then holds anything from {@code outOff} on
     */
    public static int decode(byte[] in, int inOff, int inLen, byte[] out, int outOff, int outLen, int history)
            throws FormatException {
        Objects.checkFromIndexSize(inOff, inLen, in.length);
        Objects.checkFromIndexSize(outOff, outLen, out.length);
        Objects.checkFromIndexSize(outOff - history, history, out.length);
        return new Lzs(in, inOff, inLen).decode(out, outOff, outOff + outLen, outOff - history);
    }

    private int decode(byte[] out, int from, int to, int oldest) throws FormatException {
        int position = from;
        while (position < to && has(2)) {
            if (take(1) == 0) {
                if (!has(8)) {
                    break;
                }
                out[position++] = (byte) take(8);
                continue;
            }
            int width = take(1) == 1 ? SHORT_DISTANCE : LONG_DISTANCE;
            int distance = has(width) ? take(width) : 0;
            if (distance == 0 && width == SHORT_DISTANCE) {
                break;
            }
            if (distance == 0 || distance > position - oldest) {
                throw new FormatException(
                        STRUCTURE,
                        -1,
                        "a copy from at most " + (position - oldest) + " bytes back",
                        distance + " bytes back");
            }
            int length = Math.min(length(to - position), to - position);
            Matches.copy(out, position, distance, length);
            position += length;
        }
        return position - from;
    }

    /** 2 to 4 in two bits, 5 to 7 in four, from 8 on a sum of nibbles up to the first that is not 15. */
    private int length(int enough) {
        int first = take(2);
        if (first < 3) {
            return first + 2;
        }
        int second = take(2);
        if (second < 3) {
            return second + 5;
        }
        int length = 8;
        int nibble;
        do {
            nibble = take(4);
            length += nibble;
        } while (nibble == NIBBLE && length < enough);
        return length;
    }

    private boolean has(int count) {
        return available + 8L * (end - at) >= count;
    }

    /** Bits behind the end are zeros. */
    private int take(int count) {
        while (available < count) {
            bits = bits << 8 | (at < end ? in[at] & 0xff : 0);
            at += at < end ? 1 : 0;
            available += 8;
        }
        available -= count;
        return bits >>> available & (1 << count) - 1;
    }
}
