package org.salvor.backup.mtf;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Packs with LZS, simply and slowly, from the description of its code words. */
final class LzsPacker {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int count;

    private LzsPacker() {}

    /** Packs {@code all} from {@code from} on; copies may reach back to {@code oldest}. */
    static byte[] pack(byte[] all, int from, int to, int oldest) {
        LzsPacker packer = new LzsPacker();
        for (int at = from; at < to; ) {
            int best = 0;
            int distance = 0;
            for (int back = 1; back <= Math.min(2047, at - oldest) && best < 64; back++) {
                int length = Arrays.mismatch(all, at, to, all, at - back, to - back);
                length = length < 0 ? to - at : length;
                if (length > best) {
                    best = length;
                    distance = back;
                }
            }
            if (best < 2) {
                packer.put(0, 1);
                packer.put(all[at] & 0xff, 8);
                at++;
            } else {
                packer.put(1, 1);
                packer.put(distance < 128 ? 1 : 0, 1);
                packer.put(distance, distance < 128 ? 7 : 11);
                packer.length(best);
                at += best;
            }
        }
        packer.put(0b110000000, 9);
        packer.put(0, (8 - packer.count % 8) % 8);
        return packer.out.toByteArray();
    }

    private void length(int length) {
        if (length < 5) {
            put(length - 2, 2);
        } else if (length < 8) {
            put(0b1100 + length - 5, 4);
        } else {
            put(0b1111, 4);
            int left = length - 8;
            for (; left >= 15; left -= 15) {
                put(15, 4);
            }
            put(left, 4);
        }
    }

    private void put(int value, int width) {
        for (int bit = width - 1; bit >= 0; bit--) {
            bits = bits << 1 | value >> bit & 1;
            count++;
            if (count % 8 == 0) {
                out.write(bits);
                bits = 0;
            }
        }
    }
}
