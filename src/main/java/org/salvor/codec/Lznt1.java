package org.salvor.codec;

import java.util.Arrays;
import java.util.Objects;
import org.salvor.fault.FormatException;

/**
 * LZNT1, the compression of NTFS: [MS-XCA] 2.5; see {@code docs/formats/lznt1.md}. Chunks of 4 KiB, each with a header of two bytes, end
 * at a header of zero or with the input.
 */
public final class Lznt1 {
    private static final String STRUCTURE = "LZNT1 data";
    private static final int CHUNK = 4096;
    private static final int COMPRESSED = 0x8000;
    private static final int SIGNATURE_MASK = 0x7000;
    private static final int SIGNATURE = 0x3000;
    private static final int LENGTH_MASK = 0x0fff;
    private static final int MIN_MATCH = 3;
    private static final int MIN_DISTANCE_BITS = 4;

    private Lznt1() {}

    /**
     * Unpacks chunks until {@code out} is full or the data end. A chunk that gives less than 4 KiB is filled with zeros if
     * another follows.
     *
     * @return bytes written; what is left of {@code out} is untouched and means zeros
     * @throws FormatException when the data are damaged; {@code out} then holds anything
     */
    public static int decode(byte[] in, int inOff, int inLen, byte[] out, int outOff, int outLen)
            throws FormatException {
        Objects.checkFromIndexSize(inOff, inLen, in.length);
        Objects.checkFromIndexSize(outOff, outLen, out.length);
        int from = inOff;
        int inEnd = inOff + inLen;
        int to = outOff;
        int outEnd = outOff + outLen;
        int chunkStart = outOff;
        while (inEnd - from >= 2 && chunkStart < outEnd) {
            int header = in[from] & 0xff | (in[from + 1] & 0xff) << 8;
            if (header == 0) {
                break;
            }
            from += 2;
            int length = (header & LENGTH_MASK) + 1;
            if ((header & SIGNATURE_MASK) != SIGNATURE || length > inEnd - from) {
                throw new FormatException(
                        STRUCTURE,
                        -1,
                        "a chunk header with signature 3 and at most " + (inEnd - from) + " bytes",
                        "0x%04x".formatted(header));
            }
            Arrays.fill(out, to, chunkStart, (byte) 0);
            int chunkEnd = chunkStart + Math.min(CHUNK, outEnd - chunkStart);
            if ((header & COMPRESSED) != 0) {
                to = chunk(in, from, from + length, out, chunkStart, chunkEnd);
            } else {
                int copied = Math.min(length, chunkEnd - chunkStart);
                System.arraycopy(in, from, out, chunkStart, copied);
                to = chunkStart + copied;
            }
            from += length;
            chunkStart = chunkEnd;
        }
        return to - outOff;
    }

    private static int chunk(byte[] in, int start, int end, byte[] out, int outStart, int outEnd)
            throws FormatException {
        int from = start;
        int at = outStart;
        int distanceBits = MIN_DISTANCE_BITS;
        while (from < end && at < outEnd) {
            int flags = in[from++];
            for (int bit = 0; bit < 8 && from < end && at < outEnd; bit++, flags >>= 1) {
                if ((flags & 1) == 0) {
                    out[at++] = in[from++];
                    continue;
                }
                if (end - from < 2) {
                    throw new FormatException(STRUCTURE, -1, "a copy of two bytes", "the end of the chunk");
                }
                int token = in[from] & 0xff | (in[from + 1] & 0xff) << 8;
                from += 2;
                // the further into the chunk, the more bits tell the distance and the fewer the length
                while (at - outStart > 1 << distanceBits) {
                    distanceBits++;
                }
                int lengthBits = 16 - distanceBits;
                int distance = (token >> lengthBits) + 1;
                int length = (token & (1 << lengthBits) - 1) + MIN_MATCH;
                if (distance > at - outStart) {
                    throw new FormatException(
                            STRUCTURE,
                            -1,
                            "a copy from inside the chunk",
                            distance + " bytes back at " + (at - outStart));
                }
                if (length > outStart + CHUNK - at) {
                    throw new FormatException(
                            STRUCTURE, -1, "at most 4096 bytes in a chunk", length + " more at " + (at - outStart));
                }
                length = Math.min(length, outEnd - at);
                Matches.copy(out, at, distance, length);
                at += length;
            }
        }
        return at;
    }
}
